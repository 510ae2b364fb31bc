import type { Account } from '../../src/domain/account.js'
import type { AddOn, AddOnStatus } from '../../src/domain/addOn.js'
import type { PlanOverview } from '../../src/domain/planOverview.js'
import type { AddOnAction, Decision, Decisions, Grant, WithheldReason } from '../../src/domain/policy.js'

/**
 * The permission matrix: every combination of what decides who may do what, and what product.md says of it. Types only
 * come from the source, never a rule: the tables here are written from the document, by hand.
 */

/** The standard roles, and one that the policy does not know. */
export const roles = ['owner', 'admin', 'supervisor', 'agent', 'intern'] as const
export const plans = ['essentials', 'professional'] as const
export const modes = ['self-serve', 'quote'] as const
/** `unknown` exists on a client only: a status that its version does not know. */
export const statuses = [
  'available',
  'trialing',
  'trial-ended',
  'active',
  'included',
  'unavailable',
  'unknown',
] as const

export type Role = (typeof roles)[number]
export type StatusKind = (typeof statuses)[number]

/** One cell of the matrix. */
export interface Combination {
  readonly role: Role
  readonly plan: (typeof plans)[number]
  readonly mode: (typeof modes)[number]
  readonly adminsCanRequestQuote: boolean
  readonly status: StatusKind
  readonly isQuoteOpen: boolean
  /** The viewer has asked for the feature, less than 14 days ago. */
  readonly hasAsked: boolean
  /** Somebody else's purchase is under way. */
  readonly isPending: boolean
  readonly hasPrice: boolean
  readonly hasTrial: boolean
}

/** What each part of a combination can be. */
const parts: { readonly [Part in keyof Combination]: readonly Combination[Part][] } = {
  role: roles,
  plan: plans,
  mode: modes,
  adminsCanRequestQuote: [false, true],
  status: statuses,
  isQuoteOpen: [false, true],
  hasAsked: [false, true],
  isPending: [false, true],
  hasPrice: [true, false],
  hasTrial: [true, false],
}

/** How many combinations there are: 5 roles × 2 plans × 7 statuses × 2 for each of the 7 others. */
export const combinationCount = 5 * 2 * 7 * 2 ** 7

/** Every combination. */
export function combinations(): Combination[] {
  const first: Combination = {
    role: 'owner',
    plan: 'essentials',
    mode: 'self-serve',
    adminsCanRequestQuote: false,
    status: 'available',
    isQuoteOpen: false,
    hasAsked: false,
    isPending: false,
    hasPrice: true,
    hasTrial: true,
  }
  let all = [first]
  for (const [part, values] of Object.entries(parts)) {
    all = all.flatMap((combination) => values.map((value) => ({ ...combination, [part]: value })))
  }
  return all
}

/** A combination in a line, for the name of a test and for its failure. */
export function nameOf(combination: Combination): string {
  const { role, plan, mode, status } = combination
  return [
    `${role}, ${plan}, ${mode}, ${status}`,
    combination.adminsCanRequestQuote && 'admins may ask',
    combination.isQuoteOpen && 'quote open',
    combination.hasAsked && 'has asked',
    combination.isPending && 'purchase pending',
    !combination.hasPrice && 'no price',
    !combination.hasTrial && 'no trial',
  ]
    .filter(Boolean)
    .join(', ')
}

// —— What product.md says ——

/** "Who may do what", before account and add-on: what the role never does. */
const never: Readonly<Record<Role, readonly AddOnAction[]>> = {
  owner: ['request-feature'],
  admin: ['subscribe'],
  supervisor: ['subscribe', 'request-quote', 'start-trial'],
  agent: ['subscribe', 'request-quote', 'start-trial', 'request-feature'],
  intern: ['subscribe', 'request-quote', 'start-trial', 'request-feature'],
}

type Offer =
  | 'subscribe or request-quote'
  | 'start-trial if it has a trial'
  | 'request-feature'
  | 'request-quote by factor'

const owner = {
  bought: ['subscribe or request-quote'],
  fresh: ['subscribe or request-quote', 'start-trial if it has a trial'],
} as const
const admin = {
  bought: ['request-feature', 'request-quote by factor'],
  fresh: ['start-trial if it has a trial', 'request-feature', 'request-quote by factor'],
} as const

/** The table "add-on's status × role". Where it is empty there is no action. */
const offers: Readonly<Record<Role, Partial<Readonly<Record<StatusKind, readonly Offer[]>>>>> = {
  owner: { available: owner.fresh, trialing: owner.bought, 'trial-ended': owner.bought },
  admin: { available: admin.fresh, trialing: admin.bought, 'trial-ended': admin.bought },
  supervisor: { available: ['request-feature'], trialing: ['request-feature'], 'trial-ended': ['request-feature'] },
  agent: {},
  intern: {},
}

/** The roles with no access to the flow: told only what the account has already. */
const outsiders: readonly Role[] = ['agent', 'intern']

