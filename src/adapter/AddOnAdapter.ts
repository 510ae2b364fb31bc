import type { PlanOverview } from '../domain/planOverview.js'
import type { ExpectedPurchase, PurchasePreview } from '../domain/purchase.js'
import type { AddOnId } from '../domain/Register.js'
import type { FeatureAnswer, PurchaseAnswer, QuoteAnswer, TrialAnswer } from '../protocol/schemas.js'

/** What every call may be given. */
export interface CallOptions {
  /** Ends the call; it rejects with the signal's reason. */
  signal?: AbortSignal | undefined
  /** BCP 47 language of the viewer. */
  locale?: string | undefined
}

/** What every call is about. `accountId` is the account the viewer was shown; another one is refused. */
export interface AddOnTarget {
  accountId: string
  addOnId: AddOnId
}

/** A call that has an effect: sent again with the same key it has that effect once. */
export interface KeyedTarget extends AddOnTarget {
  /** A UUID. */
  idempotencyKey: string
}

/** Buys what a preview shows. */
export interface PurchaseInput extends KeyedTarget {
  previewId: string
  expected: ExpectedPurchase
  acceptedFinalSale: true
}

/** Asks sales for a price. */
export interface QuoteInput extends KeyedTarget {
  /** At most 1,000 characters. */
  message?: string | undefined
}

/** Asks the Owners for an add-on. */
export interface FeatureInput extends KeyedTarget {
  /** At most 1,000 characters. */
  note?: string | undefined
}

/**
 * The client's one door to a backend. Every method resolves to the body that the wire contract names and rejects with
 * an `AddOnError`.
 */
export interface AddOnAdapter {
  getPlan(options?: CallOptions): Promise<PlanOverview>
  previewPurchase(input: AddOnTarget, options?: CallOptions): Promise<PurchasePreview>
  purchase(input: PurchaseInput, options?: CallOptions): Promise<PurchaseAnswer>
  requestQuote(input: QuoteInput, options?: CallOptions): Promise<QuoteAnswer>
  startTrial(input: KeyedTarget, options?: CallOptions): Promise<TrialAnswer>
  requestFeature(input: FeatureInput, options?: CallOptions): Promise<FeatureAnswer>
}
