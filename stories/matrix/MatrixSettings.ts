import {
  type ActionDecisions,
  type AddOn,
  type AddOnAction,
  decideActions,
  type Frequency,
  type PlanOverview,
  standardPolicy,
} from 'addon-kit'
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

/** The cells of a matrix, row by row: one row for each status, one column for each role. */
export function cellsOf(settings: MatrixSettings): Cell[] {
  return statusesOf(settings.surface).flatMap((status) => csvRoles.map((role) => cellOf(settings, role, status)))
}

function cellOf(settings: MatrixSettings, role: CellKey['role'], status: StatusKind): Cell {
  const { plan: planId, mode, adminsCanRequestQuote, isQuoteOpen, hasAsked, pending } = settings
  const isPending = pending !== 'none'
  const key = { role, plan: planId, mode, adminsCanRequestQuote, status, isQuoteOpen, hasAsked, isPending }
  const combination = { ...key, hasPrice: true, hasTrial: true }
  const told = planOverviewOf(combination, false)
  const isBuying = pending === 'own' && role === 'owner'
  const plan = billedAs(settings, {
    ...told,
    addOns: told.addOns.map((addOn) => (pending === 'own' ? boughtByOlive(addOn, isBuying) : addOn)),
  })
  const [addOn = addOnOf(combination)] = plan.addOns
  const decided = decideActions({
    viewer: { role },
    account: accountOf(combination),
    addOn,
    policy: standardPolicy,
    now: matrixNow,
  })
  return { id: `${role} ${status}`, key, plan, decided, isBuying }
}

function boughtByOlive(addOn: AddOn, mine: boolean): AddOn {
  if (!addOn.pendingPurchase) return addOn
  const by = matrixPeople.owner.name
  return { ...addOn, pendingPurchase: { state: 'processing', startedAt: matrixTimes.pendingSince, by, mine } }
}

/** The same numbers, in the chosen currency and at the chosen frequency: what is allowed does not depend on them. */
function billedAs({ frequency, currency }: MatrixSettings, plan: PlanOverview): PlanOverview {
  const { billing } = plan.account
  const chosen = { ...(frequency && { frequency }), ...(currency && { currency }) }
  return {
    ...plan,
    account: { ...plan.account, billing: billing && { ...billing, ...chosen } },
    addOns: plan.addOns.map((addOn) => ({
      ...addOn,
      ...(frequency && addOn.frequency && { frequency }),
      unitPrice: addOn.unitPrice && { ...addOn.unitPrice, ...(currency && { currency }) },
    })),
  }
}
