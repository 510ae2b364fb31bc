import { afterEach, describe, expect, test, vi } from 'vitest'
import { createAddOnHandler, createMemoryStore } from '../../src/server/index.js'
import {
  accountWith,
  addOns,
  analytics,
  bodyOf,
  Harness,
  origin,
  people,
  problemOf,
  refusalIn,
  voice,
} from './harness.js'

afterEach(() => {
  vi.restoreAllMocks()
})

describe('the title of a refusal says to a developer what to mend', () => {
  const harness = new Harness()
  const url = `${origin}/api/add-ons/plan`
  test.each<[string, Request, string]>([
    ['the method', new Request(url, { method: 'DELETE' }), 'GET'],
    [
      'the content type',
      harness.request('startTrial', { headers: { 'Content-Type': 'text/plain' } }),
      'application/json',
    ],
    ['a missing key', harness.request('startTrial', { key: null }), 'Idempotency-Key'],
    ['a body that is not JSON', harness.request('startTrial', { raw: '{' }), 'JSON'],
    ['a field of the body', harness.request('purchase', { body: { expected: { seats: 'x' } } }), 'previewId: '],
    [
      'a field within a field',
      harness.request('purchase', { body: { previewId: 'p', expected: {} } }),
      'expected.dueNow',
    ],
    ['the body as a whole', harness.request('startTrial', { raw: '[]' }), 'accountId'],
    ['a body that is no object', harness.request('startTrial', { raw: '1' }), 'body: '],
  ])('%s', async (_, request, hint) => {
    expect(problemOf(await harness.send(request)).title).toContain(hint)
  })
})

describe('a refusal that is expected', () => {
  test('is not logged', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    await new Harness().post('startTrial', { as: people.gus })
    expect(log).not.toHaveBeenCalled()
  })

  test('says when to come back only where it knows', async () => {
    const { headers } = await new Harness().post('startTrial', { as: people.gus })
    expect(headers.has('Retry-After')).toBe(false)
  })
})

test('a handler without notify does its work and has nothing to log', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {})
  const harness = new Harness({ notify: undefined })
  expect((await harness.post('startTrial')).status).toBe(201)
  expect(log).not.toHaveBeenCalled()
})

test('a handler without a clock of its own tells the time', async () => {
  const handle = createAddOnHandler({
    identify: () => people.olive,
    accounts: { get: () => accountWith() },
    catalog: { addOns },
    store: createMemoryStore(),
  })
  const before = Date.now()
  const response = await handle(new Request(`${origin}/plan`))
  const { serverTime } = await response.json()
  expect(Date.parse(serverTime)).toBeGreaterThanOrEqual(before)
  expect(Date.parse(serverTime)).toBeLessThanOrEqual(Date.now())
})

test.each(['/', '/add-ons', '/plans', '/add-ons/x'])('without a base path %s is not found', async (path) => {
  const harness = new Harness({ basePath: undefined })
  expect(refusalIn(await harness.send(new Request(`${origin}${path}`)))).toBe('404 not-found')
})

test('a base path may end in any number of slashes', async () => {
  expect((await new Harness({ basePath: '/api/add-ons//' }).get()).status).toBe(200)
})

test('a POST without a content type is refused', async () => {
  const request = new Harness().request('startTrial', { raw: new TextEncoder().encode('{}') })
  request.headers.delete('Content-Type')
  expect(refusalIn(await new Harness().send(request))).toBe('415 unsupported-media-type')
})

test('a POST without a body names no account', async () => {
  const request = new Request(`${origin}/api/add-ons/add-ons/${analytics}/trials`, {
    method: 'POST',
    headers: new Harness().request('startTrial').headers,
  })
  expect(refusalIn(await new Harness().send(request))).toBe('422 invalid-request')
})

test('16 KiB that say how long they are are taken', async () => {
  const json = '{"accountId":"acc_acme"}'
  const raw = json + ' '.repeat(16 * 1024 - json.length)
  const headers = { 'Content-Length': String(raw.length) }
  expect((await new Harness().post('startTrial', { raw, headers })).status).toBe(201)
})

test.each([
  [1000, 201],
  [1001, 413],
])('a message for sales of %d characters: %d', async (length, status) => {
  const answer = await new Harness().post('requestQuote', { addOnId: voice, body: { message: 'ä'.repeat(length) } })
  expect(answer.status).toBe(status)
})

describe('an add-on that the plan does not offer any more', () => {
  const legacy = 'legacy'

  test('but that the account has, is no unknown one: it is bought already', async () => {
    const harness = new Harness({ seed: { [legacy]: { sale: { since: '2026-01-01T00:00:00.000Z', by: 'Otto' } } } })
    const answer = await harness.post('previewPurchase', { addOnId: legacy })
    expect(refusalIn(answer)).toBe('409 already-purchased already-purchased')
    expect(problemOf(answer).purchasedBy).toBe('Otto')
  })

  test('and that the account does not have, is an unknown one', async () => {
    expect(refusalIn(await new Harness().post('previewPurchase', { addOnId: legacy }))).toBe('404 not-found')
  })
})

describe('what the catalogue says of an add-on', () => {
  const plain = {
    id: analytics,
    name: 'Analytics+',
    description: 'Dashboards.',
    prices: { USD: { monthly: 1500 } },
    plans: { essentials: 'purchasable' },
  } as const
  const links = { lang: 'en', imageUrl: '/a.png', learnMoreUrl: 'https://northwind.example/a', href: '/analytics' }

  test('is told with its language and links', async () => {
    const harness = new Harness({ catalog: { addOns: [{ ...plain, ...links }] } })
    expect(await harness.told()).toMatchObject(links)
  })

  test('is told without what it does not say', async () => {
    const harness = new Harness({ catalog: { addOns: [plain] } })
    const told = await harness.told()
    expect(Object.keys({ ...links, purchasingMode: '' }).filter((name) => told && name in told)).toEqual([])
  })

  test('overrides the account’s purchasing mode, on the server too', async () => {
    const harness = new Harness({ catalog: { addOns: [{ ...plain, purchasingMode: 'quote' }] } })
    expect(await harness.told()).toMatchObject({
      purchasingMode: 'quote',
      decisions: { subscribe: { allowed: false, reason: 'account-factor' }, 'request-quote': { allowed: true } },
    })
    const preview = await new Harness().preview()
    expect(refusalIn(await harness.post('purchase', { body: bodyOf(preview) }))).toBe('403 forbidden account-factor')
  })
})
