import type { AddOnError } from './errors.js'

/**
 * Whether a failed send leaves open what the backend did: it may have charged, so only the same idempotency key may be
 * sent again.
 */
export function isOutcomeUnknown(error: AddOnError): boolean {
  return (
    error.code === 'network' ||
    error.code === 'timeout' ||
    error.code === 'invalid-response' ||
    error.code === 'request-in-progress' ||
    error.code === 'internal' ||
    error.code === 'unavailable'
  )
}
