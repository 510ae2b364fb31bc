import type { AddOnError, AddOnErrorCode } from './errors.js'
import { isSameMoney } from './money.js'
import type { CompletedPurchase, ExpectedPurchase, PaymentAction, Purchase, PurchasePreview } from './purchase.js'

/** One purchase from its confirm click until its outcome is known, under one idempotency key. */
export interface Attempt {
  readonly idempotencyKey: string
  readonly accountId: string
  /** The buyer: nobody else may find out its outcome. */
  readonly viewerId: string
  readonly addOnId: string
  readonly previewId: string
  readonly expected: ExpectedPurchase
  /** By the buyer's clock, in milliseconds since 1970. */
  readonly sentAt: number
}

/** Where a purchase of one add-on stands. */
export type PurchaseState =
  | { readonly step: 'idle' }
  /** The price is being asked for; `previous` is the one that was on screen; `isAgain`: something else was. */
  | {
      readonly step: 'loading'
      readonly request: number
      readonly previous?: PurchasePreview | undefined
      readonly isAgain?: true
    }
  | { readonly step: 'review'; readonly preview: PurchasePreview; readonly confirmableFrom: number }
  | {
      readonly step: 'price-changed'
      readonly preview: PurchasePreview
      readonly previous: PurchasePreview | undefined
      readonly confirmableFrom: number
    }
  | { readonly step: 'submitting'; readonly attempt: Attempt; readonly preview: PurchasePreview }
  /** The outcome is unknown and is being found out with the same key. */
  | { readonly step: 'checking'; readonly attempt: Attempt }
  /** The outcome is unknown, and asking stopped: only "Check again" goes on. */
  | { readonly step: 'unresolved'; readonly attempt: Attempt; readonly error: AddOnError }
  /** Accepted, not completed; `isSlow` once waiting for it has stopped. */
  | { readonly step: 'processing'; readonly attempt: Attempt; readonly isSlow: boolean }
  | { readonly step: 'action-needed'; readonly attempt: Attempt; readonly action: PaymentAction }
  | { readonly step: 'done'; readonly purchase: CompletedPurchase }
  /** Completed, but the amount charged is not the one that was agreed to. */
  | { readonly step: 'mischarged'; readonly purchase: CompletedPurchase; readonly attempt: Attempt }
  /** No price could be had, the price went, or the backend refused: nothing was charged. */
  | {
      readonly step: 'unpriced' | RefusedStep
      /** Why; nothing where the price simply expired. */
      readonly error?: AddOnError | undefined
      readonly preview?: PurchasePreview | undefined
    }

type RefusedStep = 'expired' | 'declined' | 'already-purchased' | 'purchase-pending' | 'not-allowed' | 'failed'

/** What can happen to a purchase. Times (`at`) are milliseconds since 1970. */
export type PurchaseEvent =
  | { readonly type: 'price-requested'; readonly request: number }
  | { readonly type: 'price-arrived'; readonly request: number; readonly preview: PurchasePreview; readonly at: number }
  | { readonly type: 'price-failed'; readonly request: number; readonly error: AddOnError }
  | { readonly type: 'price-expired'; readonly previewId: string }
  | { readonly type: 'confirmed'; readonly attempt: Attempt; readonly preview: PurchasePreview }
  | { readonly type: 'answered'; readonly attempt: Attempt; readonly purchase: Purchase }
  | { readonly type: 'answer-lost'; readonly attempt: Attempt }
  | { readonly type: 'gave-up'; readonly attempt: Attempt; readonly error?: AddOnError | undefined }
  | { readonly type: 'refused'; readonly attempt: Attempt; readonly error: AddOnError; readonly at: number }
  /** Nothing is left to find out here: the plan says it, or another tab saw to it. */
  | { readonly type: 'dropped'; readonly attempt: Attempt }
  | { readonly type: 'closed' }

/** How long a price that changed under the finger ignores presses of the confirm button, in milliseconds. */
export const confirmDelay = 1000

/** A purchase before anything happened. */
export const idlePurchase: PurchaseState = { step: 'idle' }

/** The preview on screen, if there is one. */
export function previewOf(state: PurchaseState): PurchasePreview | undefined {
  if (state.step === 'loading') return state.previous
  return 'preview' in state ? state.preview : undefined
}

/** The attempt whose outcome is not known yet, if there is one. */
export function openAttemptOf(state: PurchaseState): Attempt | undefined {
  return 'attempt' in state && state.step !== 'mischarged' ? state.attempt : undefined
}

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

type Loading = Extract<PurchaseState, { step: 'loading' }>

function priced({ previous, isAgain }: Loading, preview: PurchasePreview, at: number): PurchaseState {
  // The confirm button comes where another button was pressed.
  if (!previous) return { step: 'review', preview, confirmableFrom: isAgain ? at + confirmDelay : at }
  const isSamePrice =
    isSameMoney(previous.dueNow, preview.dueNow) &&
    isSameMoney(previous.nextInvoice.addOnAmount, preview.nextInvoice.addOnAmount) &&
    previous.seats.total === preview.seats.total
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
    case 'price-requested': {
      if (openAttemptOf(state)) return state
      const isAgain = state.step === 'loading' ? state.isAgain : state.step !== 'idle'
      return { step: 'loading', request: event.request, previous: previewOf(state), ...(isAgain && { isAgain }) }
    }
    case 'price-arrived':
      if (state.step !== 'loading' || state.request !== event.request) return state
      return priced(state, event.preview, event.at)
    case 'price-failed': {
      if (state.step !== 'loading' || state.request !== event.request) return state
      const next = refusal(event.error, state.previous, 0)
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
