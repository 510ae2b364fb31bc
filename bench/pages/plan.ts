import type { AddOn, PlanOverview, PurchaseAnswer, PurchasePreview } from 'addon-kit'

const accountId = 'acc_larkspur'
const serverTime = '2026-11-23T00:00:00Z'
const period = { start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' }
const seats = { standardLicenses: 10, additionalUsers: 5 }
const usd = (amount: number) => ({ amount, currency: 'USD' })
const nextInvoice = { addOnAmount: usd(22500), date: period.end }

/** So many add-ons to be sold, each with a name, a text, a link, a price and a trial. */
export function addOnsOf(count: number): AddOn[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `add-on-${index}`,
    name: `Analytics ${index}`,
    description: 'Live dashboards, unlimited history and scheduled reports for every team.',
    learnMoreUrl: `https://northwind.example/${index}`,
    href: `/analytics/${index}`,
    unitPrice: usd(1500),
    frequency: 'monthly',
    trial: { days: 30 },
    status: { kind: 'available' },
    pendingPurchase: null,
    quoteRequest: null,
    featureRequests: { count: 0, byViewer: null, from: [] },
  }))
}

/** The plan of an account that may buy them. */
export function planOf(count: number): PlanOverview {
  return {
    viewer: { id: 'usr_olive', role: 'owner', grants: ['subscribe', 'start-trial', 'view-billing', 'view-requests'] },
    account: {
      id: accountId,
      name: 'Larkspur Logistics',
      plan: { id: 'essentials', name: 'Essentials' },
      purchasing: { mode: 'self-serve', adminsCanRequestQuote: false },
      contacts: {
        accountManager: { name: 'Mara', email: 'mara@northwind.example' },
        customerSuccess: { url: 'https://northwind.example/help' },
      },
      owners: [{ name: 'Olive' }],
      billing: {
        frequency: 'monthly',
        currency: 'USD',
        period,
        nextInvoiceDate: period.end,
        timeZone: 'UTC',
        seats,
      },
    },
    addOns: addOnsOf(count),
    serverTime,
  }
}

/** The price of one of them: 8 of 30 days of 15 seats. */
export function previewOf(addOnId: string): PurchasePreview {
  return {
    previewId: `preview of ${addOnId}`,
    accountId,
    addOnId,
    seats: { ...seats, total: 15 },
    unitPrice: usd(1500),
    frequency: 'monthly',
    lines: [{ kind: 'prorated', amount: usd(6000) }],
    dueNow: usd(6000),
    proration: { from: serverTime, to: period.end, unit: 'day', used: 8, of: 30 },
    nextInvoice,
    payment: { label: 'Visa ending 4242' },
    terms: { final: true, version: '1', consent: 'notice' },
    expiresAt: '2026-11-23T00:15:00Z',
    serverTime,
  }
}

/** What buying it answers. */
export function purchaseOf(addOn: AddOn): PurchaseAnswer {
  return {
    purchase: {
      id: 'pur_BENCH',
      addOnId: addOn.id,
      seats: 15,
      requestedAt: serverTime,
      purchasedBy: 'Olive',
      status: 'completed',
      purchasedAt: serverTime,
      charged: usd(6000),
      nextInvoice,
    },
    addOn: { ...addOn, status: { kind: 'active', since: serverTime, by: 'Olive', seats: 15 } },
  }
}
