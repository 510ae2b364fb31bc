import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { createUuid } from '../../src/protocol/uuid.js'
import {
  type Answer,
  analytics,
  day,
  Harness,
  type PostOptions,
  people,
  problemOf,
  purchaseOf,
  refusalIn,
  voice,
} from './harness.js'

const key = '00000000-0000-4000-8000-00000000000a'

/** One request per keyed operation, by somebody who may send it; and the part of the answer that is kept. */
const allowed = [
  ['requestQuote', { addOnId: voice, as: people.olive, body: { message: 'How much?' } }, 'quoteRequest'],
  ['startTrial', { addOnId: analytics, as: people.ada }, 'none'],
  ['requestFeature', { addOnId: analytics, as: people.sunny, body: { note: 'Please' } }, 'featureRequest'],
] as const

test.each(allowed)('%s sent again with its key runs once and answers the same', async (operation, options, kept) => {
  const harness = new Harness()
  const first = await harness.post(operation, { ...options, key })
  harness.pass(day)
  const again = await harness.post(operation, { ...options, key })
  expect([first.status, again.status]).toEqual([201, 201])
  expect(bodyIn(again)[kept]).toEqual(bodyIn(first)[kept])
  expect(harness.notifications).toHaveLength(1)
  expect(harness.writes.filter((write) => write.startsWith('addOn'))).toHaveLength(1)
})

test.each([
  ['requestQuote', { addOnId: voice, as: people.olive }, { message: 'How much?' }],
  ['requestFeature', { addOnId: analytics, as: people.sunny }, { note: 'Please' }],
] as const)('%s with a used key and another body is refused, and nothing happens', async (operation, options, body) => {
  const harness = new Harness()
  await harness.post(operation, { ...options, key })
  const before = await harness.record(options.addOnId)
  expect(refusalIn(await harness.post(operation, { ...options, key, body }))).toBe('422 idempotency-key-reused')
  expect(await harness.record(options.addOnId)).toEqual(before)
  expect(harness.notifications).toHaveLength(1)
})

test('bodies are compared parsed: order, spaces and unknown fields make no difference', async () => {
  const harness = new Harness()
  const send = (raw: string) => harness.post('requestFeature', { as: people.sunny, key, raw })
  expect((await send('{"accountId":"acc_acme","note":"Please"}')).status).toBe(201)
  expect((await send('{ "note" : "\\u0050lease", "accountId": "acc_acme" }')).status).toBe(201)
  expect((await send('{"accountId":"acc_acme","note":"Please","clientVersion":2}')).status).toBe(201)
  expect(refusalIn(await send('{"accountId":"acc_acme"}'))).toBe('422 idempotency-key-reused')
})

describe('a key belongs to', () => {
  test('its viewer', async () => {
    const harness = new Harness()
    const first = await harness.post('requestFeature', { as: people.sunny, key, body: { note: 'mine' } })
    const other = await harness.post('requestFeature', { as: people.ada, key, body: { note: 'another' } })
    expect([first.status, other.status]).toEqual([201, 201])
    expect((await harness.record()).featureRequests.map(({ name }) => name)).toEqual(['Sunny', 'Ada'])
  })

  test('its operation', async () => {
    const harness = new Harness()
    expect((await harness.post('requestFeature', { as: people.ada, key })).status).toBe(201)
    expect((await harness.post('startTrial', { as: people.ada, key })).status).toBe(201)
  })

  test('its add-on', async () => {
    const harness = new Harness()
    expect((await harness.post('startTrial', { key })).status).toBe(201)
    const other = await harness.post('startTrial', { key, addOnId: 'ai-assist' })
    expect(other.status).toBe(201)
    expect(other.body).toMatchObject({ addOn: { id: 'ai-assist', status: { kind: 'trialing' } } })
  })

  test('its account', async () => {
    const harness = new Harness()
    expect((await harness.post('startTrial', { key })).status).toBe(201)
    expect((await harness.post('startTrial', { key, as: people.stranger })).status).toBe(201)
    expect((await harness.told(people.stranger))?.status.kind).toBe('trialing')
  })

  test('nobody else, however the parts of its name are cut', async () => {
    const harness = new Harness({
      catalog: {
        addOns: ['b', 'a","b'].map((id) => ({
          id,
          name: id,
          description: '',
          plans: { essentials: 'purchasable' },
          trial: { days: 1 },
        })),
      },
    })
    const as = (userId: string) => ({ ...people.olive, userId })
    expect((await harness.post('startTrial', { as: as('x","startTrial","a'), addOnId: 'b', key })).status).toBe(201)
    expect((await harness.post('startTrial', { as: as('x'), addOnId: 'a","b', key })).status).toBe(201)
  })
})

