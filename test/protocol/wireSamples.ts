/** Bodies as wire.md has them, with every optional field; as JSON, because that is what comes in. */

const money = { amount: 1500, currency: 'USD' }

export const addOn = {
  id: 'analytics-plus',
  name: 'Analytics+',
  description: 'Dashboards.',
  lang: 'en',
  imageUrl: '/a.png',
  learnMoreUrl: 'https://northwind.example/a',
  href: '/analytics',
  unitPrice: money,
  frequency: 'monthly',
  purchasingMode: 'quote',
  trial: { days: 30 },
  status: {
    kind: 'active',
    since: '2026-01-01T00:00:00Z',
    by: 'Otto',
    seats: 15,
    receiptUrl: 'https://receipts.example/1',
    reference: 'pur_1',
  },
  pendingPurchase: {
    state: 'action-needed',
    startedAt: '2026-03-16T12:00:00.000Z',
    by: 'Olive',
    mine: true,
    resume: {
      idempotencyKey: '00000000-0000-4000-8000-000000000001',
      previewId: 'p1',
      expected: { dueNow: money, seats: 15, termsVersion: '1' },
    },
  },
  quoteRequest: { requestedAt: '2026-03-16T12:00:00Z', requestedBy: 'Olive' },
  featureRequests: {
    count: 1,
    byViewer: { requestedAt: '2026-03-16T12:00:00Z', askAgainAt: '2026-03-30T12:00:00Z' },
    from: [{ name: 'Sunny', requestedAt: '2026-03-16T12:00:00Z', note: 'Please' }],
  },
  decisions: {
    subscribe: { allowed: false, reason: 'already-purchased' },
    'request-quote': { allowed: false, reason: 'host', reasonText: 'Not on Sundays' },
    'start-trial': { allowed: true },
    'request-feature': { allowed: false, reason: 'role' },
  },
}

export const plan = {
  viewer: { id: 'usr_olive', name: 'Olive', role: 'owner', grants: ['subscribe', 'view-billing'] },
  account: {
    id: 'acc_acme',
    name: 'Acme',
    plan: { id: 'essentials', name: 'Essentials' },
    purchasing: { mode: 'self-serve', adminsCanRequestQuote: false },
    contacts: {
      accountManager: { name: 'Mara', email: 'mara@northwind.example' },
      customerSuccess: { url: 'https://x.example' },
    },
    owners: [{ name: 'Olive' }],
    billing: {
      frequency: 'annual',
      currency: 'USD',
      period: { start: '2026-01-01T00:00:00Z', end: '2027-01-01T00:00:00Z' },
      nextInvoiceDate: '2027-01-01',
      timeZone: 'Europe/Berlin',
      seats: { standardLicenses: 12, additionalUsers: 3 },
    },
  },
  addOns: [addOn],
  serverTime: '2026-03-16T12:00:00.000Z',
}

export const preview = {
  previewId: 'p1',
  accountId: 'acc_acme',
  addOnId: 'analytics-plus',
  seats: { standardLicenses: 12, additionalUsers: 3, total: 15 },
  unitPrice: money,
  frequency: 'monthly',
  lines: [
    { kind: 'prorated', amount: { amount: 11_250, currency: 'USD' } },
    { kind: 'credit', label: 'Goodwill', amount: { amount: -250, currency: 'USD' } },
  ],
  dueNow: { amount: 11_000, currency: 'USD' },
  taxNotIncluded: true,
  proration: { from: '2026-03-16T12:00:00Z', to: '2026-04-01T00:00:00Z', unit: 'second', used: 1, of: 2 },
  nextInvoice: { addOnAmount: { amount: 22_500, currency: 'USD' }, date: '2026-04-01' },
  payment: { label: 'Visa ending 4242' },
  terms: { final: true, version: '1', url: '/terms', consent: 'checkbox' },
  expiresAt: '2026-03-16T12:15:00Z',
  serverTime: '2026-03-16T12:00:00Z',
}

const facts = {
  id: 'pur_1',
  addOnId: 'analytics-plus',
  seats: 15,
  requestedAt: '2026-03-16T12:00:00Z',
  purchasedBy: 'Olive',
}

export const purchases = {
  completed: {
    ...facts,
    status: 'completed',
    purchasedAt: '2026-03-16T12:00:00Z',
    charged: money,
    nextInvoice: preview.nextInvoice,
    receiptUrl: '/r',
  },
  processing: { ...facts, status: 'processing' },
  'action-needed': {
    ...facts,
    status: 'action-needed',
    action: { type: 'redirect', url: 'https://bank.example', nested: { a: [1] } },
  },
}
