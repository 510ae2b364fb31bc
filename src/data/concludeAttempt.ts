import type { PurchaseEvent } from '../domain/purchaseFlow.js'
import type { AddOnContextValue } from './AddOnContext.js'
import { followUp } from './failures.js'
import { attemptName, forgetAttempt, keptFor } from './keptAttempts.js'
import { dispatch, purchaseAt } from './purchases.js'
import { cachedPlan, refreshPlan } from './queries.js'
import { tellOthers } from './tellOthers.js'
import { openFlow } from './useAddOnFlow.js'

/**
 * Why an attempt is sent: a press confirmed it, a press goes on with it, or its outcome is asked for without one: by a
 * page that finds it kept (`reconcile`), or because the plan says something new of it (`follow`).
 */
export type Cause = 'confirm' | 'resume' | 'reconcile' | 'follow'

/** How an attempt can end. */
export type Outcome = Extract<PurchaseEvent, { type: 'answered' | 'refused' | 'dropped' }>

/** The outcome of an attempt is known: nothing is kept of it, and the viewer, the host and the plan are told. */
export function concludeAttempt(context: AddOnContextValue, key: string, cause: Cause, outcome: Outcome): void {
  const { store, emit } = context
  const { attempt } = outcome
  const { accountId, addOnId } = attempt
  forgetAttempt(store, attemptName(attempt))
  const others = keptFor(attempt).filter(({ idempotencyKey }) => idempotencyKey !== attempt.idempotencyKey)
  if (outcome.type === 'refused' && others.length > 0) {
    // "Nothing has been charged" may not be so while another one is open; the next run finds that out.
    dispatch(store, key, { type: 'dropped', attempt })
    followUp(context, addOnId, outcome.error)
    return
  }
  // The add-on is bought: whatever else was left open at it must not be sent any more.
  if (outcome.type === 'answered') for (const other of others) forgetAttempt(store, attemptName(other))
  dispatch(store, key, outcome)
  const { step } = purchaseAt(store, key)
  if (outcome.type === 'answered') {
    emit({ type: step === 'mischarged' ? step : 'purchased', addOnId, purchase: outcome.purchase })
  }
  if (outcome.type === 'refused') {
    followUp(context, addOnId, outcome.error)
    // A plan that was read or told of meanwhile, here or in another tab, still has it as pending.
    if (cachedPlan(context)?.addOns.some(({ id, pendingPurchase }) => id === addOnId && pendingPurchase)) {
      refreshPlan(context)
    }
    tellOthers(store, accountId)
  }
  if (outcome.type === 'dropped' || store.screens.get(key)) return
  store.setState({ announcement: { addOnId, step } })
  // On the page before, the viewer saw it begin; here nothing would tell how it ended.
  const { current, isHostAsking } = store.getState()
  if (cause === 'reconcile' && !current && !isHostAsking) openFlow(context, { addOnId, action: 'subscribe' })
}