describe('a finished key keeps', () => {
  test('its success, with the add-on as it is now', async () => {
    const harness = new Harness()
    const options: PostOptions = { addOnId: voice, key }
    const first = await harness.post('requestQuote', options)
    expect(first.body).toMatchObject({ addOn: { quoteRequest: { requestedBy: 'Olive' } } })
    await harness.store.closeQuoteRequest(harness.account.id, voice)
    const again = await harness.post('requestQuote', options)
    expect(again.status).toBe(201)
    expect(again.body).toMatchObject({
      quoteRequest: { requestedBy: 'Olive' },
      addOn: { quoteRequest: null, decisions: { 'request-quote': { allowed: true } } },
    })
  })

  test('its success, with the add-on as the viewer may see it in the present role', async () => {
    const seed = { [voice]: { featureRequests: [{ ...asked, viewerId: 'usr_sunny', name: 'Sunny', note: 'private' }] } }
    const harness = new Harness({ seed, account: { purchasing: { mode: 'quote', adminsCanRequestQuote: true } } })
    const first = await harness.post('requestQuote', { addOnId: voice, key })
    expect(first.body).toMatchObject({ addOn: { featureRequests: { from: [{ note: 'private' }] } } })
    const demoted = { ...people.olive, role: 'admin' }
    const again = await harness.post('requestQuote', { addOnId: voice, key, as: demoted })
    expect(again.status).toBe(201)
    expect(again.body).toMatchObject({ addOn: { featureRequests: { count: 1, from: [] } } })
  })

  test('its refusal, also when it would be allowed by now; the next key is free', async () => {
    const harness = new Harness()
    const options: PostOptions = { key }
    expect(refusalIn(await harness.post('requestQuote', options))).toBe('403 forbidden account-factor')
    harness.account = { ...harness.account, purchasing: { mode: 'quote', adminsCanRequestQuote: false } }
    expect(refusalIn(await harness.post('requestQuote', options))).toBe('403 forbidden account-factor')
    expect((await harness.post('requestQuote')).status).toBe(201)
  })

  test('the existing request it was answered with', async () => {
    const harness = new Harness()
    await harness.post('requestQuote', { addOnId: voice, as: people.otto })
    const answer = await harness.post('requestQuote', { addOnId: voice, key })
    expect([answer.status, answer.body]).toMatchObject([200, { quoteRequest: { requestedBy: 'Otto' } }])
    await harness.store.closeQuoteRequest(harness.account.id, voice)
    const again = await harness.post('requestQuote', { addOnId: voice, key })
    expect([again.status, again.body]).toMatchObject([200, { quoteRequest: { requestedBy: 'Otto' } }])
    expect((await harness.record(voice)).quoteRequest).toBeNull()
  })

  test('a purchase, whatever happens to the add-on afterwards', async () => {
    const harness = new Harness()
    const preview = await harness.preview()
    const first = purchaseOf(await harness.buy(preview, { key }))
    await harness.store.endAddOn(harness.account.id, analytics)
    harness.pass(10 * day)
    const again = purchaseOf(await harness.buy(preview, { key }))
    expect(again.purchase).toEqual(first.purchase)
    expect(again.addOn.status.kind).toBe('available')
    harness.expectOneCharge(preview.dueNow)
    expect(harness.notifications).toHaveLength(1)
  })

  test('a new price that was offered instead', async () => {
    const harness = new Harness()
    const preview = await harness.preview()
    harness.bill({ seats: { standardLicenses: 20, additionalUsers: 0 } })
    const first = problemOf(await harness.buy(preview, { key }))
    expect(first.code).toBe('preview-changed')
    expect(problemOf(await harness.buy(preview, { key })).preview).toEqual(first.preview)
  })

  test('410 and 402', async () => {
    const harness = new Harness()
    const preview = await harness.preview()
    harness.billing.mood = 'declined'
    expect(refusalIn(await harness.buy(preview, { key }))).toBe('402 payment-declined')
    harness.billing.mood = 'paid'
    expect(refusalIn(await harness.buy(preview, { key }))).toBe('402 payment-declined')
    const late = createUuid()
    harness.pass(day)
    expect(refusalIn(await harness.buy(preview, { key: late }))).toBe('410 preview-expired')
    expect(refusalIn(await harness.buy(preview, { key: late }))).toBe('410 preview-expired')
    expect(harness.billing.payments).toEqual([])
  })
})

