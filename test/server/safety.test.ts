import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { AddOnError } from '../../src/domain/errors.js'
import { Harness, origin, people, problemOf, refusalIn } from './harness.js'

describe('where a POST comes from', () => {
  const from = async (headers: Record<string, string>, allowedOrigins?: string[]) => {
    const harness = new Harness({ allowedOrigins })
    return (await harness.post('startTrial', { headers })).status
  }

  test.each([
    ['the same origin', { Origin: origin }, 201],
    ['no browser', {}, 201],
    ['a foreign origin', { Origin: 'https://evil.example' }, 403],
    ['a sandboxed frame', { Origin: 'null' }, 403],
    ['the same host by http', { Origin: 'http://app.example' }, 403],
    ['the same host on another port', { Origin: 'https://app.example:8443' }, 403],
    ['a host with the same ending', { Origin: 'https://evil-app.example' }, 403],
    ['a host with the same beginning', { Origin: 'https://app.example.evil' }, 403],
    ['the same origin, says the browser', { 'Sec-Fetch-Site': 'same-origin' }, 201],
    ['the user, says the browser', { 'Sec-Fetch-Site': 'none' }, 201],
    ['the same site, says the browser', { 'Sec-Fetch-Site': 'same-site' }, 403],
    ['another site, says the browser', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['another site by its word, whatever Origin says', { 'Sec-Fetch-Site': 'cross-site', Origin: origin }, 403],
    [
      'the same origin by its word, behind a proxy that renames the host',
      { 'Sec-Fetch-Site': 'same-origin', Origin: 'https://public.example' },
      201,
    ],
    ['something new', { 'Sec-Fetch-Site': 'same-planet' }, 403],
  ] as const)('%s: %s → %d', async (_, headers, status) => {
    expect(await from({ ...headers })).toBe(status)
  })

  test('a foreign origin that the host allows may post, and only that one', async () => {
    const allowed = ['https://admin.example']
    expect(await from({ Origin: 'https://admin.example', 'Sec-Fetch-Site': 'cross-site' }, allowed)).toBe(201)
    expect(await from({ Origin: 'https://admin.example' }, allowed)).toBe(201)
    expect(await from({ Origin: 'https://admin.example.evil' }, allowed)).toBe(403)
    expect(await from({ Origin: 'http://admin.example' }, allowed)).toBe(403)
  })

  test('a refused one leaves no trace', async () => {
    const harness = new Harness()
    expect(refusalIn(await harness.post('startTrial', { headers: { Origin: 'https://evil.example' } }))).toBe(
      '403 forbidden origin',
    )
    expect(harness.writes).toEqual([])
    expect((await harness.record()).trial).toBeNull()
  })
})

describe('the content type', () => {
  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON', 'application/json ;x'])(
    '%s is taken',
    async (type) => {
      expect((await new Harness().post('startTrial', { headers: { 'Content-Type': type } })).status).toBe(201)
    },
  )

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'application/problem+json',
    'text/plain; application/json',
    '',
  ])('%j is refused', async (type) => {
    const answer = await new Harness().post('startTrial', { headers: { 'Content-Type': type } })
    expect(refusalIn(answer)).toBe('415 unsupported-media-type')
  })
})

