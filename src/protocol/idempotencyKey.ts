import { written } from './forms.js'

/** The form of an idempotency key. */
export const idempotencyKeySchema = written(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, 'a UUID')
