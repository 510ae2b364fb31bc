import {
  type ActionDecisions,
  type AddOn,
  type AddOnAction,
  decideActions,
  type Frequency,
  type PlanOverview,
  standardPolicy,
} from 'addon-kit'
import { planOverviewSchema } from '../../src/protocol/schemas.js'
import { type CellKey, csvRoles } from '../../test/matrix/Expectations.js'
import {
  accountOf,
  addOnOf,
  type Combination,
  matrixNow,
  matrixPeople,
  matrixTimes,
  planOverviewOf,
  type StatusKind,
  statuses,
} from '../../test/matrix/matrix.js'
import { billingOf } from './matrixAccount.js'

/** What of the kit the cells show. */
export type Surface = 'card' | 'sidebar' | 'summary' | 'request' | 'dialog'

/** What one matrix is of: the account, what has happened to it, and the part of the kit that is looked at. */
export interface MatrixSettings {
  surface: Surface
  /** What the dialog is opened with: an action, or none, which shows the add-on. */
  opensWith: 'no action' | AddOnAction
  plan: Combination['plan']
  mode: Combination['mode']
  adminsCanRequestQuote: boolean
  /** How the account pays, where it is not monthly in US dollars. */
  frequency?: Frequency | undefined
  currency?: string | undefined
  /** The present instant, where it is not the matrix's own. */
  now?: string | undefined
  /** The one role that is looked at, where it is one of the matrix's. */
  role?: string | undefined
  isQuoteOpen: boolean
  hasAsked: boolean
  /** Whose purchase is under way: the shown Owner's own, or the other Owner's. */
  pending: 'none' | 'own' | 'colleague'
}

/** One cell: a role that looks at an add-on in a status. */
export interface Cell {
  readonly id: string
  readonly key: CellKey
  /** What the backend tells this viewer; it leaves the decisions to the client. */
  readonly plan: PlanOverview
  /** What the product's own policy decides from that. */
  readonly decided: ActionDecisions
  /** The viewer has a purchase under way. */
  readonly isBuying: boolean
}

/** The statuses that make a difference to a surface; the account's summary looks the same in all of them. */
export function statusesOf(surface: Surface): readonly StatusKind[] {
  return surface === 'summary' ? ['available'] : statuses
}

/** The roles that have a column: all of them, or the one that is asked for. */
export function rolesOf({ role }: MatrixSettings): readonly CellKey['role'][] {
  const asked = csvRoles.filter((known) => known === role)
  return asked.length > 0 ? asked : csvRoles
}

/** The cells of a matrix, row by row: one row for each status, one column for each role. */
export function cellsOf(settings: MatrixSettings): Cell[] {
  const roles = rolesOf(settings)
  return statusesOf(settings.surface).flatMap((status) => roles.map((role) => cellOf(settings, role, status)))
}

function cellOf(settings: MatrixSettings, role: CellKey['role'], status: StatusKind): Cell {
  const { plan: planId, mode, adminsCanRequestQuote, isQuoteOpen, hasAsked, pending, now = matrixNow } = settings
  const isPending = pending !== 'none'
  const key = { role, plan: planId, mode, adminsCanRequestQuote, status, isQuoteOpen, hasAsked, isPending }
  const combination = { ...key, hasPrice: true, hasTrial: true }
  const told = planOverviewOf(combination, false)
  const isBuying = pending === 'own' && role === 'owner'
  const plan = priced(
    settings,
    toldAt(now, {
      ...told,
      addOns: told.addOns.map((addOn) => (pending === 'own' ? boughtByOlive(addOn, isBuying) : addOn)),
    }),
  )
  const [addOn = addOnOf(combination)] = plan.addOns
  const decided = decideActions({
    viewer: { role },
    account: accountOf(combination),
    addOn,
    policy: standardPolicy,
    now,
  })
  return { id: `${role} ${status}`, key, plan, decided, isBuying }
}

function boughtByOlive(addOn: AddOn, mine: boolean): AddOn {
  if (!addOn.pendingPurchase) return addOn
  const by = matrixPeople.owner.name
  return { ...addOn, pendingPurchase: { state: 'processing', startedAt: matrixTimes.pendingSince, by, mine } }
}

/** The same at another instant: whatever has happened, or is going to, is as far from that one. */
function toldAt(now: string, plan: PlanOverview): PlanOverview {
  const ahead = Date.parse(now) - Date.parse(matrixNow)
  const shifted = JSON.stringify(plan).replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (instant) =>
    new Date(Date.parse(instant) + ahead).toISOString(),
  )
  return planOverviewSchema(JSON.parse(shifted))
}

/** With the prices and the billing period that the demo's backend tells. */
function priced(settings: MatrixSettings, plan: PlanOverview): PlanOverview {
  const { billing, unitPrice } = billingOf(settings)
  return {
    ...plan,
    account: { ...plan.account, billing: plan.account.billing && billing },
    addOns: plan.addOns.map((addOn) => ({
      ...addOn,
      ...(addOn.frequency && { frequency: billing.frequency }),
      unitPrice: addOn.unitPrice && unitPrice,
    })),
  }
}
