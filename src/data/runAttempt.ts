import { type AddOnError, type AddOnErrorCode, isOutcomeUnknown, toAddOnError } from '../domain/errors.js'
import type { PaymentAction, Purchase } from '../domain/purchase.js'
import type { Attempt } from '../domain/purchaseFlow.js'
import type { AddOnContextValue } from './AddOnContext.js'
import { followUp } from './failures.js'
import { purchaseKey } from './flowStore.js'
import { dispatch, purchaseAt } from './purchases.js'
import { writeAddOn } from './queries.js'
import { whileHostAsks } from './whileHostAsks.js'

/** Waits between two sends of one key, in milliseconds; after the last one asking stops. */
const waits = [1000, 2000, 3000, 5000, 8000, 13_000]

/**
 * Sends a purchase, and sends it again under the same key until its outcome is known or the waits are used up. Nothing
 * else in the kit buys.
 * @param isRepeat The attempt was sent before: whatever goes wrong now, its outcome stays unknown.
 */
export function runAttempt(context: AddOnContextValue, attempt: Attempt, isRepeat: boolean): Promise<void> {
  const { store } = context
  const key = purchaseKey(attempt.accountId, attempt.addOnId)
  return store.once(key, async () => {
    if (isRepeat) dispatch(store, key, { type: 'answer-lost', attempt })
    let isSent = isRepeat
    let hasAsked = false
    for (const wait of [...waits, null]) {
      let lost: AddOnError | undefined
      let delay = wait
      try {
        const { purchase, addOn } = await context.adapter.purchase(
          { ...attempt, acceptedFinalSale: true },
          { locale: context.locale },
        )
        await writeAddOn(context, addOn)
        dispatch(store, key, { type: 'answered', attempt, purchase })
        if (purchase.status === 'completed') return complete(context, attempt, purchase)
        if (purchase.status === 'action-needed') {
          // Once a run: a challenge that was left is opened again by the viewer only.
          if (hasAsked || !(await askPerson(context, purchase.action))) return
          hasAsked = true
        }
      } catch (cause) {
        lost = toAddOnError(cause)
        if (!isOutcomeOpen(lost, isSent)) {
          dispatch(store, key, { type: 'refused', attempt, error: lost, at: Date.now() })
          followUp(context, attempt.addOnId, lost)
          return
        }
        dispatch(store, key, { type: 'answer-lost', attempt })
        delay = wait && Math.max(wait, (lost.retryAfter ?? 0) * 1000)
      }
      if (delay === null || (lost && !lost.retryable && !isOutcomeUnknown(lost))) {
        dispatch(store, key, { type: 'gave-up', attempt, error: lost })
        if (lost) followUp(context, attempt.addOnId, lost)
        return
      }
      isSent = true
      await new Promise((resolve) => setTimeout(resolve, delay))
    }
  })
}

/** What a backend says about this very key; everything else it refuses says nothing of what an earlier send did. */
const verdicts: ReadonlySet<AddOnErrorCode> = new Set([
  'payment-declined',
  'preview-changed',
  'preview-expired',
  'already-purchased',
  'purchase-pending',
])

/** Whether the purchase may have gone through in spite of this error. */
function isOutcomeOpen(error: AddOnError, isSent: boolean): boolean {
  return isOutcomeUnknown(error) || (isSent && !verdicts.has(error.code))
}

/** Hands the bank's question to the host; `false` where the host has no way to ask it. */
async function askPerson({ host, store }: AddOnContextValue, action: PaymentAction): Promise<boolean> {
  const { onPaymentAction } = host.current
  if (!onPaymentAction) return false
  try {
    await whileHostAsks(store, () => onPaymentAction(action, { signal: new AbortController().signal }))
  } catch {
    // Done, failed or abandoned: the backend knows which.
  }
  return true
}

function complete(context: AddOnContextValue, attempt: Attempt, purchase: Purchase): void {
  const { store, emit } = context
  const state = purchaseAt(store, purchaseKey(attempt.accountId, attempt.addOnId))
  const type = state.step === 'mischarged' ? 'mischarged' : 'purchased'
  emit({ type, addOnId: attempt.addOnId, purchase })
}
