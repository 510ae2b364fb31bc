import { parseKeptAttempt } from '../adapter/parseKeptAttempt.js'
import type { AddOn } from '../domain/addOn.js'
import { AddOnError } from '../domain/errors.js'
import type { PlanOverview } from '../domain/planOverview.js'
import { confirmablePreview, openAttemptOf } from '../domain/purchaseFlow.js'
import type { AddOnContextValue } from './AddOnContext.js'
import { purchaseKey } from './flowStore.js'
import { attemptName, forgetAttempt, keptNames, keptText } from './keptAttempts.js'
import { loadPreview } from './loadPreview.js'
import { permissionsOf } from './permissions.js'
import { dispatch, purchaseAt } from './purchases.js'
import { runAttempt } from './runAttempt.js'

/** How long an attempt is kept, in milliseconds: 30 days, as long as its key lives. */
const keptFor = 30 * 24 * 60 * 60 * 1000

/**
 * What a plan means for purchases that are under way: those that another page left are found out, and those of this page
 * follow what the plan says.
 * @param before The plan that this page knew until now; none: it has just come.
 */
export function followPlan(context: AddOnContextValue, before: PlanOverview | undefined, plan: PlanOverview): void {
  if (!before) reconcile(context, plan)
  for (const addOn of plan.addOns) {
    const known = before?.addOns.find(({ id }) => id === addOn.id)
    if (before && known) follow(context, { plan: before, addOn: known }, { plan, addOn })
  }
}

/** Finds out what became of the attempts that this viewer left open; anybody else's, and too old ones, are dropped. */
function reconcile(context: AddOnContextValue, { account, viewer }: PlanOverview): void {
  for (const name of keptNames()) {
    const attempt = parseKeptAttempt(keptText(name) ?? '')
    const isOwn = attempt?.accountId === account.id && attempt.viewerId === viewer.id && attemptName(attempt) === name
    if (!isOwn || Date.now() - attempt.sentAt > keptFor) forgetAttempt(name)
    else if (attempt.isForPress) {
      const error = new AddOnError('unauthenticated')
      dispatch(context.store, purchaseKey(account.id, attempt.addOnId), { type: 'gave-up', attempt, error })
    } else void runAttempt(context, attempt, 'reconcile')
  }
}

interface Known {
  readonly plan: PlanOverview
  readonly addOn: AddOn
}

function follow(context: AddOnContextValue, before: Known, { plan, addOn }: Known): void {
  const { store, policy } = context
  const key = purchaseKey(plan.account.id, addOn.id)
  const state = purchaseAt(store, key)
  const open = openAttemptOf(state)
  if (open) {
    const isNews = before.addOn.pendingPurchase || before.addOn.status.kind !== addOn.status.kind
    const isForPress = state.step === 'unresolved' && state.error.code === 'unauthenticated'
    const isToAsk = isNews && !addOn.pendingPurchase && !isForPress && !store.hurry.has(key)
    if (isToAsk) void runAttempt(context, open, 'follow')
    return
  }
  if (!confirmablePreview(state, Number.POSITIVE_INFINITY)) return
  const facts = (known: Known) =>
    JSON.stringify([
      known.plan.account.billing,
      known.addOn.unitPrice,
      known.addOn.frequency,
      permissionsOf(known.plan, known.addOn, policy).decisions.subscribe,
    ])
  if (facts(before) !== facts({ plan, addOn })) void loadPreview(context, plan.account.id, addOn.id)
}
