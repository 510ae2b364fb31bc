import type { QuoteRequest } from '../domain/addOn.js'
import { AddOnError, type AddOnErrorDetails, type BackendErrorCode } from '../domain/errors.js'
import type { Purchase } from '../domain/purchase.js'
import type { FeatureAnswer } from '../protocol/schemas.js'

/** A request that was carried out; the answer's `addOn` is built afresh whenever it is sent. */
export interface Answer {
  readonly status: 200 | 201 | 202
  readonly body: {
    readonly purchase?: Purchase
    readonly quoteRequest?: QuoteRequest
    readonly featureRequest?: FeatureAnswer['featureRequest']
  }
}

/** A request that was refused and left nothing behind. */
export interface Refusal {
  readonly refusal: AddOnErrorDetails & { readonly code: BackendErrorCode }
}

/** What a keyed POST came to. */
export type Outcome = Answer | Refusal

/** Refuses a request. */
export function refuse(code: BackendErrorCode, details: AddOnErrorDetails = {}): Refusal {
  return { refusal: { code, ...details } }
}

/** A refusal as the error that is thrown for it. */
export function toError({ refusal: { code, ...details } }: Refusal): AddOnError {
  return new AddOnError(code, details)
}
