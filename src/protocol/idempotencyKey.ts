import * as v from 'valibot'
import { written } from './forms.js'

/** The form of an idempotency key. */
export const idempotencyKeySchema = written(v.UUID_REGEX, 'a UUID')
