import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { AddOnAdapter } from '../../src/adapter/AddOnAdapter.js'
import { createHttpAdapter, type HttpAdapterOptions } from '../../src/adapter/httpAdapter.js'
import { AddOnError } from '../../src/domain/errors.js'
import { isOutcomeUnknown } from '../../src/domain/isOutcomeUnknown.js'
import { formatMoney } from '../../src/domain/money.js'
import { expectedOf } from '../../src/domain/purchase.js'
import { createUuid } from '../../src/protocol/uuid.js'
import { addOn, plan, preview } from '../protocol/wireSamples.js'
import { analytics, Harness, origin, people, voice } from '../server/harness.js'

const accountId = 'acc_acme'
const target = { accountId, addOnId: analytics }
const baseUrl = `${origin}/api/add-ons`

/** The adapter over the real handler, and every request that went through. */
function connected(harness = new Harness(), options: Partial<HttpAdapterOptions> = {}) {
  const requests: Request[] = []
  const adapter = createHttpAdapter({
    baseUrl,
    fetch: async (request) => {
      requests.push(request.clone())
      return harness.handle(request)
    },
    ...options,
  })
  return { harness, adapter, requests }
}

/** An adapter whose backend always answers the same. */
function answering(response: () => Response | Promise<Response>, options: Partial<HttpAdapterOptions> = {}) {
  return createHttpAdapter({ baseUrl, fetch: async () => response(), ...options })
}

const json = (body: unknown, init?: ResponseInit) => new Response(JSON.stringify(body), init)

