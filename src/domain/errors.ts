import type { WithheldReason } from './policy.js'
import type { PurchasePreview } from './purchase.js'

/** Codes a backend answers with. */
export const backendErrorCodes = [
  'unauthenticated',
  'forbidden',
  'unsupported-media-type',
  'too-large',
  'account-changed',
  'not-found',
  'invalid-request',
  'idempotency-key-reused',
  'request-in-progress',
  'already-purchased',
  'purchase-pending',
  'trial-used',
  'preview-changed',
  'preview-expired',
  'payment-declined',
  'rate-limited',
  'internal',
  'unavailable',
] as const

/** What a backend's refusal is called. */
export type BackendErrorCode = (typeof backendErrorCodes)[number]

/** Every error code there is: the backend's, and those of the way to it. */
export type AddOnErrorCode = BackendErrorCode | 'offline' | 'network' | 'timeout' | 'invalid-response'

/** What is known of a failure besides its code. */
export interface AddOnErrorDetails {
  readonly status?: number | undefined
  /** Seconds to wait before asking again. */
  readonly retryAfter?: number | undefined
  readonly requestId?: string | undefined
  readonly reason?: WithheldReason | 'origin' | undefined
  /** The backend's own words for the reason `host`. */
  readonly reasonText?: string | undefined
  /** Who has bought, or is buying. */
  readonly purchasedBy?: string | undefined
  /** The new price, with `preview-changed`. */
  readonly preview?: PurchasePreview | undefined
  readonly cause?: unknown
  /** For developers; people read the catalogue's text for `code`. */
  readonly message?: string | undefined
}

const retryableCodes: ReadonlySet<AddOnErrorCode> = new Set([
  'request-in-progress',
  'rate-limited',
  'internal',
  'unavailable',
  'offline',
  'network',
  'timeout',
])

/** What every failed call rejects with. */
export class AddOnError extends Error implements AddOnErrorDetails {
  override readonly name = 'AddOnError'
  readonly code: AddOnErrorCode
  /** The same call may succeed later. */
  readonly retryable: boolean
  declare readonly status: number | undefined
  declare readonly retryAfter: number | undefined
  declare readonly requestId: string | undefined
  declare readonly reason: WithheldReason | 'origin' | undefined
  declare readonly reasonText: string | undefined
  declare readonly purchasedBy: string | undefined
  declare readonly preview: PurchasePreview | undefined

  constructor(code: AddOnErrorCode, { message = code, cause, ...details }: AddOnErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause })
    Object.assign(this, details)
    this.code = code
    this.retryable = retryableCodes.has(code)
  }
}

/** The error as an `AddOnError`; anything foreign becomes `network`, the state in which nothing is known. */
export function toAddOnError(error: unknown): AddOnError {
  if (error instanceof AddOnError) return error
  // Not everything that can be thrown can be made a string.
  return new AddOnError('network', { cause: error, message: error instanceof Error ? error.message : undefined })
}