describe('the size of a body', () => {
  const limit = 16 * 1024
  const json = '{"accountId":"acc_acme"}'
  const padded = (size: number) => json + ' '.repeat(size - json.length)

  function streamed(text: string, chunk = 1000): ReadableStream<Uint8Array> {
    const bytes = new TextEncoder().encode(text)
    let at = 0
    return new ReadableStream({
      pull(controller) {
        if (at >= bytes.length) return controller.close()
        controller.enqueue(bytes.slice(at, at + chunk))
        at += chunk
      },
    })
  }

  test('16 KiB are taken, one byte more is not', async () => {
    const harness = new Harness()
    expect((await harness.post('startTrial', { raw: padded(limit) })).status).toBe(201)
    expect(refusalIn(await harness.post('startTrial', { raw: padded(limit + 1) }))).toBe('413 too-large')
  })

  test('also where the body comes in pieces and says no length', async () => {
    const harness = new Harness()
    const request = harness.request('startTrial', { raw: streamed(padded(limit)) })
    expect(request.headers.get('Content-Length')).toBeNull()
    expect((await harness.send(request)).status).toBe(201)
    expect(refusalIn(await harness.post('startTrial', { raw: streamed(padded(limit + 1)) }))).toBe('413 too-large')
  })

  test('an endless body is not read to its end', async () => {
    let pulls = 0
    let isCancelled = false
    const endless = new ReadableStream({
      pull(controller) {
        pulls += 1
        controller.enqueue(new Uint8Array(1024).fill(32))
      },
      cancel() {
        isCancelled = true
      },
    })
    expect(refusalIn(await new Harness().post('startTrial', { raw: endless }))).toBe('413 too-large')
    expect(isCancelled).toBe(true)
    expect(pulls).toBeLessThan(30)
  })

  test('a length that is too large is refused unread', async () => {
    let pulls = 0
    const pull = () => {
      pulls += 1
    }
    const unread = new ReadableStream({ pull }, { highWaterMark: 0 })
    const answer = await new Harness().post('startTrial', { raw: unread, headers: { 'Content-Length': '999999' } })
    expect(refusalIn(answer)).toBe('413 too-large')
    expect(pulls).toBe(0)
  })

  test('characters that are cut between two pieces stay whole', async () => {
    const harness = new Harness()
    const note = 'ünïcödé 🌍 '.repeat(20)
    const raw = streamed(JSON.stringify({ accountId: 'acc_acme', note }), 3)
    expect((await harness.post('requestFeature', { as: people.sunny, raw })).status).toBe(201)
    expect((await harness.record()).featureRequests[0]?.note).toBe(note)
  })
})

describe('what a body is', () => {
  const send = async (raw: string) => refusalIn(await new Harness().post('startTrial', { raw }))

  test.each(['{', 'accountId=acc_acme', "{'accountId':1}", '{"accountId":"acc_acme"}}', '\u0000'])(
    '%j is no JSON: 400',
    async (raw) => {
      expect(await send(raw)).toBe('400 invalid-request')
    },
  )

  test.each([
    '',
    '{}',
    'null',
    '[]',
    '"acc_acme"',
    '5',
    'true',
    '{"accountId":null}',
    '{"accountId":5}',
    '{"accountId":["acc_acme"]}',
  ])('%j names no account: 422', async (raw) => {
    expect(await send(raw)).toBe('422 invalid-request')
  })

  test('an account that only the prototype has is none', async () => {
    expect(await send('{"__proto__":{"accountId":"acc_acme"}}')).toBe('422 invalid-request')
  })

  test('__proto__ and constructor pollute nothing and change nothing', async () => {
    const harness = new Harness()
    const raw =
      '{"accountId":"acc_acme","note":"x","__proto__":{"role":"owner","polluted":true},"constructor":{"prototype":{"polluted":true}}}'
    expect((await harness.post('requestFeature', { as: people.sunny, raw })).status).toBe(201)
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    expect(Object.keys((await harness.record()).featureRequests[0] ?? {}).sort()).toEqual([
      'askAgainAt',
      'name',
      'note',
      'requestedAt',
      'viewerId',
    ])
  })

  test('an account called __proto__ is another account', async () => {
    expect(await send('{"accountId":"__proto__"}')).toBe('409 account-changed')
  })

  test.each([
    ['arrays', '['.repeat(8000), ']'.repeat(8000)],
    ['objects', '{"a":'.repeat(2500), '}'.repeat(2500)],
  ])('deeply nested %s are an answer, not a crash', async (_, open, close) => {
    expect(await send(`${open}1${close}`)).toBe('422 invalid-request')
    expect(await send(`{"accountId":${open}1${close}}`)).toBe('422 invalid-request')
    const harness = new Harness()
    expect((await harness.post('startTrial', { raw: `{"accountId":"acc_acme","x":${open}1${close}}` })).status).toBe(
      201,
    )
  })

  test('markup in names and notes stays the text it is', async () => {
    const harness = new Harness()
    const name = '<img src=x onerror=alert(1)>'
    await harness.post('requestFeature', { as: { ...people.sunny, name }, body: { note: '</script>' } })
    expect((await harness.told(people.olive))?.featureRequests.from).toMatchObject([{ name, note: '</script>' }])
  })
})

