import type { Frequency, PurchasingMode, Seats } from '../domain/account.js'
import type { AddOnRecord, CatalogAddOn, HostAccount, Identity } from '../server/index.js'

/** The demo's plans. */
export const demoPlans = { essentials: 'Essentials', professional: 'Professional' } as const

/** The id of one of the demo's plans. */
export type DemoPlan = keyof typeof demoPlans

const everywhere = { essentials: 'purchasable', professional: 'purchasable' } as const

/** Prices per seat in minor units; a year costs ten months. */
function prices(monthly: Record<'USD' | 'EUR' | 'JPY' | 'KWD', number>): NonNullable<CatalogAddOn['prices']> {
  return Object.fromEntries(
    Object.entries(monthly).map(([currency, price]) => [currency, { monthly: price, annual: price * 10 }]),
  )
}

/** What the fictional product of the demo sells. */
export const demoAddOns: readonly CatalogAddOn[] = [
  {
    id: 'analytics-plus',
    name: 'Analytics+',
    description: 'Live dashboards, unlimited history and scheduled reports for every team.',
    href: '/analytics',
    learnMoreUrl: 'https://northwind.example/analytics-plus',
    prices: prices({ USD: 1500, EUR: 1400, JPY: 2200, KWD: 4500 }),
    plans: everywhere,
    trial: { days: 30 },
  },
  {
    id: 'ai-assist',
    name: 'AI Assist',
    description: 'Summaries, topics and action items after every call.',
    href: '/assist',
    learnMoreUrl: 'https://northwind.example/ai-assist',
    prices: prices({ USD: 900, EUR: 850, JPY: 1300, KWD: 2750 }),
    plans: { essentials: 'purchasable', professional: 'included' },
    trial: { days: 30 },
  },
  {
    id: 'ai-assist-pro',
    name: 'AI Assist Pro',
    description: 'Live coaching, playbooks and automatic scoring while the call is still on.',
    href: '/assist/pro',
    prices: prices({ USD: 3000, EUR: 2800, JPY: 4400, KWD: 9250 }),
    plans: everywhere,
  },
  {
    id: 'ai-voice-agent',
    name: 'AI Voice Agent',
    description: 'Answers, routes and resolves routine calls around the clock.',
    href: '/voice-agent',
    plans: everywhere,
  },
]

/** The id of the demo's only account. */
export const demoAccountId = 'acc_larkspur'

/** The other Owner, who can get in the way. */
export const otherOwner = { id: 'usr_otto', name: 'Otto' }

const people: Readonly<Record<string, { id: string; name: string }>> = {
  owner: { id: 'usr_olive', name: 'Olive' },
  admin: { id: 'usr_ada', name: 'Ada' },
  supervisor: { id: 'usr_sunny', name: 'Sunny' },
  agent: { id: 'usr_gus', name: 'Gus' },
}

/** Who is signed in for a role. */
export function demoIdentity(role: string, viewer?: { id: string; name: string }): Identity {
  const { id, name } = viewer ?? people[role] ?? { id: `usr_${role}`, name: 'Robin' }
  return { accountId: demoAccountId, userId: id, name, role }
}

/** What the demo's account can be varied in. */
export interface DemoAccountSetup {
  plan: DemoPlan
  mode: PurchasingMode
  adminsCanRequestQuote: boolean
  frequency: Frequency
  currency: string
  seats: Seats
}

/** The demo's account as it stands at `now`: its period is the calendar month or year in UTC. */
export function demoAccount(setup: DemoAccountSetup, now: Date): HostAccount {
  const year = now.getUTCFullYear()
  const month = now.getUTCMonth()
  const isMonthly = setup.frequency === 'monthly'
  const start = new Date(isMonthly ? Date.UTC(year, month) : Date.UTC(year, 0)).toISOString()
  const end = new Date(isMonthly ? Date.UTC(year, month + 1) : Date.UTC(year + 1, 0)).toISOString()
  return {
    id: demoAccountId,
    name: 'Larkspur Logistics',
    plan: { id: setup.plan, name: demoPlans[setup.plan] },
    purchasing: { mode: setup.mode, adminsCanRequestQuote: setup.adminsCanRequestQuote },
    contacts: {
      accountManager: { name: 'Mara', email: 'mara@northwind.example' },
      customerSuccess: { url: 'https://northwind.example/help' },
    },
    owners: [{ name: 'Olive' }, { name: otherOwner.name }],
    billing: {
      frequency: setup.frequency,
      currency: setup.currency,
      period: { start, end },
      nextInvoiceDate: end,
      timeZone: 'UTC',
      seats: setup.seats,
    },
    payment: { label: 'Visa ending 4242' },
  }
}

/** A status an add-on of the demo can begin with. */
export type DemoStatus = 'available' | 'trialing' | 'trial-ended' | 'active' | 'included' | 'unavailable'

const day = 24 * 60 * 60 * 1000

/** What the store records of an add-on that begins with a status. */
export function demoRecord(status: DemoStatus, now: Date, seats: Seats): Partial<AddOnRecord> {
  const at = (days: number) => new Date(now.getTime() + days * day).toISOString()
  switch (status) {
    case 'trialing':
      return { trial: { startedAt: at(-18), endsAt: at(12) } }
    case 'trial-ended':
      return { trial: { startedAt: at(-35), endsAt: at(-5) } }
    case 'active': {
      const total = seats.standardLicenses + seats.additionalUsers
      return { sale: { since: at(-254), by: 'Olive', seats: total, reference: 'pur_DEMO8F2K71QX' } }
    }
    default:
      return {}
  }
}
