import type { Attempt } from '../domain/purchaseState.js'
import { integer, object, oneOf, type Schema, text } from '../protocol/forms.js'
import { idempotencyKeySchema } from '../protocol/idempotencyKey.js'
import { expectedPurchaseSchema } from '../protocol/schemas.js'

/** A purchase attempt as it outlives its page: all that is needed to send it again, and whose it is. No names. */
export interface KeptAttempt extends Attempt {
  readonly acceptedFinalSale: true
  /** The session ended while it was being found out: only a press sends it again. */
  readonly isForPress?: true
}

const schema: Schema<KeptAttempt> = object(
  {
    idempotencyKey: idempotencyKeySchema,
    accountId: text,
    viewerId: text,
    addOnId: text,
    previewId: text,
    expected: expectedPurchaseSchema,
    acceptedFinalSale: oneOf(true),
    sentAt: integer,
  },
  { isForPress: oneOf(true) },
)

/** Reads a kept attempt; `undefined` for what is none. */
export function parseKeptAttempt(text: string): KeptAttempt | undefined {
  try {
    return schema(JSON.parse(text))
  } catch {
    return undefined
  }
}