async function failureOf(call: Promise<unknown>): Promise<AddOnError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof AddOnError)) throw new TypeError(`Not an AddOnError: ${String(error)}`)
  return error
}

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('over the real handler', () => {
  test('getPlan', async () => {
    const { adapter } = connected()
    const { viewer, addOns } = await adapter.getPlan()
    expect(viewer).toMatchObject({ id: 'usr_olive', role: 'owner' })
    expect(addOns.map(({ id }) => id)).toEqual([analytics, 'ai-assist', voice])
  })

  test('previewPurchase and purchase', async () => {
    const { adapter, harness } = connected()
    const preview = await adapter.previewPurchase(target)
    const input = {
      ...target,
      previewId: preview.previewId,
      expected: expectedOf(preview),
      acceptedFinalSale: true,
      idempotencyKey: createUuid(),
    } as const
    const { purchase, addOn } = await adapter.purchase(input)
    expect(purchase).toMatchObject({ status: 'completed', charged: preview.dueNow })
    expect(addOn.status.kind).toBe('active')
    expect((await adapter.purchase(input)).purchase).toEqual(purchase)
    harness.expectOneCharge(preview.dueNow)
  })

  test('a purchase that is accepted, but not completed', async () => {
    const { adapter, harness } = connected()
    harness.billing.mood = 'action-needed'
    const preview = await adapter.previewPurchase(target)
    const { purchase, addOn } = await adapter.purchase({
      ...target,
      previewId: preview.previewId,
      expected: expectedOf(preview),
      acceptedFinalSale: true,
      idempotencyKey: createUuid(),
    })
    expect(purchase).toMatchObject({ status: 'action-needed', action: { type: 'redirect' } })
    expect(addOn.pendingPurchase).toMatchObject({ mine: true, state: 'action-needed' })
  })

  test('requestQuote', async () => {
    const { adapter, harness } = connected()
    const input = { accountId, addOnId: voice, idempotencyKey: createUuid(), message: 'How much?' }
    expect((await adapter.requestQuote(input)).quoteRequest).toMatchObject({ requestedBy: 'Olive' })
    expect((await harness.record(voice)).quoteRequest?.message).toBe('How much?')
  })

  test('startTrial', async () => {
    const { adapter } = connected()
    expect((await adapter.startTrial({ ...target, idempotencyKey: createUuid() })).addOn.status.kind).toBe('trialing')
  })

  test('requestFeature, with a note and without', async () => {
    const { adapter, harness } = connected()
    harness.viewer = people.sunny
    const { featureRequest } = await adapter.requestFeature({
      ...target,
      idempotencyKey: createUuid(),
      note: undefined,
    })
    expect(featureRequest).toMatchObject({ requestedAt: harness.now })
    await adapter.requestFeature({ accountId, addOnId: 'ai-assist', idempotencyKey: createUuid(), note: 'Please' })
    expect((await harness.record('ai-assist')).featureRequests[0]?.note).toBe('Please')
  })

  test('a refusal comes as the code, the reason and the id that the server gave', async () => {
    const { adapter, harness } = connected()
    harness.viewer = people.sunny
    const error = await failureOf(adapter.startTrial({ ...target, idempotencyKey: createUuid() }))
    expect(error).toMatchObject({ code: 'forbidden', reason: 'role', status: 403, retryable: false })
    expect(error.requestId).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('a changed price comes with the new one', async () => {
    const { adapter, harness } = connected()
    const preview = await adapter.previewPurchase(target)
    harness.bill({ seats: { standardLicenses: 20, additionalUsers: 0 } })
    const error = await failureOf(
      adapter.purchase({
        ...target,
        previewId: preview.previewId,
        expected: expectedOf(preview),
        acceptedFinalSale: true,
        idempotencyKey: createUuid(),
      }),
    )
    expect([error.code, error.preview?.seats.total]).toEqual(['preview-changed', 20])
  })

  test('who has bought comes along', async () => {
    const { adapter, harness } = connected()
    await harness.buy(await harness.preview(people.otto), { as: people.otto })
    const error = await failureOf(adapter.previewPurchase(target))
    expect(error).toMatchObject({ code: 'already-purchased', purchasedBy: 'Otto' })
  })

  test.each(['a/b', '../plan', '%', '?x', '#x', 'ünïcode ✓'])(
    'the id %j reaches the handler whole, and is unknown',
    async (addOnId) => {
      const { adapter } = connected()
      const error = await failureOf(adapter.startTrial({ accountId, addOnId, idempotencyKey: createUuid() }))
      expect(error.code).toBe('not-found')
    },
  )
})

describe('what is sent', () => {
  test('a GET without a body, asking for JSON', async () => {
    const { adapter, requests } = connected()
    await adapter.getPlan()
    const [request] = requests
    expect([request?.method, request?.url]).toEqual(['GET', `${origin}/api/add-ons/plan`])
    expect(request?.headers.get('Accept')).toBe('application/json')
    expect([request?.headers.get('Content-Type'), request?.headers.get('Idempotency-Key')]).toEqual([null, null])
  })

  test('a POST of JSON with the key in its header, and the rest in its body', async () => {
    const { adapter, requests, harness } = connected()
    harness.viewer = people.sunny
    const idempotencyKey = createUuid()
    await adapter.requestFeature({ ...target, idempotencyKey, note: 'Please' })
    const [request] = requests
    expect([request?.method, request?.url]).toEqual([
      'POST',
      `${origin}/api/add-ons/add-ons/analytics-plus/feature-requests`,
    ])
    expect(request?.headers.get('Idempotency-Key')).toBe(idempotencyKey)
    expect(request?.headers.get('Content-Type')).toBe('application/json')
    expect(await request?.json()).toEqual({ accountId, note: 'Please' })
  })

  test('the language of the viewer, if it is known', async () => {
    const { adapter, requests } = connected()
    await adapter.getPlan({ locale: 'ar-EG' })
    await adapter.getPlan()
    expect(requests.map(({ headers }) => headers.get('Accept-Language'))).toEqual(['ar-EG', null])
  })

  test('headers of the host, fixed', async () => {
    const { adapter, requests } = connected(undefined, { headers: { Authorization: 'Bearer 1', Accept: 'text/html' } })
    await adapter.getPlan()
    expect(requests[0]?.headers.get('Authorization')).toBe('Bearer 1')
    expect(requests[0]?.headers.get('Accept')).toBe('application/json')
  })

  test('headers of the host, asked for each time', async () => {
    let token = 0
    const headers = async () => {
      token += 1
      return [['Authorization', `Bearer ${token}`]] satisfies [string, string][]
    }
    const { adapter, requests } = connected(undefined, { headers })
    await adapter.getPlan()
    await adapter.getPlan()
    expect(requests.map((request) => request.headers.get('Authorization'))).toEqual(['Bearer 1', 'Bearer 2'])
  })

  test.each([`${origin}/api/add-ons/`, `${origin}/api/add-ons//`])(
    'the base address %s may end in a slash',
    async (slashed) => {
      const { adapter, requests } = connected(undefined, { baseUrl: slashed })
      await adapter.getPlan()
      expect(requests[0]?.url).toBe(`${origin}/api/add-ons/plan`)
    },
  )

  test.each(['/api/add-ons', '/api/add-ons/'])('the base address %s belongs to the page', async (relative) => {
    vi.stubGlobal('location', { href: `${origin}/company/plan?tab=1#top` })
    const { adapter, requests } = connected(undefined, { baseUrl: relative })
    await adapter.getPlan()
    expect(requests[0]?.url).toBe(`${origin}/api/add-ons/plan`)
  })

  test('by the page’s own fetch, as it is at that moment', async () => {
    const adapter = createHttpAdapter({ baseUrl })
    const fetch = vi.fn(async () => json(plan))
    vi.stubGlobal('fetch', fetch)
    await adapter.getPlan()
    expect(fetch).toHaveBeenCalledTimes(1)
  })
})

describe('an answer that is none', () => {
  test.each([
    [
      'a page of HTML',
      () =>
        new Response('<!doctype html><title>Sign in</title>', {
          headers: { 'Content-Type': 'text/html', 'X-Request-Id': 'r1' },
        }),
      'expected JSON, received text/html',
    ],
    ['nothing', () => new Response(null, { headers: { 'X-Request-Id': 'r1' } }), 'expected JSON, received null'],
    [
      'half of it',
      () => new Response('{"viewer":', { headers: { 'Content-Type': 'application/json', 'X-Request-Id': 'r1' } }),
      'expected JSON, received application/json',
    ],
    [
      '204',
      () => new Response(null, { status: 204, headers: { 'X-Request-Id': 'r1' } }),
      'expected JSON, received null',
    ],
  ])('%s with 2xx is invalid-response', async (_, response, message) => {
    const error = await failureOf(answering(response).getPlan())
    expect(error).toMatchObject({ code: 'invalid-response', requestId: 'r1', message, retryable: false })
  })

  test.each([
    ['no answer at all', null, '(the answer): expected an object, received null'],
    ['a list', [], /^viewer: |^\(the answer\): /],
    ['a missing field', { ...plan, serverTime: undefined }, /^serverTime: expected .+, received undefined$/],
    ['a wrong type', { ...plan, viewer: { ...plan.viewer, id: 5 } }, 'viewer.id: expected a string, received 5'],
    [
      'half a cent',
      { ...plan, addOns: [{ ...addOn, unitPrice: { amount: 0.5, currency: 'USD' } }] },
      'addOns.0.unitPrice.amount: expected a safe integer, received 0.5',
    ],
    [
      'negative seats',
      { ...plan, addOns: [{ ...addOn, status: { kind: 'active', since: '2026-01-01T00:00:00Z', seats: -1 } }] },
      'addOns.0.status.seats: expected a safe integer, at least 0, received -1',
    ],
    ['no instant', { ...plan, serverTime: 'noon' }, 'serverTime: expected an instant in UTC, received "noon"'],
    [
      'a frequency that is no word',
      { ...plan, addOns: [{ ...addOn, frequency: 12 }] },
      'addOns.0.frequency: expected a string, received 12',
    ],
  ])('%s is invalid-response, which names path, expected and received', async (_, body, message) => {
    const error = await failureOf(answering(() => json(body)).getPlan())
    expect(error.code).toBe('invalid-response')
    expect(error.message).toMatch(message)
  })

  test('a preview whose lines do not add up says so', async () => {
    const error = await failureOf(
      answering(() => json({ ...preview, dueNow: { amount: 1, currency: 'USD' } })).previewPurchase(target),
    )
    expect(error.code).toBe('invalid-response')
    expect(error.message).toContain('expected dueNow to be the sum of the lines')
  })

  test('every method looks at what it gets', async () => {
    const adapter = answering(() => json({ purchase: {}, quoteRequest: {}, featureRequest: {}, addOn: {} }))
    const keyed = { ...target, idempotencyKey: createUuid() }
    const expected = { dueNow: { amount: 1, currency: 'USD' }, seats: 1, termsVersion: '1' }
    const calls = [
      adapter.getPlan(),
      adapter.previewPurchase(target),
      adapter.purchase({ ...keyed, previewId: 'p', expected, acceptedFinalSale: true }),
      adapter.requestQuote(keyed),
      adapter.startTrial(keyed),
      adapter.requestFeature(keyed),
    ]
    for (const call of calls) expect((await failureOf(call)).code).toBe('invalid-response')
  })

  test('one that breaks off is a lost one', async () => {
    const broken = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"viewer"'))
        controller.error(new TypeError('terminated'))
      },
    })
    expect(await failureOf(answering(() => new Response(broken)).getPlan())).toMatchObject({
      code: 'network',
      retryable: true,
    })
  })

  test('a huge one is refused', async () => {
    const error = await failureOf(answering(() => json({ ...plan, more: 'x'.repeat(4_000_001) })).getPlan())
    expect(error.code).toBe('invalid-response')
  })

  test.each([200, 500])(
    'one without an end is not read to it, with status %d and whatever its length says',
    async (status) => {
      let sent = 0
      let isCancelled = false
      const endless = () =>
        new ReadableStream({
          pull(controller) {
            sent += 100_000
            controller.enqueue(new Uint8Array(100_000).fill(32))
          },
          cancel() {
            isCancelled = true
            return new Promise(() => {})
          },
        })
      const headers = { 'Content-Length': '2' }
      const error = await failureOf(answering(() => new Response(endless(), { status, headers })).getPlan())
      expect(error.code).toBe(status === 200 ? 'invalid-response' : 'unavailable')
      expect(isCancelled).toBe(true)
      expect(sent).toBeLessThan(4_500_000)
    },
  )

  test.each([301, 302, 303, 307, 308, 304])(
    'a redirect that is not followed (%d) leaves the outcome open',
    async (status) => {
      const error = await failureOf(answering(() => new Response(null, { status })).getPlan())
      expect([error.code, isOutcomeUnknown(error)]).toEqual(['invalid-response', true])
    },
  )

  test('whatever comes with it', async () => {
    const error = await failureOf(answering(() => json(plan, { status: 302 })).getPlan())
    expect(error.code).toBe('invalid-response')
  })

  test('so does an opaque one, which has no status', async () => {
    const error = await failureOf(answering(() => Response.error()).getPlan())
    expect([error.code, isOutcomeUnknown(error)]).toEqual(['invalid-response', true])
  })

  test.each([undefined, null, {}, 'ok', json])('a fetch that resolves to %s instead is network', async (other) => {
    const fetch = vi.fn().mockResolvedValue(other)
    expect((await failureOf(createHttpAdapter({ baseUrl, fetch }).getPlan())).code).toBe('network')
  })

  test.each([
    ['arrays', '['.repeat(200_000), ']'.repeat(200_000)],
    ['objects', '{"viewer":'.repeat(200_000), '}'.repeat(200_000)],
  ])('deeply nested %s are refused, not a crash', async (_, open, close) => {
    const error = await failureOf(answering(() => new Response(`${open}1${close}`)).getPlan())
    expect(error.code).toBe('invalid-response')
  })

  test('a mark before the JSON, another charset’s name and bytes that are no UTF-8 leave it readable', async () => {
    const bytes = new TextEncoder().encode(`\ufeff${JSON.stringify(plan)}`)
    const at = bytes.findIndex((byte, index) => byte === 0x41 && bytes[index + 1] === 0x63 && bytes[index + 2] === 0x6d)
    bytes[at] = 0xc4
    const headers = { 'Content-Type': 'application/json; charset=iso-8859-1' }
    const { account } = await answering(() => new Response(bytes, { headers })).getPlan()
    expect(account.name).toBe('\ufffdcme')
  })

  test.each(['1e400', '9007199254740993', '1.5', '-1e-5', '"15"', '[15]', 'null'])(
    'the price %s is refused as it is',
    async (number) => {
      const text = JSON.stringify(plan).replaceAll('"amount":1500', `"amount":${number}`)
      const error = await failureOf(answering(() => new Response(text)).getPlan())
      expect(error.code).toBe('invalid-response')
      expect(error.message).toMatch(/amount: expected a safe integer, received /)
    },
  )

  test('no amount, written as less than none, is none', async () => {
    const text = JSON.stringify(plan).replaceAll('"amount":1500', '"amount":-0')
    const { addOns } = await answering(() => new Response(text)).getPlan()
    expect(addOns[0]?.unitPrice && formatMoney(addOns[0].unitPrice, 'en')).toBe('$0.00')
  })

  test('keys of the prototype change nothing', async () => {
    const text = JSON.stringify(plan).replace('{', '{"__proto__":{"polluted":true},"constructor":{"prototype":5},')
    const told = await answering(() => new Response(text)).getPlan()
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    expect(told).toEqual(plan)
    expect('polluted' in told).toBe(false)
  })

  test('a field that only the prototype has is missing', async () => {
    const { viewer, ...rest } = plan
    const text = JSON.stringify(rest).replace('{', `{"__proto__":{"viewer":${JSON.stringify(viewer)}},`)
    const error = await failureOf(answering(() => new Response(text)).getPlan())
    expect(error.message).toMatch(/^viewer: /)
  })
})

