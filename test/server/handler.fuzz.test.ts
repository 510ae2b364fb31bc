import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { backendErrorCodes } from '../../src/domain/errors.js'
import type { AddOnOperation } from '../../src/protocol/routes.js'
import { bodyOf, Harness, origin, problemOf } from './harness.js'

const codes: readonly string[] = backendErrorCodes
const operations: readonly AddOnOperation[] = [
  'previewPurchase',
  'purchase',
  'requestQuote',
  'startTrial',
  'requestFeature',
]

/** A header's value that can be sent. */
const headerValue = fc.string({ maxLength: 60 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, '?'))

/** Text of which a path may be made. */
const pathText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }).map((text) => encodeURI(text.replaceAll(/\p{Surrogate}/gu, '?'))),
  fc
    .array(fc.constantFrom('add-ons', 'plan', 'purchases', 'trials', '..', '%2e', '%00', '%2F', '', '\\', '%'), {
      maxLength: 6,
    })
    .map((parts) => parts.join('/')),
)

/** The request is answered: with a problem that is known, and it left nothing behind. */
async function expectRefusal(harness: Harness, request: Request): Promise<void> {
  const response = await harness.handle(request)
  const body: unknown = await response.json()
  const problem = problemOf({ status: response.status, headers: response.headers, body })
  expect(codes).toContain(problem.code)
  expect(response.status).toBeGreaterThanOrEqual(400)
  expect(response.status).toBeLessThan(500)
  expect(harness.writes).toEqual([])
  expect(harness.notifications).toEqual([])
  expect(harness.billing.calls).toEqual([])
}

describe('whatever comes in is answered as the contract says, without an effect', { timeout: 60_000 }, () => {
  test('any path and any method', async () => {
    const methods = fc.constantFrom('POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS')
    await fc.assert(
      fc.asyncProperty(methods, pathText, fc.string(), async (method, path, body) => {
        const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() }
        await expectRefusal(new Harness(), new Request(`${origin}/api/add-ons/x${path}`, { method, headers, body }))
      }),
    )
  })

  test('any bytes as a body', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...operations),
        fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 400 }), fc.string({ unit: 'binary', minLength: 1 })),
        async (operation, raw) => {
          const harness = new Harness()
          await expectRefusal(harness, harness.request(operation, { raw: new Uint8Array(Buffer.from(raw)) }))
        },
      ),
    )
  })

  test('any JSON as a body', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...operations), fc.json({ maxDepth: 6 }), async (operation, raw) => {
        const harness = new Harness()
        await expectRefusal(harness, harness.request(operation, { raw }))
      }),
    )
  })

  test('any headers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...operations.slice(1)),
        headerValue.filter((value) => !/^\s*[0-9a-f-]{36}\s*$/i.test(value)),
        headerValue,
        fc.constantFrom('Origin', 'Sec-Fetch-Site', 'Content-Type', 'Content-Length', 'Accept-Language', 'Cookie'),
        async (operation, key, value, name) => {
          const harness = new Harness()
          await expectRefusal(harness, harness.request(operation, { key, headers: { [name]: value } }))
        },
      ),
    )
  })
})

/** Every place in a body where something else may stand. */
const places = [
  'accountId',
  'previewId',
  'expected',
  'acceptedFinalSale',
  'dueNow',
  'amount',
  'currency',
  'seats',
  'termsVersion',
]

function replaced(value: unknown, place: string, other: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).map(([key, inner]) => [
    key,
    key === place ? other : replaced(inner, place, other),
  ])
  return Object.fromEntries(fields)
}

test('a purchase of which anything is something else buys nothing', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...places),
      fc.oneof(fc.jsonValue(), fc.maxSafeInteger(), fc.constantFrom('acc_acme', true, -0, 1.5)),
      async (place, other) => {
        const harness = new Harness()
        const offer = await harness.preview()
        const right: unknown = JSON.parse(JSON.stringify({ accountId: 'acc_acme', ...bodyOf(offer) }))
        const tampered = replaced(right, place, other)
        fc.pre(JSON.stringify(tampered) !== JSON.stringify(right))
        const answer = await harness.post('purchase', { raw: JSON.stringify(tampered) })
        expect(codes).toContain(problemOf(answer).code)
        expect(answer.status).toBeLessThan(500)
        expect(harness.billing.payments).toEqual([])
        expect((await harness.record()).pending).toBeNull()
        expect((await harness.record()).sale).toBeNull()
      },
    ),
  )
})