/** "An add-on without a price is always sold by quote, whatever the mode." */
function isSoldByQuote({ mode, hasPrice }: Combination): boolean {
  return mode === 'quote' || !hasPrice
}

/** The actions that are offered, in the order in which they are shown, the first as the primary. */
export function expectedActions(combination: Combination): AddOnAction[] {
  const offered = offers[combination.role][combination.status] ?? []
  const byQuote = isSoldByQuote(combination)
  const { isPending, isQuoteOpen, hasAsked, hasTrial, adminsCanRequestQuote } = combination
  const actions: AddOnAction[] = []
  const buys = offered.includes('subscribe or request-quote')
  const asksByFactor = offered.includes('request-quote by factor') && adminsCanRequestQuote
  if (buys && !byQuote && !isPending) actions.push('subscribe')
  if ((buys || asksByFactor) && byQuote && !isPending && !isQuoteOpen) actions.push('request-quote')
  if (offered.includes('start-trial if it has a trial') && hasTrial && !isPending) actions.push('start-trial')
  if (offered.includes('request-feature') && !hasAsked) actions.push('request-feature')
  return actions
}

/** Every reason that holds against an action, in the document's order. */
export function reasonsAgainst(combination: Combination, action: AddOnAction): WithheldReason[] {
  const { role, status, adminsCanRequestQuote } = combination
  const byQuote = isSoldByQuote(combination)
  const holds: Readonly<Record<WithheldReason, boolean>> = {
    role: never[role].includes(action),
    'not-offered': status === 'unavailable' || status === 'unknown',
    'included-in-plan': status === 'included',
    'already-purchased': status === 'active',
    'purchase-pending': combination.isPending && action !== 'request-feature',
    'account-factor':
      (action === 'subscribe' && byQuote) ||
      (action === 'request-quote' && (!byQuote || (role === 'admin' && !adminsCanRequestQuote))),
    'trial-used': action === 'start-trial' && (status === 'trialing' || status === 'trial-ended'),
    'no-trial': action === 'start-trial' && !combination.hasTrial,
    'quote-open': action === 'request-quote' && combination.isQuoteOpen,
    'already-requested': action === 'request-feature' && combination.hasAsked,
    host: false,
  }
  return precedence.filter((reason) => holds[reason])
}

/** "Every withheld action carries one typed reason, the first that holds." */
const precedence: readonly WithheldReason[] = [
  'role',
  'not-offered',
  'included-in-plan',
  'already-purchased',
  'purchase-pending',
  'account-factor',
  'trial-used',
  'no-trial',
  'quote-open',
  'already-requested',
  'host',
]

/** The oracle: each action is offered, or withheld for one reason. */
export function expectedDecisions(combination: Combination): Decisions {
  const actions = expectedActions(combination)
  const decide = (action: AddOnAction): Decision => {
    if (actions.includes(action)) return { allowed: true }
    const [reason] = reasonsAgainst(combination, action)
    if (!reason) throw new Error(`The tables disagree on ${action}: ${nameOf(combination)}`)
    return { allowed: false, reason }
  }
  return {
    subscribe: decide('subscribe'),
    'request-quote': decide('request-quote'),
    'start-trial': decide('start-trial'),
    'request-feature': decide('request-feature'),
  }
}

/** Whether the role has any access to the flow. */
export function expectedAccess({ role }: Combination): boolean {
  return !outsiders.includes(role)
}

/** Whether the account has the add-on: such a one is an entitled link in the sidebar, and told to everybody. */
export function isEntitledIn({ status }: Combination): boolean {
  return status === 'active' || status === 'trialing' || status === 'included'
}

/** Whether `GET /plan` tells this viewer of the add-on at all. */
export function isTold(combination: Combination): boolean {
  return expectedAccess(combination) ? combination.status !== 'unavailable' : isEntitledIn(combination)
}

// —— The same as the objects of the domain ——

/** The instant at which all combinations are looked at. */
export const matrixNow = '2026-03-16T00:00:00.000Z'
export const matrixAccountId = 'acc_larkspur'
export const matrixAddOnId = 'analytics-plus'

/** Who is signed in for a role. */
export const matrixPeople: Readonly<Record<Role, { readonly id: string; readonly name: string }>> = {
  owner: { id: 'usr_olive', name: 'Olive' },
  admin: { id: 'usr_ada', name: 'Ada' },
  supervisor: { id: 'usr_sunny', name: 'Sunny' },
  agent: { id: 'usr_gus', name: 'Gus' },
  intern: { id: 'usr_ivy', name: 'Ivy' },
}

/** Who else buys, and who asked sales: the other Owner. */
export const otherOwnerName = 'Otto'

const grantsOfRole: Readonly<Record<Role, readonly Grant[]>> = {
  owner: ['subscribe', 'request-quote', 'start-trial', 'view-billing', 'view-requests'],
  admin: ['start-trial', 'request-feature', 'request-quote-if-allowed'],
  supervisor: ['request-feature'],
  agent: [],
  intern: [],
}

