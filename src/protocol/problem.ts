import {
  AddOnError,
  type AddOnErrorCode,
  type AddOnErrorDetails,
  type BackendErrorCode,
  backendErrorCodes,
} from '../domain/errors.js'
import { withheldReasons } from '../domain/policy.js'
import { fieldOf, readIf } from './forms.js'
import { purchasePreviewSchema } from './schemas.js'

/** The media type of every error answer (RFC 9457). */
export const problemType = 'application/problem+json'

/** Of a problem's texts no more is taken, in characters. */
const maxProblemText = 500

/** The HTTP status each code is sent with. `invalid-request` is 400 unless the body's schema fails (422). */
export const statusOfCode: Readonly<Record<BackendErrorCode, number>> = {
  unauthenticated: 401,
  forbidden: 403,
  'unsupported-media-type': 415,
  'too-large': 413,
  'account-changed': 409,
  'not-found': 404,
  'invalid-request': 400,
  'idempotency-key-reused': 422,
  'request-in-progress': 409,
  'already-purchased': 409,
  'purchase-pending': 409,
  'trial-used': 409,
  'preview-changed': 409,
  'preview-expired': 410,
  'payment-declined': 402,
  'rate-limited': 429,
  internal: 500,
  unavailable: 503,
}

const codes: readonly string[] = backendErrorCodes
const isBackendCode = (code: string | undefined): code is BackendErrorCode => code !== undefined && codes.includes(code)

/**
 * Reads an error answer. Unknown codes read as `unavailable` (5xx) or `invalid-request` (4xx), an answer without any, which
 * is nobody's word on the request, as `invalid-response`; of the rest only what is right is taken, so that a problem stays
 * readable when half of it is broken.
 */
export function parseProblem(status: number, body: unknown, fallback: AddOnErrorDetails = {}): AddOnError {
  const text = (name: string, value = fieldOf(body, name)) =>
    typeof value === 'string' ? value.slice(0, maxProblemText) : undefined
  const code = text('code')
  const reason = text('reason')
  const retryAfter = Number(fieldOf(body, 'retryAfter') ?? fallback.retryAfter)
  return new AddOnError(isBackendCode(code) ? code : codeOfStatus(status, code), {
    status,
    requestId: text('requestId') ?? text('', fallback.requestId),
    reason:
      reason === undefined
        ? undefined
        : ([...withheldReasons, 'origin' as const].find((known) => known === reason) ?? 'host'),
    reasonText: text('reasonText'),
    purchasedBy: text('purchasedBy'),
    // At most an hour: a timer for some weeks would fire at once. None, nothing and nonsense are left out.
    retryAfter: Math.min(Math.max(0, Math.ceil(retryAfter)), 3600) || undefined,
    preview: readIf(purchasePreviewSchema, fieldOf(body, 'preview')),
  })
}

function codeOfStatus(status: number, code: string | undefined): AddOnErrorCode {
  if (status === 401) return 'unauthenticated'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'not-found'
  if (status === 429) return 'rate-limited'
  if (status >= 500) return 'unavailable'
  return code === undefined ? 'invalid-response' : 'invalid-request'
}

/** Writes an error answer's body. An error's own status is taken where it is one of an error. */
export function toProblem(
  error: AddOnError,
  code: BackendErrorCode,
  requestId: string,
): Readonly<Record<string, unknown>> & { readonly status: number } {
  const { status = 0, retryAfter } = error
  return {
    type: 'about:blank',
    title: error.message,
    status: status >= 400 && status < 600 ? status : statusOfCode[code],
    code,
    requestId,
    reason: error.reason,
    reasonText: error.reasonText,
    retryAfter: Number.isFinite(retryAfter) ? retryAfter : undefined,
    purchasedBy: error.purchasedBy,
    preview: error.preview,
  }
}

/** The code an error is sent under; the client's own codes and foreign errors are `internal`. */
export function backendCodeOf(error: unknown): BackendErrorCode {
  return error instanceof AddOnError && isBackendCode(error.code) ? error.code : 'internal'
}
