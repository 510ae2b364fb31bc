import { object, oneOf, type Read, type Schema, written } from './forms.js'
import type { AddOnOperation } from './routes.js'
import { expectedPurchaseSchema } from './schemas.js'

/** The longest note or message, in characters (Unicode code points). */
export const maxTextLength = 1000
/** The largest request body, in bytes. */
export const maxBodyBytes = 16 * 1024

/** Text that every store can keep: neither NUL nor half a character. */
const text = written(/^[^\0\p{Surrogate}]*$/u, 'text in Unicode, without NUL')
const accountId = text

/** The body of each POST. */
export const requestSchemas = {
  previewPurchase: object({ accountId }),
  purchase: object({ accountId, previewId: text, expected: expectedPurchaseSchema, acceptedFinalSale: oneOf(true) }),
  requestQuote: object({ accountId }, { message: text }),
  startTrial: object({ accountId }),
  requestFeature: object({ accountId }, { note: text }),
} satisfies Record<AddOnOperation, Schema<unknown>>

/** The parsed body of a POST. */
export type RequestBody<TOperation extends AddOnOperation> = Read<(typeof requestSchemas)[TOperation]>