describe('a purchase whose answer cannot be trusted stays open: the same key learns what became of it', () => {
  test.each([
    ['a sign-in page with 200', () => new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html' } })],
    ['no body', () => new Response(null, { status: 201 })],
    ['204', () => new Response(null, { status: 204 })],
    ['half a body', () => new Response('{"purchase":{"id"', { status: 201 })],
    ['a body that breaks off', () => new Response(brokenOff(), { status: 201 })],
    ['a refusal that breaks off', () => new Response(brokenOff(), { status: 402 })],
    ['a refusal with 200', () => json({ code: 'payment-declined', status: 402 })],
    ['a redirect', () => new Response(null, { status: 302 })],
    ['a gateway’s page', () => new Response('<html>', { status: 504 })],
    ['the wrong form', () => json({ purchase: null, addOn: null }, { status: 201 })],
  ])('%s', async (_, response) => {
    const { adapter, harness } = connected()
    const offer = await adapter.previewPurchase(target)
    const input = {
      ...target,
      previewId: offer.previewId,
      expected: expectedOf(offer),
      acceptedFinalSale: true,
      idempotencyKey: createUuid(),
    } as const
    const lossy = createHttpAdapter({
      baseUrl,
      fetch: async (request) => {
        await harness.handle(request)
        return response()
      },
    })
    expect(isOutcomeUnknown(await failureOf(lossy.purchase(input)))).toBe(true)
    expect((await adapter.purchase(input)).purchase.status).toBe('completed')
    harness.expectOneCharge(offer.dueNow)
  })
})

function brokenOff(): ReadableStream {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"purchase"'))
      controller.error(new TypeError('terminated'))
    },
  })
}

