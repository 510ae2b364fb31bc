import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AddOnAdapter } from '../../src/adapter/AddOnAdapter.js'
import { createHttpAdapter } from '../../src/adapter/httpAdapter.js'
import { AddOnError } from '../../src/domain/errors.js'
import { isOutcomeUnknown } from '../../src/domain/isOutcomeUnknown.js'
import type { Schema } from '../../src/protocol/forms.js'
import {
  featureAnswerSchema,
  planOverviewSchema,
  purchaseAnswerSchema,
  purchasePreviewSchema,
  quoteAnswerSchema,
  trialAnswerSchema,
} from '../../src/protocol/schemas.js'
import { addOn, plan, preview, purchases } from '../protocol/wireSamples.js'

const target = { accountId: preview.accountId, addOnId: addOn.id }
const keyed = { ...target, idempotencyKey: '00000000-0000-4000-8000-000000000001' }
const expected = { dueNow: preview.dueNow, seats: 15, termsVersion: '1' }

/** Each operation: how it is asked for, what is right, and what its answer must be. */
const operations: [string, (adapter: AddOnAdapter) => Promise<unknown>, unknown, Schema<unknown>][] = [
  ['getPlan', (adapter) => adapter.getPlan(), plan, planOverviewSchema],
  ['previewPurchase', (adapter) => adapter.previewPurchase(target), preview, purchasePreviewSchema],
  ...(['completed', 'processing', 'action-needed'] as const).map((status): (typeof operations)[number] => [
    `purchase, ${status}`,
    (adapter) => adapter.purchase({ ...keyed, previewId: 'p1', expected, acceptedFinalSale: true }),
    { purchase: purchases[status], addOn },
    purchaseAnswerSchema,
  ]),
  [
    'requestQuote',
    (adapter) => adapter.requestQuote(keyed),
    { quoteRequest: addOn.quoteRequest, addOn },
    quoteAnswerSchema,
  ],
  ['startTrial', (adapter) => adapter.startTrial(keyed), { addOn }, trialAnswerSchema],
  [
    'requestFeature',
    (adapter) => adapter.requestFeature(keyed),
    { featureRequest: addOn.featureRequests.byViewer, addOn },
    featureAnswerSchema,
  ],
]

function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]]
  return [[...path], ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))]
}

function mutated(value: unknown, [key, ...rest]: readonly string[], change: (value: unknown) => unknown): unknown {
  if (key === undefined) return change(value)
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? mutated(item, rest, change) : item))
  return Object.fromEntries(
    Object.entries(Object(value)).flatMap(([name, inner]) => {
      if (name !== key) return [[name, inner]]
      const now = mutated(inner, rest, change)
      return now === undefined ? [] : [[name, now]]
    }),
  )
}

const hostile = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    undefined,
    null,
    '',
    'javascript:alert(1)',
    '<script>alert(1)</script>',
    '__proto__',
    '\u202e',
    '\u0000',
    -0,
    1e308,
    2 ** 53,
    0.1,
    [],
    {},
    '2026-02-30T00:00:00Z',
    'x'.repeat(5000),
  ),
)

async function failureOf(call: Promise<unknown>): Promise<{ answer: unknown } | { error: unknown }> {
  return call.then(
    (answer) => ({ answer }),
    (error: unknown) => ({ error }),
  )
}

/** A hundred answers each take a while on a busy machine. */
const patient = { timeout: 60_000 }

describe.each(operations)('%s', patient, (_, call, right, schema) => {
  const paths = pathsOf(right)
  const mutations = fc.array(fc.tuple(fc.constantFrom(...paths), hostile), { minLength: 1, maxLength: 3 })

  test('an answer of which anything is something else is taken as the contract has it, or refused by path', async () => {
    await fc.assert(
      fc.asyncProperty(mutations, fc.constantFrom(200, 201, 202), async (changes, status) => {
        const said = changes.reduce<unknown>((value, [path, other]) => mutated(value, path, () => other), right)
        const text = JSON.stringify(said) ?? ''
        const adapter = createHttpAdapter({
          baseUrl: 'https://x.example',
          fetch: async () => new Response(text, { status }),
        })
        const outcome = await failureOf(call(adapter))
        if ('answer' in outcome) {
          // What the kit made of it is of the contract's form itself, but for the words of the future.
          const told = JSON.stringify(outcome.answer).replaceAll('"frequency":"unknown"', '"frequency":"monthly"')
          expect(() => schema(JSON.parse(told))).not.toThrow()
          return
        }
        const { error } = outcome
        if (!(error instanceof AddOnError)) throw new TypeError('Not an AddOnError.')
        expect(error.code).toBe('invalid-response')
        expect(isOutcomeUnknown(error)).toBe(true)
        expect(error.message).toMatch(/^.+: expected .+, received .+|^expected an answer about |^expected JSON/)
        expect(error.message.length).toBeLessThan(400)
      }),
      { numRuns: 100 },
    )
  })

  test('any text with any status is an answer, or an AddOnError', async () => {
    const statuses = fc.constantFrom(
      200,
      201,
      299,
      300,
      302,
      400,
      401,
      402,
      403,
      404,
      409,
      410,
      418,
      429,
      500,
      503,
      599,
    )
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.constant(JSON.stringify(right).slice(0, 40)))
    const problems = fc
      .record(
        { code: hostile, reason: hostile, retryAfter: hostile, preview: hostile, requestId: hostile },
        { requiredKeys: [] },
      )
      .map((problem) => JSON.stringify(problem))
    await fc.assert(
      fc.asyncProperty(statuses, fc.oneof(texts, problems), fc.string(), async (status, text, retryAfter) => {
        const headers = { 'Retry-After': retryAfter.replaceAll(/[^\x20-\x7e]/g, '') }
        const fetch = async () => new Response(text, { status, headers })
        const outcome = await failureOf(call(createHttpAdapter({ baseUrl: 'https://x.example', fetch })))
        const error = 'error' in outcome ? outcome.error : undefined
        if (!(error instanceof AddOnError)) throw new TypeError('Not an AddOnError.')
        const isOwnWord = status >= 500 || [401, 403, 404, 429].includes(status) || namesCode(text)
        expect(error.code === 'invalid-response').toBe(status < 400 || !isOwnWord)
        const wait = error.retryAfter ?? 1
        expect(Number.isInteger(wait) && wait >= 1 && wait <= 3600).toBe(true)
        for (const said of [error.requestId, error.reasonText, error.purchasedBy, error.reason]) {
          expect(said === undefined || (typeof said === 'string' && said.length <= 500)).toBe(true)
        }
      }),
    )
  })
})

/** Whether a body is a problem that says which. */
function namesCode(text: string): boolean {
  try {
    return typeof JSON.parse(text)?.code === 'string'
  } catch {
    return false
  }
}
