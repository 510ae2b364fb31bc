import { AddOnError, toAddOnError } from '../domain/errors.js'
import { isOutcomeUnknown } from '../domain/isOutcomeUnknown.js'
import type { PaymentAction, Purchase } from '../domain/purchase.js'
import { type Attempt, openAttemptOf, type PurchaseState } from '../domain/purchaseState.js'
import type { AddOnContextValue } from './AddOnContext.js'
import { alone } from './alone.js'
import { type Cause, concludeAttempt } from './concludeAttempt.js'
import { followUp } from './failures.js'
import { purchaseKey } from './flowStore.js'
import { freshPlan } from './freshPlan.js'
import { attemptName, type Buyer, isKept, keepAttempt, keptFor } from './keptAttempts.js'
import { once } from './once.js'
import { outcomeOf } from './outcomeOf.js'
import { dispatch, purchaseAt } from './purchases.js'
import { cachedPlan, longestSilence } from './queries.js'
import { whileHostAsks } from './whileHostAsks.js'
import { writeAddOn } from './writeAddOn.js'

/** Waits between two sends of one key, in milliseconds; after the last one asking stops. */
const waits = [1000, 2000, 3000, 5000, 8000, 13_000]

/** One attempt on its way. */
interface Run {
  readonly context: AddOnContextValue
  readonly key: string
  readonly attempt: Attempt
  readonly cause: Cause
  /** Aborts when the provider goes. */
  readonly signal: AbortSignal
  /** Waits, but neither beyond the provider's life nor longer than the viewer wants to. */
  wait(something: Promise<unknown>): Promise<void>
  isSent: boolean
  /** Only a press lets the bank ask, and each press once: a challenge that was left does not come back by itself. */
  mayAsk: boolean
}

/**
 * Sends a purchase, and sends it again under the same key until its outcome is known or the waits are used up. Nothing
 * else in the kit buys.
 *
 * The attempt is kept before it is sent and until its outcome is known; one page at a time sends it. When the provider
 * goes, the rest is left to the next one.
 */
export function runAttempt(context: AddOnContextValue, attempt: Attempt, cause: Cause): Promise<void> {
  const { store } = context
  const { signal } = store.life
  const key = purchaseKey(attempt.accountId, attempt.addOnId)
  const run = once(store, key, async () => {
    const isFirst = cause === 'confirm'
    const before = purchaseAt(store, key)
    if (!isFirst) dispatch(store, key, { type: 'answer-lost', attempt })
    if (!(await isStillBuyer(context, attempt, before))) return
    let skip = () => {}
    const run: Run = {
      ...{ context, key, attempt, cause, signal },
      wait: (something) =>
        new Promise((resolve, reject) => {
          skip = resolve
          if (signal.aborted) resolve()
          signal.addEventListener('abort', skip)
          something.then(() => resolve(), reject)
        }),
      isSent: !isFirst,
      mayAsk: isFirst || cause === 'resume',
    }
    store.hurry.set(key, (isByPress) => {
      run.mayAsk ||= isByPress
      skip()
    })
    try {
      let action: PaymentAction | undefined
      do {
        // Not while the bank asks: another page may look meanwhile.
        await alone(attemptName(attempt), async () => {
          action = await findOut(run)
        })
        if (action) await askPerson(run, action)
      } while (action)
    } finally {
      store.hurry.delete(key)
    }
  })
  return run.then((hasRun) => {
    if (!hasRun || store.life.signal.aborted) return
    // A page that was hidden while this was under way, and is shown again, has nobody else to go on with it.
    if (signal.aborted && isKept(store, attempt)) return runAttempt(context, attempt, 'reconcile')
    if (openAttemptOf(purchaseAt(store, key)) || cachedPlan(context)?.viewer.id !== attempt.viewerId) return
    return runKept(context, attempt)
  })
}

/** Finds out what became of the attempts that their buyer has left open at an add-on, one after the other, the oldest first. */
export async function runKept(context: AddOnContextValue, buyer: Buyer): Promise<void> {
  const [attempt] = keptFor(buyer)
  if (!attempt?.isForPress) return attempt && runAttempt(context, attempt, 'reconcile')
  const error = new AddOnError('unauthenticated')
  keepAttempt(context.store, attempt, true)
  dispatch(context.store, purchaseKey(attempt.accountId, attempt.addOnId), { type: 'gave-up', attempt, error })
}

