import * as v from 'valibot'
import type { AddOnOperation } from './routes.js'
import { expectedPurchaseSchema } from './schemas.js'

/** The longest note or message, in characters (Unicode code points). */
export const maxTextLength = 1000
/** The largest request body, in bytes. */
export const maxBodyBytes = 16 * 1024

/** Text that every store can keep: neither NUL nor half a character. */
const text = v.pipe(v.string(), v.regex(/^[^\0\p{Surrogate}]*$/u, 'text in Unicode, without NUL'))
const accountId = text
const freeText = v.exactOptional(text)

/** The body of each POST. */
export const requestSchemas = {
  previewPurchase: v.object({ accountId }),
  purchase: v.object({
    accountId,
    previewId: text,
    expected: expectedPurchaseSchema,
    acceptedFinalSale: v.literal(true),
  }),
  requestQuote: v.object({ accountId, message: freeText }),
  startTrial: v.object({ accountId }),
  requestFeature: v.object({ accountId, note: freeText }),
} satisfies Record<AddOnOperation, v.GenericSchema>

/** The parsed body of a POST. */
export type RequestBody<TOperation extends AddOnOperation> = v.InferOutput<(typeof requestSchemas)[TOperation]>
