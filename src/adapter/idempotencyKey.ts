import { createUuid } from '../protocol/uuid.js'

/** A fresh idempotency key for one attempt. */
export const createIdempotencyKey: () => string = createUuid
