import type { AddOn } from '../domain/addOn.js'
import type { PlanOverview } from '../domain/planOverview.js'
import { confirmablePreview } from '../domain/purchaseFlow.js'
import { openAttemptOf } from '../domain/purchaseState.js'
import type { AddOnContextValue } from './AddOnContext.js'
import { purchaseKey } from './flowStore.js'
import { attemptName, forgetAttempt, keptAttempt } from './keptAttempts.js'
import { keptNames } from './keptNames.js'
import { loadPreview } from './loadPreview.js'
import { permissionsOf } from './permissions.js'
import { dispatch, purchaseAt } from './purchases.js'
import { runAttempt, runKept } from './runAttempt.js'

/**
 * What a plan means for purchases that are under way: those that another page left are found out, and those of this page
 * follow what the plan says.
 * @param before The plan that this page knew until now; none: it has just come.
 */
export function followPlan(context: AddOnContextValue, before: PlanOverview | undefined, plan: PlanOverview): void {
  if (!before) {
    reconcile(context, plan)
    return
  }
  for (const addOn of plan.addOns) {
    // Whoever has no access is not told of every add-on.
    const known = before.addOns.find(({ id }) => id === addOn.id)
    follow(context, known && { plan: before, addOn: known }, { plan, addOn })
  }
}

/** Finds out what became of the attempts that this viewer left open; anybody else's, and too old ones, are dropped. */
function reconcile(context: AddOnContextValue, { account, viewer, addOns }: PlanOverview): void {
  const own = new Set<string>()
  for (const name of keptNames()) {
    const attempt = keptAttempt(name)
    const isOwn = attempt?.accountId === account.id && attempt.viewerId === viewer.id
    const isOver = attempt?.isForPress && isBought(addOns.find(({ id }) => id === attempt.addOnId))
    if (!isOwn || isOver) forgetAttempt(context.store, name)
    else own.add(attempt.addOnId)
  }
  for (const addOnId of own) void runKept(context, { accountId: account.id, viewerId: viewer.id, addOnId })
}

/** Nothing is left to press for: what waited for its buyer to check again has been bought. */
function isBought(addOn: AddOn | undefined): boolean {
  return addOn?.status.kind === 'active' && !addOn.pendingPurchase
}

interface Known {
  readonly plan: PlanOverview
  readonly addOn: AddOn
}

function follow(context: AddOnContextValue, before: Known | undefined, { plan, addOn }: Known): void {
  const { store, policy } = context
  const key = purchaseKey(plan.account.id, addOn.id)
  const state = purchaseAt(store, key)
  const open = openAttemptOf(state)
  if (open) {
    const isNews = !before || before.addOn.pendingPurchase || before.addOn.status.kind !== addOn.status.kind
    const isForPress = state.step === 'unresolved' && state.error.code === 'unauthenticated'
    if (isForPress && isBought(addOn)) {
      forgetAttempt(store, attemptName(open))
      dispatch(store, key, { type: 'dropped', attempt: open })
      return
    }
    if (!isNews || addOn.pendingPurchase || isForPress) return
    // What waits meanwhile, for the bank's question too, need not any longer.
    const hurry = store.hurry.get(key)
    if (hurry) hurry(false)
    else void runAttempt(context, open, 'follow')
    return
  }
  if (!confirmablePreview(state, Number.POSITIVE_INFINITY)) return
  const { subscribe } = permissionsOf(plan, addOn, policy).decisions
  // The backend says who has bought it, or is buying; every other refusal closes the dialog.
  const isToPrice =
    subscribe.allowed || subscribe.reason === 'already-purchased' || subscribe.reason === 'purchase-pending'
  if (!isToPrice) return
  const facts = (known: Known) =>
    JSON.stringify([
      known.plan.account.billing,
      known.addOn.unitPrice,
      known.addOn.frequency,
      permissionsOf(known.plan, known.addOn, policy).decisions.subscribe,
    ])
  if (!before || facts(before) !== facts({ plan, addOn })) void loadPreview(context, plan.account.id, addOn.id)
}