/** The instants that the combinations' facts happened at. */
export const matrixTimes = {
  trialStarted: '2026-03-01T00:00:00.000Z',
  trialEnds: '2026-03-31T00:00:00.000Z',
  endedTrialStarted: '2026-01-01T00:00:00.000Z',
  trialEnded: '2026-01-31T00:00:00.000Z',
  soldAt: '2026-02-01T00:00:00.000Z',
  pendingSince: '2026-03-15T23:55:00.000Z',
  quotedAt: '2026-03-14T00:00:00.000Z',
  askedAt: '2026-03-12T00:00:00.000Z',
  askAgainAt: '2026-03-26T00:00:00.000Z',
} as const

const planNames = { essentials: 'Essentials', professional: 'Professional' } as const

/** The account, as a viewer with every grant sees it. */
export function accountOf({ plan, mode, adminsCanRequestQuote }: Combination): Account {
  return {
    id: matrixAccountId,
    name: 'Larkspur Logistics',
    plan: { id: plan, name: planNames[plan] },
    purchasing: { mode, adminsCanRequestQuote },
    contacts: {
      accountManager: { name: 'Mara', email: 'mara@northwind.example' },
      customerSuccess: { url: 'https://northwind.example/help' },
    },
    owners: [{ name: matrixPeople.owner.name }, { name: otherOwnerName }],
    billing: {
      frequency: 'monthly',
      currency: 'USD',
      period: { start: '2026-03-01T00:00:00.000Z', end: '2026-04-01T00:00:00.000Z' },
      nextInvoiceDate: '2026-04-01T00:00:00.000Z',
      timeZone: 'UTC',
      seats: { standardLicenses: 12, additionalUsers: 3 },
    },
  }
}

function statusOf({ status }: Combination): AddOnStatus {
  switch (status) {
    case 'trialing':
      return { kind: status, startedAt: matrixTimes.trialStarted, endsAt: matrixTimes.trialEnds }
    case 'trial-ended':
      return { kind: status, endedAt: matrixTimes.trialEnded }
    case 'active':
      return { kind: status, since: matrixTimes.soldAt, by: otherOwnerName, seats: 15, reference: 'pur_DEMO8F2K71QX' }
    default:
      return { kind: status }
  }
}

/** The add-on, as a viewer with every grant sees it; without decisions, which a client then makes itself. */
export function addOnOf(combination: Combination): AddOn {
  const { hasPrice, hasTrial, isPending, isQuoteOpen, hasAsked, role } = combination
  const { quotedAt: requestedAt, askedAt, askAgainAt, pendingSince: startedAt } = matrixTimes
  return {
    id: matrixAddOnId,
    name: 'Analytics+',
    description: 'Live dashboards, unlimited history and scheduled reports for every team.',
    href: '/analytics',
    unitPrice: hasPrice ? { amount: 1500, currency: 'USD' } : null,
    frequency: 'monthly',
    trial: hasTrial ? { days: 30 } : null,
    status: statusOf(combination),
    pendingPurchase: isPending ? { state: 'processing', startedAt, by: otherOwnerName, mine: false } : null,
    quoteRequest: isQuoteOpen ? { requestedAt, requestedBy: otherOwnerName } : null,
    featureRequests: {
      count: hasAsked ? 1 : 0,
      byViewer: hasAsked ? { requestedAt: askedAt, askAgainAt } : null,
      from: hasAsked ? [{ name: matrixPeople[role].name, requestedAt: askedAt }] : [],
    },
  }
}

/**
 * What `GET /plan` tells this combination's viewer, by the rules of wire.md.
 * @param hasDecisions Whether the backend sends its decisions; without them the client makes its own.
 */
export function planOverviewOf(combination: Combination, hasDecisions = true): PlanOverview {
  const { role } = combination
  const account = accountOf(combination)
  const addOn = hasDecisions
    ? { ...addOnOf(combination), decisions: expectedDecisions(combination) }
    : addOnOf(combination)
  const viewer = { ...matrixPeople[role], role, grants: grantsOfRole[role] }
  if (!expectedAccess(combination)) {
    const told: AddOn = {
      ...addOn,
      unitPrice: null,
      trial: null,
      status: addOn.status.kind === 'active' ? { kind: 'active', since: addOn.status.since } : addOn.status,
      pendingPurchase: null,
      quoteRequest: null,
      featureRequests: { count: 0, byViewer: null, from: [] },
    }
    const addOns = isTold(combination) ? [told] : []
    return { viewer, account: { ...account, contacts: {}, owners: [], billing: null }, addOns, serverTime: matrixNow }
  }
  if (role === 'owner') return { viewer, account, addOns: isTold(combination) ? [addOn] : [], serverTime: matrixNow }
  const told: AddOn = {
    ...addOn,
    status:
      addOn.status.kind === 'active' ? { kind: 'active', since: addOn.status.since, by: otherOwnerName } : addOn.status,
    featureRequests: { ...addOn.featureRequests, from: [] },
  }
  const addOns = isTold(combination) ? [told] : []
  return { viewer, account: { ...account, billing: null }, addOns, serverTime: matrixNow }
}
