import type { Frequency, PurchasingMode } from './account.js'
import type { Money } from './money.js'
import type { Decisions } from './policy.js'
import type { ExpectedPurchase } from './purchase.js'
import type { AddOnId } from './Register.js'

/** What the account has of an add-on. `unknown` stands for every status this version does not know. */
export type AddOnStatus =
  | { readonly kind: 'available' | 'included' | 'unavailable' | 'unknown' }
  | { readonly kind: 'trialing'; readonly startedAt: string; readonly endsAt: string }
  | { readonly kind: 'trial-ended'; readonly endedAt: string }
  | {
      readonly kind: 'active'
      readonly since: string
      readonly by?: string
      readonly seats?: number
      readonly receiptUrl?: string
      readonly reference?: string
    }

/** What its buyer needs to send a pending purchase again, under the same idempotency key. */
export interface ResumablePurchase {
  readonly idempotencyKey: string
  readonly previewId: string
  readonly expected: ExpectedPurchase
}

/** A purchase whose outcome is not known yet. */
export interface PendingPurchase {
  readonly state: 'processing' | 'action-needed'
  readonly startedAt: string
  /** The buyer's name. */
  readonly by: string
  /** Whether the viewer is the buyer. */
  readonly mine: boolean
  /** Sent to the buyer only. */
  readonly resume?: ResumablePurchase
}

/** A request to sales for a price; never to be confused with a preview. */
export interface QuoteRequest {
  readonly requestedAt: string
  /** The requester's name. */
  readonly requestedBy: string
}

/** A viewer's own request for a feature. */
export interface OwnFeatureRequest {
  readonly requestedAt: string
  /** From this instant the viewer may ask again. */
  readonly askAgainAt: string
}

/** One teammate's request, as people with the `view-requests` grant see it. */
export interface TeammateRequest {
  readonly name: string
  readonly requestedAt: string
  readonly note?: string
}

/** Everyone's requests for an add-on. */
export interface FeatureRequests {
  readonly count: number
  readonly byViewer: OwnFeatureRequest | null
  /** Empty without the `view-requests` grant. */
  readonly from: readonly TeammateRequest[]
}

/** Something sold on top of the plan, as one viewer may see it. */
export interface AddOn {
  readonly id: AddOnId
  readonly name: string
  readonly description: string
  /** BCP 47 language of the texts, where it is not the page's. */
  readonly lang?: string
  readonly imageUrl?: string
  readonly learnMoreUrl?: string
  /** Where the feature lives in the host. */
  readonly href?: string
  /** Price per seat and period; `null`: sold by quote. */
  readonly unitPrice: Money | null
  /** `unknown` stands for every frequency this version does not know; nothing is bought under it. */
  readonly frequency: Frequency | 'unknown'
  /** Overrides the account's purchasing mode. */
  readonly purchasingMode?: PurchasingMode
  readonly trial: { readonly days: number } | null
  readonly status: AddOnStatus
  readonly pendingPurchase: PendingPurchase | null
  /** The open one. */
  readonly quoteRequest: QuoteRequest | null
  readonly featureRequests: FeatureRequests
  /** The backend's decisions; without them the client computes its own with `decideActions()`. */
  readonly decisions?: Decisions
}

/** The account has the add-on: it is active, on trial or included in the plan. */
export function isEntitled(status: AddOnStatus): boolean {
  return status.kind === 'active' || status.kind === 'trialing' || status.kind === 'included'
}