describe('every answer', () => {
  test('has its own X-Request-Id and is not stored by anything', async () => {
    const harness = new Harness()
    const answers = [
      await harness.get(),
      await harness.get(null),
      await harness.post('startTrial'),
      await harness.post('startTrial', { raw: '{' }),
      await harness.post('startTrial', { addOnId: 'nothing' }),
      await harness.post('startTrial', { raw: 'x'.repeat(20_000) }),
    ]
    for (const { headers } of answers) expect(headers.get('Cache-Control')).toBe('no-store')
    const ids = answers.map(({ headers }) => headers.get('X-Request-Id'))
    expect(new Set(ids).size).toBe(answers.length)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  test('is JSON, or a problem', async () => {
    const harness = new Harness()
    expect((await harness.get()).headers.get('Content-Type')).toBe('application/json')
    expect((await harness.get(null)).headers.get('Content-Type')).toBe('application/problem+json')
  })
})

describe('an error of the host', () => {
  const secret = 'password=hunter2'
  const fail = () => {
    throw new Error(secret)
  }
  const log = vi.fn()
  beforeEach(() => {
    vi.spyOn(console, 'error').mockImplementation(log)
    log.mockClear()
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })

  const brokenStore = (message: string) => {
    const harness = new Harness()
    return new Harness({ store: { ...harness.store, transaction: () => Promise.reject(new Error(message)) } })
  }
  const cases: [string, () => Harness][] = [
    ['identify', () => new Harness({ identify: fail })],
    ['accounts.get', () => new Harness({ accounts: { get: fail } })],
    ['the store', () => brokenStore(secret)],
    ['a store that throws something odd', () => new Harness({ accounts: { get: () => Promise.reject(secret) } })],
    [
      'an error that says it is for the client',
      () =>
        new Harness({
          identify: () => {
            throw Object.assign(new Error(secret), { code: 'forbidden', status: 200 })
          },
        }),
    ],
    [
      'an error of the client’s own kind',
      () =>
        new Harness({
          identify: () => {
            throw new AddOnError('offline', { message: secret, status: 200, requestId: secret, reasonText: secret })
          },
        }),
    ],
  ]

  test.each(cases)('%s: 500 internal, which says nothing but its id; the log says the rest', async (_, make) => {
    const harness = make()
    for (const answer of [await harness.get(), await harness.post('startTrial')]) {
      expect(refusalIn(answer)).toBe('500 internal')
      expect(answer.headers.get('Cache-Control')).toBe('no-store')
      expect(JSON.stringify([answer.body, [...answer.headers]])).not.toContain('hunter2')
      expect(log.mock.calls.flat().join()).toContain(problemOf(answer).requestId)
    }
  })

  test('in billing.preview is internal, and nothing is kept', async () => {
    const harness = new Harness()
    harness.billing.preview = fail
    const answer = await harness.post('previewPurchase')
    expect(refusalIn(answer)).toBe('500 internal')
    expect(JSON.stringify(answer.body)).not.toContain('hunter2')
    expect(harness.writes).toEqual([])
  })

  test('in the lines that billing gives is internal', async () => {
    const harness = new Harness()
    harness.billing.preview = () => ({ lines: [{ kind: 'tax', amount: { amount: 0.5, currency: 'USD' } }] })
    expect(refusalIn(await harness.post('previewPurchase'))).toBe('500 internal')
    harness.billing.preview = () => ({ lines: [{ kind: 'tax', amount: { amount: 5, currency: 'EUR' } }] })
    expect(refusalIn(await harness.post('previewPurchase'))).toBe('500 internal')
  })

  test('in the account’s period is internal, and reading the plan still works', async () => {
    const harness = new Harness()
    harness.bill({ period: { start: '2025-01-01T00:00:00Z', end: '2025-02-01T00:00:00Z' } })
    expect(refusalIn(await harness.post('previewPurchase'))).toBe('500 internal')
    expect((await harness.get()).status).toBe(200)
  })

  test('that breaks a store once is over with it: the same key goes on', async () => {
    const healthy = new Harness()
    let isBroken = true
    const harness = new Harness({
      store: {
        ...healthy.store,
        transaction: (account, work) =>
          isBroken ? Promise.reject(new Error(secret)) : healthy.store.transaction(account, work),
      },
    })
    const key = '00000000-0000-4000-8000-00000000000d'
    expect(refusalIn(await harness.post('startTrial', { key }))).toBe('500 internal')
    isBroken = false
    expect((await harness.post('startTrial', { key })).status).toBe(201)
  })
})