/** Whether the buyer is signed in, where that is in doubt: somebody else's key would say nothing of what became of it. */
async function isStillBuyer(context: AddOnContextValue, attempt: Attempt, before: PurchaseState): Promise<boolean> {
  if (before.step !== 'unresolved' || before.error.code !== 'unauthenticated') return true
  const plan = await freshPlan(context)
  const isSame = plan?.account.id === attempt.accountId && plan.viewer.id === attempt.viewerId
  const { error } = before
  if (!isSame)
    dispatch(context.store, purchaseKey(attempt.accountId, attempt.addOnId), { type: 'gave-up', attempt, error })
  return isSame
}

/** Sends until the outcome is known, or until asking stops. @returns What the bank wants to ask the viewer first. */
async function findOut(run: Run): Promise<PaymentAction | undefined> {
  const { context, key, attempt, cause, signal } = run
  const { store } = context
  const isByPress = cause === 'confirm' || cause === 'resume'
  if (!isByPress && !isKept(store, attempt)) {
    // Another page has found it out while this one waited for its turn.
    dispatch(store, key, { type: 'dropped', attempt })
    return
  }
  if (signal.aborted) return
  keepAttempt(store, attempt)
  for (const pause of [...waits, null]) {
    if (signal.aborted) return
    const answer = await sendOnce(context, attempt)
    if (signal.aborted) return
    const error = answer instanceof AddOnError ? answer : undefined
    const outcome =
      answer instanceof AddOnError
        ? await outcomeOf(context, attempt, answer, run.isSent)
        : ({ type: 'answered', attempt, purchase: answer } as const)
    run.isSent = true
    if (signal.aborted) return
    if (outcome && (outcome.type !== 'answered' || outcome.purchase.status === 'completed')) {
      concludeAttempt(context, key, cause, outcome)
      return
    }
    dispatch(store, key, outcome ?? { type: 'answer-lost', attempt })
    const action = outcome?.purchase.status === 'action-needed' ? outcome.purchase.action : undefined
    if (action && run.mayAsk && context.host.current.onPaymentAction) return action
    const isStuck = error && !error.retryable && !isOutcomeUnknown(error)
    const told = error?.retryAfter ?? 0
    if (pause === null || isStuck || told > longestSilence) {
      if (!action) giveUp(run, error)
      return
    }
    await run.wait(new Promise((resolve) => setTimeout(resolve, Math.max(pause, told * 1000))))
  }
  return
}

async function sendOnce(context: AddOnContextValue, attempt: Attempt): Promise<Purchase | AddOnError> {
  const { idempotencyKey, accountId, addOnId, previewId, expected } = attempt
  const input = { idempotencyKey, accountId, addOnId, previewId, expected, acceptedFinalSale: true } as const
  try {
    const { purchase, addOn } = await context.adapter.purchase(input, { locale: context.locale })
    await writeAddOn(context, addOn)
    return purchase
  } catch (cause) {
    return toAddOnError(cause)
  }
}

/** Asking stops, and the outcome stays open: the viewer can ask again. */
function giveUp({ context, key, attempt }: Run, error: AddOnError | undefined): void {
  // Who is signed in next need not be the buyer.
  if (error?.code === 'unauthenticated') keepAttempt(context.store, attempt, true)
  dispatch(context.store, key, { type: 'gave-up', attempt, error })
  if (error) followUp(context, attempt.addOnId, error)
}

/** Hands the bank's question to the host. Done, failed or abandoned: the backend knows which. */
async function askPerson(run: Run, action: PaymentAction): Promise<void> {
  const { host, store, emit } = run.context
  const challenge = new AbortController()
  run.mayAsk = false
  // The dialog that said so goes.
  store.setState({ announcement: { addOnId: run.attempt.addOnId, step: 'action-needed' } })
  try {
    const ask = () => host.current.onPaymentAction?.(action, { signal: challenge.signal })
    await whileHostAsks(store, () => (run.signal.aborted ? undefined : ask()), run.wait)
  } catch (error) {
    emit({ type: 'callback-failed', callback: 'onPaymentAction', error })
  } finally {
    // A challenge nobody waits for must not stay on the screen.
    challenge.abort()
  }
}
