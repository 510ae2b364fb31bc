import type { Account } from './account.js'
import type { AddOn } from './addOn.js'
import type { Viewer } from './planOverview.js'

/** What a viewer can set out to do with an add-on, in the order in which it is shown. */
export const addOnActions = ['subscribe', 'request-quote', 'start-trial', 'request-feature'] as const

/** What a viewer can set out to do with an add-on. */
export type AddOnAction = (typeof addOnActions)[number]

/** Everything a role can be given. */
export const grants = [...addOnActions, 'request-quote-if-allowed', 'view-billing', 'view-requests'] as const

/** What a role is given. `request-quote-if-allowed` holds where the account lets admins ask. */
export type Grant = (typeof grants)[number]

/** Why an action is withheld, in the order of precedence. */
export const withheldReasons = [
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
] as const

/** Why an action is withheld. */
export type WithheldReason = (typeof withheldReasons)[number]

/** Whether one action is offered, or the first reason why it is not. */
export type Decision =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: WithheldReason; readonly reasonText?: string }

/** One decision per action. */
export type Decisions = Readonly<Record<AddOnAction, Decision>>

/** Which role has which grants. Made by `definePolicy()`. */
export interface Policy {
  readonly roles: ReadonlyMap<string, readonly Grant[]>
}

/**
 * Makes a policy from plain data: each role's grants, or the name of another role whose grants it shares.
 * @throws TypeError if a grant is not known, or an alias leads to no role or in a circle.
 */
export function definePolicy(definition: { roles: Record<string, readonly Grant[] | string> }): Policy {
  const given = new Map(Object.entries(definition.roles))
  const known: readonly string[] = grants
  const resolve = (role: string, path: readonly string[]): readonly Grant[] => {
    const value = given.get(role)
    const trail = [...path, role]
    const fail = (what: string) => new TypeError(`definePolicy: ${trail.join(' → ')} ${what}`)
    if (path.includes(role)) throw fail('is a circle.')
    if (typeof value === 'string') return resolve(value, trail)
    if (!value) throw fail('leads to a role that is not defined.')
    const wrong = value.find((grant) => !known.includes(grant))
    if (wrong !== undefined) throw fail(`has the grant "${wrong}"; known are ${known.join(', ')}.`)
    return value
  }
  return { roles: new Map([...given.keys()].map((role) => [role, resolve(role, [])])) }
}

/** The table "Who may do what" of the role documentation. */
export const standardPolicy: Policy = {
  roles: new Map<string, readonly Grant[]>([
    ['owner', ['subscribe', 'request-quote', 'start-trial', 'view-billing', 'view-requests']],
    ['admin', ['start-trial', 'request-feature', 'request-quote-if-allowed']],
    ['supervisor', ['request-feature']],
    ['agent', []],
  ]),
}

/** A role's grants; none for a role the policy does not know. */
export function grantsOf(policy: Policy, role: string): readonly Grant[] {
  return policy.roles.get(role) ?? []
}

/** A viewer's grants: by the policy where there is one, else as the backend sent them. */
export function heldGrants(
  { role, grants }: Pick<Viewer, 'role' | 'grants'>,
  policy: Policy | undefined,
): readonly Grant[] {
  return policy ? grantsOf(policy, role) : grants
}

/** Whether these grants cover the action at all, whatever the account and the add-on say. */
export function grantsAction(held: readonly Grant[], action: AddOnAction): boolean {
  // Whoever can buy has nobody to ask.
  if (action === 'request-feature' && held.includes('subscribe')) return false
  return held.includes(action) || (action === 'request-quote' && held.includes('request-quote-if-allowed'))
}

/** Whether these grants cover any action: without one a viewer has no access to the flow. */
export function grantsAccess(held: readonly Grant[]): boolean {
  return addOnActions.some((action) => grantsAction(held, action))
}

/** What `decideActions()` looks at. */
export interface DecisionInput {
  viewer: Pick<Viewer, 'role'> & Partial<Pick<Viewer, 'grants'>>
  account: Pick<Account, 'purchasing'>
  addOn: Pick<
    AddOn,
    'unitPrice' | 'purchasingMode' | 'trial' | 'status' | 'pendingPurchase' | 'quoteRequest' | 'featureRequests'
  >
  /** Maps the role to its grants. Without one the viewer's own `grants` hold, else `standardPolicy`. */
  policy?: Policy | undefined
  /** The present instant; without it a viewer's request never becomes old enough to ask again. */
  now?: string | undefined
}

/** What a viewer may do with an add-on. */
export interface ActionDecisions {
  /** The role has at least one action grant. */
  readonly hasAccess: boolean
  /** The allowed actions in display order, the first as the primary. */
  readonly actions: readonly AddOnAction[]
  readonly decisions: Decisions
}

/** The allowed actions of a set of decisions, in display order. */
export function allowedActions(decisions: Decisions): AddOnAction[] {
  return addOnActions.filter((action) => decisions[action].allowed)
}

/**
 * Decides what a viewer may do with an add-on: role, account and add-on must all allow it. The same function runs on
 * the screen and on the server; every withheld action carries the first reason that holds.
 */
export function decideActions({ viewer, account, addOn, policy, now }: DecisionInput): ActionDecisions {
  const { role, grants = grantsOf(standardPolicy, role) } = viewer
  return decideFor(heldGrants({ role, grants }, policy), { account, addOn, now })
}

/** What somebody who holds these grants may do with an add-on. */
export function decideFor(
  held: readonly Grant[],
  { account, addOn, now }: Omit<DecisionInput, 'viewer' | 'policy'>,
): ActionDecisions {
  const decide = (action: AddOnAction): Decision => {
    const reason = grantsAction(held, action) ? reasonToWithhold(action, held, account, addOn, now) : 'role'
    return reason ? { allowed: false, reason } : { allowed: true }
  }
  const decisions: Decisions = {
    subscribe: decide('subscribe'),
    'request-quote': decide('request-quote'),
    'start-trial': decide('start-trial'),
    'request-feature': decide('request-feature'),
  }
  return { hasAccess: grantsAccess(held), actions: allowedActions(decisions), decisions }
}

function reasonToWithhold(
  action: AddOnAction,
  held: readonly Grant[],
  { purchasing }: DecisionInput['account'],
  addOn: DecisionInput['addOn'],
  now: string | undefined,
): WithheldReason | undefined {
  const status = addOn.status.kind
  if (status === 'included') return 'included-in-plan'
  if (status === 'active') return 'already-purchased'
  if (status !== 'available' && status !== 'trialing' && status !== 'trial-ended') return 'not-offered'
  if (action !== 'request-feature' && addOn.pendingPurchase) return 'purchase-pending'

  const mode = addOn.unitPrice ? (addOn.purchasingMode ?? purchasing.mode) : 'quote'
  if (action === 'subscribe' && mode === 'quote') return 'account-factor'
  if (action === 'request-quote') {
    const mayAsk = held.includes('request-quote') || purchasing.adminsCanRequestQuote
    if (mode !== 'quote' || !mayAsk) return 'account-factor'
    if (addOn.quoteRequest) return 'quote-open'
  }
  if (action === 'start-trial') {
    if (status !== 'available') return 'trial-used'
    if (!addOn.trial) return 'no-trial'
  }
  if (action === 'request-feature') {
    const own = addOn.featureRequests.byViewer
    if (own && !(now && Date.parse(now) >= Date.parse(own.askAgainAt))) return 'already-requested'
  }
  return undefined
}
