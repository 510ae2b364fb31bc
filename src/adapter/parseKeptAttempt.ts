import * as v from 'valibot'
import type { Attempt } from '../domain/purchaseFlow.js'
import { idempotencyKeySchema } from '../protocol/requests.js'
import { expectedPurchaseSchema } from '../protocol/schemas.js'

/** A purchase attempt as it outlives its page: all that is needed to send it again, and whose it is. No names. */
export interface KeptAttempt extends Attempt {
  readonly acceptedFinalSale: true
  /** The session ended while it was being found out: only a press sends it again. */
  readonly isForPress?: true
}

const schema: v.GenericSchema<unknown, KeptAttempt> = v.object({
  idempotencyKey: idempotencyKeySchema,
  accountId: v.string(),
  viewerId: v.string(),
  addOnId: v.string(),
  previewId: v.string(),
  expected: expectedPurchaseSchema,
  acceptedFinalSale: v.literal(true),
  sentAt: v.number(),
  isForPress: v.exactOptional(v.literal(true)),
})

/** Reads a kept attempt; `undefined` for what is none. */
export function parseKeptAttempt(text: string): KeptAttempt | undefined {
  try {
    const result = v.safeParse(schema, JSON.parse(text))
    return result.success ? result.output : undefined
  } catch {
    return undefined
  }
}
