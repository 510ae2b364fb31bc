import { describe, expect, test } from 'vitest'
import { AddOnError, type BackendErrorCode, backendErrorCodes } from '../../src/domain/errors.js'
import { backendCodeOf, parseProblem, problemType, statusOfCode, toProblem } from '../../src/protocol/problem.js'
import { preview } from './wireSamples.js'

/** wire.md, in words. */
const statuses: Record<BackendErrorCode, number> = {
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

test('every code has its status', () => {
  expect(statusOfCode).toEqual(statuses)
  expect([...backendErrorCodes].sort()).toEqual(Object.keys(statuses).sort())
  expect(problemType).toBe('application/problem+json')
})

describe.each(backendErrorCodes)('%s', (code) => {
  test('is written with its status, and read back with everything that was said', () => {
    const details = {
      reason: 'purchase-pending',
      reasonText: 'text',
      retryAfter: 3,
      purchasedBy: 'Otto',
      preview: undefined,
    } as const
    const body = toProblem(new AddOnError(code, details), code, 'req-1')
    expect(body).toMatchObject({ type: 'about:blank', status: statuses[code], code, requestId: 'req-1' })
    const error = parseProblem(statuses[code], JSON.parse(JSON.stringify(body)))
    expect(error).toBeInstanceOf(AddOnError)
    expect(error).toMatchObject({ ...details, code, status: statuses[code], requestId: 'req-1' })
  })

  test('is the code an error of it is sent under', () => {
    expect(backendCodeOf(new AddOnError(code))).toBe(code)
  })
})

test('an error with a status of its own keeps it', () => {
  const error = new AddOnError('invalid-request', { status: 422 })
  expect(toProblem(error, 'invalid-request', 'r').status).toBe(422)
})

test.each([0, 99, 200, 304, 600, Number.NaN])('the status %d is none of an error: the code’s own is sent', (status) => {
  expect(toProblem(new AddOnError('forbidden', { status }), 'forbidden', 'r').status).toBe(403)
})

test('a new price travels with its refusal', () => {
  const body = { code: 'preview-changed', preview, requestId: 'r' }
  expect(parseProblem(409, body).preview).toEqual(preview)
})

test.each([
  new Error('x'),
  new TypeError('x'),
  'x',
  null,
  undefined,
  { code: 'forbidden' },
  new AddOnError('offline'),
  new AddOnError('timeout'),
])('%s is internal', (error) => {
  expect(backendCodeOf(error)).toBe('internal')
})

describe('a problem of which something is broken', () => {
  test.each([
    [500, 'unavailable'],
    [502, 'unavailable'],
    [599, 'unavailable'],
    [400, 'invalid-request'],
    [409, 'invalid-request'],
    [418, 'invalid-request'],
  ] as const)('with an unknown code and status %d reads as %s', (status, code) => {
    for (const unknown of ['out-of-cheese', 'timeout', '__proto__']) {
      expect(parseProblem(status, { code: unknown })).toMatchObject({ code, status })
    }
  })

  test.each([
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [429, 'rate-limited'],
    [503, 'unavailable'],
    [400, 'invalid-response'],
    [408, 'invalid-response'],
    [409, 'invalid-response'],
    [425, 'invalid-response'],
    [499, 'invalid-response'],
  ] as const)('without a code, as a proxy sends it, status %d reads as %s', (status, code) => {
    for (const body of [undefined, null, '<html>', [], {}, { code: 5 }]) {
      expect(parseProblem(status, body)).toMatchObject({ code, status })
    }
  })

  test('keeps what is right', () => {
    const body = {
      code: 'preview-changed',
      requestId: 5,
      reason: 'a new one',
      reasonText: null,
      retryAfter: 'soon',
      purchasedBy: {},
      preview: { ...preview, dueNow: { amount: 1, currency: 'USD' } },
      more: true,
    }
    const error = parseProblem(409, body)
    expect(error).toMatchObject({ code: 'preview-changed', reason: 'host' })
    expect([error.requestId, error.reasonText, error.retryAfter, error.purchasedBy, error.preview]).toEqual(
      Array.from({ length: 5 }, () => undefined),
    )
  })

  test.each([
    [1e12, 3600],
    [Number.POSITIVE_INFINITY, 3600],
    [2.1, 3],
    [0, undefined],
    [-5, undefined],
    [Number.NaN, undefined],
    ['soon', undefined],
    [{}, undefined],
  ])('says to wait %s: %s seconds', (retryAfter, seconds) => {
    expect(parseProblem(429, { code: 'rate-limited', retryAfter }).retryAfter).toBe(seconds)
  })

  test('is cut where its texts are endless, in the header too', () => {
    const endless = '\u202e<b>'.repeat(100_000)
    const body = { code: 'forbidden', reasonText: endless, purchasedBy: endless, requestId: endless }
    const error = parseProblem(403, body)
    for (const text of [error.reasonText, error.purchasedBy, error.requestId]) expect(text?.length).toBe(500)
    expect(parseProblem(500, '<html>', { requestId: endless }).requestId?.length).toBe(500)
  })

  test('takes nothing from its prototype', () => {
    const body: unknown = JSON.parse('{"code":"forbidden","__proto__":{"reasonText":"inherited","purchasedBy":"Otto"}}')
    const error = parseProblem(403, body)
    expect([error.reasonText, error.purchasedBy]).toEqual([undefined, undefined])
  })

  test('never shows what it calls itself', () => {
    const error = parseProblem(403, { code: 'forbidden', title: '<b>No</b>', detail: 'secret' })
    expect(error.message).toBe('forbidden')
  })
})
