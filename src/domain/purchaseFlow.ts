import type { AddOnError, AddOnErrorCode } from './errors.js'
import { isSameMoney } from './money.js'
import type { Purchase, PurchasePreview } from './purchase.js'
import {
  type Attempt,
  idlePurchase,
  openAttemptOf,
  type PurchaseState,
  previewOf,
  type RefusedStep,
} from './purchaseState.js'

/** What can happen to a purchase. Times (`at`, `confirmableFrom`) are milliseconds of a clock that nobody sets. */
export type PurchaseEvent =
  | { readonly type: 'price-requested'; readonly request: number }
  | { readonly type: 'price-arrived'; readonly request: number; readonly preview: PurchasePreview; readonly at: number }
  | { readonly type: 'price-failed'; readonly request: number; readonly error: AddOnError; readonly at: number }
  | { readonly type: 'price-expired'; readonly previewId: string }
  | { readonly type: 'confirmed'; readonly attempt: Attempt; readonly preview: PurchasePreview }
  | { readonly type: 'answered'; readonly attempt: Attempt; readonly purchase: Purchase }
  | { readonly type: 'answer-lost'; readonly attempt: Attempt }
  | { readonly type: 'gave-up'; readonly attempt: Attempt; readonly error?: AddOnError | undefined }
  | { readonly type: 'refused'; readonly attempt: Attempt; readonly error: AddOnError; readonly at: number }
  /** Nothing is left to find out here: the plan says it, or another tab saw to it. */
  | { readonly type: 'dropped'; readonly attempt: Attempt }
  | { readonly type: 'closed' }

/** How long the confirm button ignores presses after it came under the finger, in milliseconds. */
export const confirmDelay = 1000

/** The preview a confirm press at `at` would buy; `undefined` where a press does nothing. */
export function confirmablePreview(state: PurchaseState, at: number): PurchasePreview | undefined {
  const isPriced = state.step === 'review' || state.step === 'price-changed'
  return isPriced && at >= state.confirmableFrom ? state.preview : undefined
}

const refusedSteps: Partial<Record<AddOnErrorCode, RefusedStep>> = {
  'preview-changed': 'expired',
  'preview-expired': 'expired',
  'payment-declined': 'declined',
  'already-purchased': 'already-purchased',
  'purchase-pending': 'purchase-pending',
  forbidden: 'not-allowed',
  'not-found': 'not-allowed',
  'account-changed': 'not-allowed',
}

function refusal(error: AddOnError, preview: PurchasePreview | undefined, at: number): PurchaseState {
  if (error.code === 'preview-changed' && error.preview) {
    return { step: 'price-changed', preview: error.preview, previous: preview, confirmableFrom: at + confirmDelay }
  }
  return { step: refusedSteps[error.code] ?? 'failed', error, preview }
}

function answered(attempt: Attempt, purchase: Purchase): PurchaseState {
  switch (purchase.status) {
    case 'completed':
      return isSameMoney(purchase.charged, attempt.expected.dueNow)
        ? { step: 'done', purchase }
        : { step: 'mischarged', purchase, attempt }
    case 'processing':
      return { step: 'processing', attempt, isSlow: false }
    case 'action-needed':
      return { step: 'action-needed', attempt, action: purchase.action }
  }
}

function priced(previous: PurchasePreview | undefined, preview: PurchasePreview, at: number): PurchaseState {
  const isSamePrice =
    !previous ||
    (isSameMoney(previous.dueNow, preview.dueNow) &&
      isSameMoney(previous.nextInvoice.addOnAmount, preview.nextInvoice.addOnAmount) &&
      previous.seats.total === preview.seats.total)
  // The confirm button comes where another one may just have been pressed.
  const confirmableFrom = at + confirmDelay
  return isSamePrice
    ? { step: 'review', preview, confirmableFrom }
    : { step: 'price-changed', preview, previous, confirmableFrom }
}

/** Whether news of `attempt` concerns this state: it is the open one, or nothing else is under way. */
function concerns(state: PurchaseState, attempt: Attempt): boolean {
  const open = openAttemptOf(state)
  return !open || open.idempotencyKey === attempt.idempotencyKey
}

/** Whether this preview is the one on screen that a press buys, now or in a moment. */
function isConfirmable(state: PurchaseState, previewId: string): boolean {
  return confirmablePreview(state, Number.POSITIVE_INFINITY)?.previewId === previewId
}

/** The one way from state to state; an event that does not fit a state leaves it as it is. */
export function purchaseFlow(state: PurchaseState, event: PurchaseEvent): PurchaseState {
  switch (event.type) {
    case 'price-requested':
      if (openAttemptOf(state)) return state
      return { step: 'loading', request: event.request, previous: previewOf(state) }
    case 'price-arrived':
      if (state.step !== 'loading' || state.request !== event.request) return state
      return priced(state.previous, event.preview, event.at)
    case 'price-failed': {
      if (state.step !== 'loading' || state.request !== event.request) return state
      const next = refusal(event.error, state.previous, event.at)
      return next.step === 'failed' ? { step: 'unpriced', error: event.error } : next
    }
    case 'price-expired':
      return isConfirmable(state, event.previewId) ? { step: 'expired', preview: previewOf(state) } : state
    case 'confirmed':
      return isConfirmable(state, event.preview.previewId)
        ? { step: 'submitting', attempt: event.attempt, preview: event.preview }
        : state
    case 'answered':
      return concerns(state, event.attempt) ? answered(event.attempt, event.purchase) : state
    case 'answer-lost':
      return concerns(state, event.attempt) ? { step: 'checking', attempt: event.attempt } : state
    case 'gave-up': {
      if (!concerns(state, event.attempt)) return state
      if (!event.error) return { step: 'processing', attempt: event.attempt, isSlow: true }
      return { step: 'unresolved', attempt: event.attempt, error: event.error }
    }
    case 'refused':
      return concerns(state, event.attempt) ? refusal(event.error, previewOf(state), event.at) : state
    case 'dropped':
      return openAttemptOf(state)?.idempotencyKey === event.attempt.idempotencyKey ? idlePurchase : state
    case 'closed':
      return openAttemptOf(state) ? state : idlePurchase
  }
}
