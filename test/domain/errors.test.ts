import { describe, expect, test } from 'vitest'
import { AddOnError, type AddOnErrorCode, toAddOnError } from '../../src/domain/errors.js'
import { isOutcomeUnknown } from '../../src/domain/isOutcomeUnknown.js'

/** Per code: may the same call succeed later; is it open whether a purchase went through. */
const table: Record<AddOnErrorCode, readonly [retryable: boolean, unknownOutcome: boolean]> = {
  unauthenticated: [false, false],
  forbidden: [false, false],
  'unsupported-media-type': [false, false],
  'too-large': [false, false],
  'account-changed': [false, false],
  'not-found': [false, false],
  'invalid-request': [false, false],
  'idempotency-key-reused': [false, false],
  'request-in-progress': [true, true],
  'already-purchased': [false, false],
  'purchase-pending': [false, false],
  'trial-used': [false, false],
  'preview-changed': [false, false],
  'preview-expired': [false, false],
  'payment-declined': [false, false],
  'rate-limited': [true, false],
  internal: [true, true],
  unavailable: [true, true],
  offline: [true, false],
  network: [true, true],
  timeout: [true, true],
  'invalid-response': [false, true],
}

describe.each(Object.keys(table).filter(isCode))('%s', (code) => {
  test(`is ${table[code][0] ? '' : 'not '}retryable`, () => {
    expect(new AddOnError(code).retryable).toBe(table[code][0])
  })
  test(`leaves ${table[code][1] ? 'open' : 'no doubt about'} what a purchase came to`, () => {
    expect(isOutcomeUnknown(new AddOnError(code))).toBe(table[code][1])
  })
})

function isCode(code: string): code is AddOnErrorCode {
  return code in table
}

test('an error carries what is known of it', () => {
  const cause = new Error('why')
  const error = new AddOnError('already-purchased', {
    status: 409,
    retryAfter: 2,
    requestId: 'req',
    reason: 'already-purchased',
    reasonText: 'text',
    purchasedBy: 'Otto',
    cause,
    message: 'for developers',
  })
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({
    name: 'AddOnError',
    code: 'already-purchased',
    status: 409,
    retryAfter: 2,
    requestId: 'req',
    reason: 'already-purchased',
    reasonText: 'text',
    purchasedBy: 'Otto',
    cause,
    message: 'for developers',
  })
})

test('without a message an error says its code, and it has no cause of its own', () => {
  const error = new AddOnError('timeout')
  expect(error.message).toBe('timeout')
  expect('cause' in error).toBe(false)
})

test('toAddOnError keeps an AddOnError and turns everything else into network', () => {
  const known = new AddOnError('forbidden')
  expect(toAddOnError(known)).toBe(known)
  for (const foreign of [new TypeError('Failed to fetch'), 'a string', undefined, null, { code: 'forbidden' }]) {
    expect(toAddOnError(foreign)).toMatchObject({ code: 'network', retryable: true })
  }
  expect(toAddOnError(new TypeError('Failed to fetch')).cause).toBeInstanceOf(TypeError)
  expect(toAddOnError(new TypeError('Failed to fetch')).message).toBe('Failed to fetch')
})

test('toAddOnError never throws, whatever was thrown', () => {
  const odd = [
    Object.create(null),
    Symbol('x'),
    { toString: () => Promise.reject },
    () => {},
    Number.NaN,
    { toString: null, valueOf: null },
  ]
  for (const foreign of odd) expect(toAddOnError(foreign).code).toBe('network')
})