describe('an error answer', () => {
  const now = Date.parse('2026-03-16T12:00:00Z')

  test.each([
    ['seconds', '7', 7],
    ['far too many seconds', '99999999999', 3600],
    ['more seconds than a number can be', '9'.repeat(400), 3600],
    ['no seconds', '0', undefined],
    ['less than none', '-5', undefined],
    ['half a second', '0.5', undefined],
    ['two values', '7, 9', undefined],
    ['a date to come', 'Mon, 16 Mar 2026 12:00:30 GMT', 30],
    ['a date in thousands of years', 'Fri, 31 Dec 9999 23:59:59 GMT', 3600],
    ['a date that is over', 'Mon, 16 Mar 2026 11:00:00 GMT', undefined],
    ['a date that is none', 'Mon, 99 Foo 2026 12:00:30 GMT', undefined],
    ['nonsense', 'soon', undefined],
    ['nothing', '', undefined],
  ])('says how long to wait by %s', async (_, value, seconds) => {
    vi.useFakeTimers({ now, toFake: ['Date'] })
    for (const status of [429, 503]) {
      const error = await failureOf(
        answering(() => new Response('busy', { status, headers: { 'Retry-After': value } })).getPlan(),
      )
      expect([error.status, error.retryAfter]).toEqual([status, seconds])
    }
  })

  test('says how long to wait by the server’s own clock, where the client’s is a day off', async () => {
    vi.useFakeTimers({ now: now + 24 * 60 * 60 * 1000, toFake: ['Date'] })
    const headers = { Date: 'Mon, 16 Mar 2026 12:00:00 GMT', 'Retry-After': 'Mon, 16 Mar 2026 12:00:30 GMT' }
    const error = await failureOf(answering(() => new Response('busy', { status: 503, headers })).getPlan())
    expect(error.retryAfter).toBe(30)
  })

  test('the body’s word on waiting goes before the header’s', async () => {
    const problem = { code: 'rate-limited', retryAfter: 3, requestId: 'body' }
    const response = () => json(problem, { status: 429, headers: { 'Retry-After': '60', 'X-Request-Id': 'header' } })
    expect(await failureOf(answering(response).getPlan())).toMatchObject({
      code: 'rate-limited',
      retryAfter: 3,
      requestId: 'body',
    })
  })

  test('a proxy’s page still has its status and its id', async () => {
    const response = () => new Response('<html>Bad gateway</html>', { status: 502, headers: { 'X-Request-Id': 'r2' } })
    expect(await failureOf(answering(response).getPlan())).toMatchObject({
      code: 'unavailable',
      status: 502,
      requestId: 'r2',
    })
  })

  test('without a body, too', async () => {
    expect(await failureOf(answering(() => new Response(null, { status: 401 })).getPlan())).toMatchObject({
      code: 'unauthenticated',
    })
  })
})