describe('a purchase under a key that was used', () => {
  test('for another preview is refused', async () => {
    const harness = new Harness()
    const [preview, other] = [await harness.preview(), await harness.preview()]
    expect((await harness.buy(preview, { key })).status).toBe(201)
    expect(refusalIn(await harness.buy(other, { key }))).toBe('422 idempotency-key-reused')
    harness.expectOneCharge(preview.dueNow)
  })

  test('with a tampered price is refused, also while it is still under way', async () => {
    const harness = new Harness()
    const preview = await harness.preview()
    harness.billing.mood = 'processing'
    expect((await harness.buy(preview, { key })).status).toBe(202)
    const expected = { dueNow: { amount: 1, currency: 'USD' }, seats: 15, termsVersion: '1' }
    expect(refusalIn(await harness.buy(preview, { key, body: { expected } }))).toBe('422 idempotency-key-reused')
    expect((await harness.buy(preview, { key })).status).toBe(202)
  })
})

describe('keys live 30 days', () => {
  test('then the preview, which is used up, still blocks a second charge', async () => {
    const harness = new Harness()
    const preview = await harness.preview()
    await harness.buy(preview, { key })
    await harness.store.endAddOn(harness.account.id, analytics)
    harness.pass(31 * day)
    // Old keys go when new ones come.
    harness.bill({ period: { start: '2026-04-01T00:00:00.000Z', end: '2026-05-01T00:00:00.000Z' } })
    await harness.post('startTrial', { addOnId: 'ai-assist' })
    expect(refusalIn(await harness.buy(preview, { key }))).toBe('410 preview-expired')
    harness.expectOneCharge(preview.dueNow)
  })

  test('until then they hold, however many others come', async () => {
    const harness = new Harness()
    await harness.post('requestFeature', { as: people.sunny, key })
    for (let week = 0; week < 4; week += 1) {
      harness.pass(7 * day)
      await harness.post('requestFeature', { as: people.ada, addOnId: 'ai-assist' })
    }
    harness.pass(2 * day - 1)
    const answer = await harness.post('requestFeature', { as: people.sunny, key, body: { note: 'other' } })
    expect(refusalIn(answer)).toBe('422 idempotency-key-reused')
  })
})

test('an answer of 5xx is not kept: the same key may try again', async () => {
  const harness = new Harness()
  harness.billing.mood = 'throw-before'
  const preview = await harness.preview()
  expect(refusalIn(await harness.buy(preview, { key }))).toBe('503 unavailable')
  harness.billing.mood = 'paid'
  expect((await harness.buy(preview, { key })).status).toBe(201)
  harness.expectOneCharge(preview.dueNow)
})

test('the same feature request twice at once under one key is one', async () => {
  const harness = new Harness()
  const send = () => harness.post('requestFeature', { as: people.sunny, key })
  const answers = await Promise.all([send(), send(), send()])
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
  expect(new Set(answers.map(({ body }) => JSON.stringify(body)))).toHaveProperty('size', 1)
  expect((await harness.record()).featureRequests).toHaveLength(1)
  expect(harness.notifications).toHaveLength(1)
})

test('a key is a UUID in any case', async () => {
  const harness = new Harness()
  expect((await harness.post('startTrial', { key: key.toUpperCase() })).status).toBe(201)
  expect(refusalIn(await harness.post('startTrial', { key: `${key}0` }))).toBe('400 invalid-request')
})

const asked = { requestedAt: '2026-03-01T00:00:00.000Z', askAgainAt: '2026-03-15T00:00:00.000Z' }

function bodyIn({ body }: Answer): Record<string, unknown> {
  return v.parse(v.record(v.string(), v.unknown()), body)
}
