import type { AddOnError } from './errors.js'
import type { CompletedPurchase, ExpectedPurchase, PaymentAction, PurchasePreview } from './purchase.js'
import type { AddOnId } from './Register.js'

/** One purchase from its confirm click until its outcome is known, under one idempotency key. */
export interface Attempt {
  readonly idempotencyKey: string
  readonly accountId: string
  /** The buyer: nobody else may find out its outcome. */
  readonly viewerId: string
  readonly addOnId: AddOnId
  readonly previewId: string
  readonly expected: ExpectedPurchase
  /** By the buyer's clock, in milliseconds since 1970. */
  readonly sentAt: number
}

/** Where a purchase of one add-on stands. */
export type PurchaseState =
  | { readonly step: 'idle' }
  /** The price is being asked for; `previous` is the one that was on screen. */
  | { readonly step: 'loading'; readonly request: number; readonly previous?: PurchasePreview | undefined }
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

/** Where a purchase that was refused stands. */
export type RefusedStep = 'expired' | 'declined' | 'already-purchased' | 'purchase-pending' | 'not-allowed' | 'failed'

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