describe('no answer', () => {
  test('offline: said at once, and nothing is sent, now or later', async () => {
    vi.stubGlobal('navigator', { onLine: false })
    const { adapter, requests } = connected()
    expect(await failureOf(adapter.getPlan())).toMatchObject({ code: 'offline', retryable: true })
    vi.stubGlobal('navigator', { onLine: true })
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(requests).toEqual([])
  })

  test('where the browser does not say that it is offline, it is asked', async () => {
    vi.stubGlobal('navigator', {})
    await expect(connected().adapter.getPlan()).resolves.toBeDefined()
  })

  test('a fetch that fails is network, with its cause', async () => {
    const cause = new TypeError('Failed to fetch')
    const error = await failureOf(answering(() => Promise.reject(cause)).getPlan())
    expect(error).toMatchObject({ code: 'network', retryable: true, cause })
  })

  test('a fetch that throws at once is network, too', async () => {
    const fetch = () => {
      throw new TypeError('no network here')
    }
    expect((await failureOf(createHttpAdapter({ baseUrl, fetch }).getPlan())).code).toBe('network')
  })

  test('an address that is none is network, and nothing is sent', async () => {
    const fetch = vi.fn()
    expect((await failureOf(createHttpAdapter({ baseUrl: 'http://[', fetch }).getPlan())).code).toBe('network')
    expect(fetch).not.toHaveBeenCalled()
  })

  test('a fetch of the host may reject with an AddOnError of its own', async () => {
    const own = new AddOnError('unauthenticated')
    expect(await failureOf(answering(() => Promise.reject(own)).getPlan())).toBe(own)
  })

  test.each([
    [
      'throw',
      () => {
        throw new Error('no token')
      },
    ],
    ['reject', () => Promise.reject(new Error('no token'))],
    ['are no headers', () => ({ 'not a header': 'x' })],
  ])('headers that %s are network, and nothing is sent', async (_, headers) => {
    const { adapter, requests } = connected(undefined, { headers })
    expect((await failureOf(adapter.getPlan())).code).toBe('network')
    expect(requests).toEqual([])
  })
})

