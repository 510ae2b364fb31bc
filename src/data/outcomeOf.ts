import type { AddOnError, AddOnErrorCode } from '../domain/errors.js'
import { isOutcomeUnknown } from '../domain/isOutcomeUnknown.js'
import type { Attempt } from '../domain/purchaseState.js'
import type { AddOnContextValue } from './AddOnContext.js'
import type { Outcome } from './concludeAttempt.js'
import { freshPlan } from './freshPlan.js'
import { permissionsOf } from './permissions.js'

/** What a backend says about this very key; everything else it refuses says nothing of what an earlier send did. */
const verdicts: ReadonlySet<AddOnErrorCode> = new Set([
  'payment-declined',
  'preview-changed',
  'preview-expired',
  'already-purchased',
  'purchase-pending',
])

/** What a failed send says of the attempt's outcome; `undefined` where the purchase may have gone through in spite of it. */
export async function outcomeOf(
  context: AddOnContextValue,
  attempt: Attempt,
  error: AddOnError,
  isSent: boolean,
): Promise<Outcome | undefined> {
  const refused: Outcome = { type: 'refused', attempt, error, at: performance.now() }
  if (isOutcomeUnknown(error)) return undefined
  if (!isSent || verdicts.has(error.code)) return refused
  if (error.code !== 'forbidden' && error.code !== 'not-found') return undefined
  // A buyer who may not ask any more, e.g. demoted meanwhile: the plan is read instead.
  const plan = await freshPlan(context)
  if (plan?.account.id !== attempt.accountId || plan.viewer.id !== attempt.viewerId) return undefined
  const addOn = plan.addOns.find(({ id }) => id === attempt.addOnId)
  if (!addOn || addOn.pendingPurchase) return undefined
  const { kind } = addOn.status
  if (kind === 'active' || kind === 'included') return { type: 'dropped', attempt }
  // Whoever has no access any more is not told of purchases, not even of their own.
  if (!permissionsOf(plan, addOn, context.policy).hasAccess) return undefined
  // Without a reason from the policy it is a gateway's word, and the first send may still be on its way.
  return error.reason && error.reason !== 'origin' ? refused : undefined
}