describe('a call that is ended', () => {
  /** A backend that never answers: one that hears of the end, and one that does not. */
  const hears = (request: Request) =>
    new Promise<Response>((_, reject) => {
      if (request.signal.aborted) reject(request.signal.reason)
      request.signal.addEventListener('abort', () => reject(request.signal.reason))
    })
  const isDeaf = () => new Promise<Response>(() => {})
  const backends: [string, (request: Request) => Promise<Response>][] = [
    ['that hears of it', hears],
    ['that does not', isDeaf],
  ]

  test.each(backends)('by its caller rejects with the caller’s reason, from a backend %s', async (_, fetch) => {
    const adapter = createHttpAdapter({ baseUrl, fetch })
    const controller = new AbortController()
    const reason = new Error('closed')
    const call = adapter.getPlan({ signal: controller.signal })
    controller.abort(reason)
    await expect(call).rejects.toBe(reason)
  })

  test.each(backends)('before it began rejects too, with a backend %s', async (_, fetch) => {
    const adapter = createHttpAdapter({ baseUrl, fetch })
    await expect(adapter.getPlan({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' })
  })

  test.each(backends)('by the timeout rejects with timeout, from a backend %s', async (_, fetch) => {
    const adapter = createHttpAdapter({ baseUrl, fetch, timeout: 10 })
    expect(await failureOf(adapter.getPlan())).toMatchObject({ code: 'timeout', retryable: true })
  })

  test('while the answer’s body is still coming rejects as well', async () => {
    const endless = () => new Response(new ReadableStream({ pull: () => new Promise(() => {}) }))
    expect((await failureOf(answering(endless, { timeout: 10 }).getPlan())).code).toBe('timeout')
  })

  test('while the host still gets its headers rejects as well', async () => {
    const headers = () => new Promise<HeadersInit>(() => {})
    const { adapter, requests } = connected(undefined, { headers, timeout: 10 })
    expect((await failureOf(adapter.getPlan())).code).toBe('timeout')
    expect(requests).toEqual([])
  })

  test('before it began does not even ask for headers', async () => {
    const headers = vi.fn(() => new Promise<HeadersInit>(() => {}))
    const { adapter } = connected(undefined, { headers })
    await expect(adapter.getPlan({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' })
    expect(headers).not.toHaveBeenCalled()
  })

  test('while the host still gets its headers sends nothing later', async () => {
    const { adapter, requests } = connected(undefined, {
      headers: () => new Promise((resolve) => setTimeout(resolve, 20, {})),
      timeout: 5,
    })
    expect((await failureOf(adapter.getPlan())).code).toBe('timeout')
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(requests).toEqual([])
  })

  test('leaves no listener and no timer behind', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { signal } = new AbortController()
    const add = vi.spyOn(signal, 'addEventListener')
    const remove = vi.spyOn(signal, 'removeEventListener')
    await answering(() => json(plan)).getPlan({ signal })
    await failureOf(answering(() => Promise.reject(new Error('no'))).getPlan({ signal }))
    expect(remove.mock.calls.length).toBe(add.mock.calls.length)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('by default after 30 seconds', async () => {
    vi.useFakeTimers()
    const call = failureOf(createHttpAdapter({ baseUrl, fetch: hears }).getPlan())
    let isOver = false
    void call.then(() => {
      isOver = true
    })
    await vi.advanceTimersByTimeAsync(29_999)
    expect(isOver).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect((await call).code).toBe('timeout')
  })
})

describe('two adapters', () => {
  let adapters: AddOnAdapter[]
  beforeEach(() => {
    adapters = [people.olive, people.sunny].map((viewer) => {
      const harness = new Harness()
      harness.viewer = viewer
      return connected(harness).adapter
    })
  })
  test('know nothing of each other', async () => {
    const plans = await Promise.all(adapters.map((adapter) => adapter.getPlan()))
    expect(plans.map(({ viewer }) => viewer.role)).toEqual(['owner', 'supervisor'])
  })
})
