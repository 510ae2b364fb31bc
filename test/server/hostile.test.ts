import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { AddOnError } from '../../src/domain/errors.js'
import { pathOf } from '../../src/protocol/routes.js'
import { bodyOf, Harness, origin, people, problemOf, refusalIn } from './harness.js'

const account = '"accountId":"acc_acme"'

afterEach(() => {
  vi.restoreAllMocks()
})

describe('a body that is not what it says', () => {
  const send = async (raw: BodyInit, headers: Record<string, string> = {}) => {
    const harness = new Harness()
    const answer = await harness.post('requestFeature', { as: people.sunny, raw, headers })
    expect((await harness.record()).featureRequests).toEqual([])
    expect(harness.notifications).toEqual([])
    return refusalIn(answer)
  }

  test.each([
    ['compressed', gzipSync(`{${account}}`), { 'Content-Encoding': 'gzip' }],
    ['in UTF-16', Buffer.from(`{${account}}`, 'utf16le'), { 'Content-Type': 'application/json; charset=utf-16' }],
    ['in Latin-1', Buffer.from(`{${account},"note":"für"}`, 'latin1'), {}],
    ['cut within a character', Buffer.from(`{${account},"note":"🌍"}`).subarray(0, -4), {}],
    ['two bodies', `{${account}}{${account}}`, {}],
    ['with a comment', `{${account}} // please`, {}],
    ['with a number too many', `{${account},"note":NaN}`, {}],
  ])('%s: 400, and nothing happens', async (_, raw, headers) => {
    expect(await send(raw, { ...headers })).toBe('400 invalid-request')
  })

  test('that breaks off: 400, and nothing happens', async () => {
    const broken = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode(`{${account}`))
        controller.error(new Error('the client went away'))
      },
    })
    expect(await send(broken)).toBe('400 invalid-request')
  })

  test.each(['1', '-5', 'many', '24, 24', ''])('whose length is said to be %j is measured', async (length) => {
    const headers = { 'Content-Length': length }
    expect(await send(`{${account},"note":"${' '.repeat(17_000)}"}`, headers)).toBe('413 too-large')
  })

  test('whose end is refused at once, though whoever sends it never stops', async () => {
    const deaf = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(4096).fill(32)),
      cancel: () => new Promise(() => {}),
    })
    expect(await send(deaf)).toBe('413 too-large')
  })

  test.each([
    ['NUL', '\\u0000'],
    ['half a character', '\\ud83c'],
    ['the other half', '\\udf0d'],
  ])('with %s in a text, which no database keeps: 422', async (_, escaped) => {
    expect(await send(`{${account},"note":"a${escaped}b"}`)).toBe('422 invalid-request')
    const harness = new Harness()
    const preview = JSON.stringify(bodyOf(await harness.preview())).replace('"previewId":"', `"previewId":"${escaped}`)
    const answer = await harness.post('purchase', { raw: preview.replace('{', `{${account},`) })
    expect(refusalIn(answer)).toBe('422 invalid-request')
    expect(harness.billing.count('charge')).toBe(0)
  })

  test('a mark before the JSON is taken, and of two equal keys the last', async () => {
    const raw = `\ufeff{"accountId":"acc_other",${account}}`
    expect((await new Harness().post('startTrial', { raw })).status).toBe(201)
    const other = `{${account},"accountId":"acc_other"}`
    expect(refusalIn(await new Harness().post('startTrial', { raw: other }))).toBe('409 account-changed')
  })

  test('that a parser of the host has read already is the host’s mistake, which the log explains', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const harness = new Harness()
    const request = harness.request('startTrial')
    await request.text()
    expect(refusalIn(await harness.send(request))).toBe('500 internal')
    expect(String(log.mock.calls.flat()[1])).toContain('body parser')
    expect(harness.writes).toEqual([])
  })
})

describe('a note', () => {
  test.each([
    ['a thousand characters of four bytes', '🌍'.repeat(1000), 201],
    ['one more', '🌍'.repeat(1001), 413],
    ['a thousand marks on one letter', 'a'.padEnd(1000, '\u0301'), 201],
  ])('of %s', async (_, note, status) => {
    expect((await new Harness().post('requestFeature', { as: people.sunny, body: { note } })).status).toBe(status)
  })

  test('keeps its markup, its direction and its lines as the text they are', async () => {
    const harness = new Harness()
    const note = '<script>alert(1)</script>\u202Egnp.exe\r\n\t\u0007{{x}}'
    await harness.post('requestFeature', { as: people.sunny, body: { note } })
    expect((await harness.told(people.olive))?.featureRequests.from[0]?.note).toBe(note)
    expect(harness.notifications[0]?.text).toBe(note)
  })

  test.each([[{}], [['x']], [5], [true], [null]])('that is %j is refused', async (note) => {
    const answer = await new Harness().post('requestFeature', { as: people.sunny, body: { note } })
    expect(refusalIn(answer)).toBe('422 invalid-request')
  })
})

describe('a path', () => {
  const trials = '/api/add-ons/add-ons'
  const send = (harness: Harness, path: string, method = 'POST') => {
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': '00000000-0000-4000-8000-00000000000a' }
    const body = method === 'GET' || method === 'HEAD' ? null : `{${account}}`
    return harness.handle(new Request(`${origin}${path}`, { method, headers, body }))
  }

  test.each([
    `${trials}/%2e%2e/analytics-plus/trials`,
    `${trials}/analytics-plus%00/trials`,
    `${trials}/analytics-plus%2Ftrials`,
    `${trials}/analytics-plus%2F..%2Fai-assist/trials`,
    `${trials}/ANALYTICS-PLUS/trials`,
    `${trials}/analytics-plus/Trials`,
    `${trials}/ａnalytics-plus/trials`,
    `${trials}/analytics-plus;v=1/trials`,
    `${trials}/analytics-plus%20/trials`,
    `${trials}/${'x'.repeat(100_000)}/trials`,
    `${trials}/%F0%9F%8C%8D/trials`,
    `${trials}/%ff/trials`,
    '/api/add-ons%2Fplan',
    '//api/add-ons/plan',
  ])('%# leads nowhere, and says no more than any other that does', async (path) => {
    const harness = new Harness()
    const response = await send(harness, path)
    const problem: unknown = await response.json()
    const other: unknown = await (await send(harness, `${trials}/nothing/trials`)).json()
    const own = { requestId: 'its own' }
    expect({ ...Object(problem), ...own }).toEqual({ ...Object(other), ...own })
    expect(response.status).toBe(404)
    expect(harness.writes).toEqual([])
  })

  test('with a slash at its end, or a query, is the same one', async () => {
    for (const path of [`${trials}/analytics-plus/trials/`, `${trials}/analytics-plus/trials?as=owner#x`]) {
      expect((await send(new Harness(), path)).status).toBe(201)
    }
  })

  test.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'])('%s has no effect', async (method) => {
    const harness = new Harness()
    for (const path of ['/api/add-ons/plan', `/api/add-ons${pathOf('startTrial', 'analytics-plus')}`]) {
      const response = await send(harness, path, method)
      expect(response.status).toBe(405)
      expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull()
    }
    expect(harness.writes).toEqual([])
  })
})

describe('a key', () => {
  const uuid = '00000000-0000-4000-8000-00000000000b'
  test.each([
    ['twice', `${uuid}, ${uuid}`],
    ['in braces', `{${uuid}}`],
    ['without its dashes', uuid.replaceAll('-', '')],
    ['too short', uuid.slice(1)],
    ['too long', `${uuid}0`],
    ['very long', uuid.repeat(1000)],
    ['of the prototype', '__proto__'],
    ['a number', '1'],
    ['empty', ''],
  ])('%s is none', async (_, key) => {
    const harness = new Harness()
    const answer = await harness.post('startTrial', { key })
    expect(refusalIn(answer)).toBe('400 invalid-request')
    expect(harness.writes).toEqual([])
  })

  test('in white space is the same one', async () => {
    const harness = new Harness()
    const first = await harness.post('startTrial', { key: ` ${uuid}\t` })
    const again = await harness.post('startTrial', { key: uuid })
    expect([first.status, again.status]).toEqual([201, 201])
    expect(harness.notifications.length).toBe(1)
  })
})

describe('a page of another site', () => {
  test.each([
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'text/plain;application/json',
  ])('cannot post its form as %s, with cookies, with Origin and without', async (type) => {
    for (const extra of [{}, { Origin: 'https://evil.example' }, { Origin: 'null' }]) {
      const harness = new Harness()
      const raw = `{${account},"x":"=1"}`
      const headers = { 'Content-Type': type, Cookie: 'session=1', ...extra }
      expect([403, 415]).toContain((await harness.post('startTrial', { raw, headers })).status)
      expect(harness.writes).toEqual([])
    }
  })

  test('is not allowed for being like an allowed one', async () => {
    const harness = new Harness({ allowedOrigins: ['https://admin.example'] })
    for (const Origin of [
      'https://ADMIN.example',
      'https://admin.example/',
      'https://admin.example:443',
      'null',
      '*',
    ]) {
      const headers = { Origin, 'Sec-Fetch-Site': 'cross-site' }
      expect(refusalIn(await harness.post('startTrial', { headers }))).toBe('403 forbidden origin')
    }
    expect(harness.writes).toEqual([])
  })
})

describe('what the host says of people', () => {
  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'Owner', 'owner ', 'owner,admin'])(
    'the role %j has no grants',
    async (role) => {
      const harness = new Harness()
      const as = { ...people.olive, role }
      expect((await harness.plan(as)).viewer.grants).toEqual([])
      expect(refusalIn(await harness.post('previewPurchase', { as }))).toBe('403 forbidden role')
    },
  )

  test.each([
    ['no user', { userId: '' }],
    ['no account', { accountId: '' }],
    ['a number', { userId: Number('5') }],
    ['nothing', { userId: undefined }],
  ])('an identity with %s is the host’s mistake: nobody shares keys and purchases', async (_, change) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const wrong: unknown = { ...people.olive, ...change }
    const identify = vi.fn().mockResolvedValue(wrong)
    const harness = new Harness({ identify })
    expect(refusalIn(await harness.get())).toBe('500 internal')
    expect(String(log.mock.calls.flat()[1])).toContain('identify()')
  })

  test('names with markup, direction and control characters stay text', async () => {
    const harness = new Harness()
    const name = '<b>Ada</b>\u202E\u0007"\\'
    await harness.post('requestFeature', { as: { ...people.ada, name } })
    const response = await harness.handle(new Request(`${origin}/api/add-ons/plan`))
    expect(response.headers.get('Content-Type')).toBe('application/json')
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect((await harness.told(people.olive))?.featureRequests.from[0]?.name).toBe(name)
  })

  test.each([0, 99, 200, 302, 600, Number.NaN])('an error with the status %d is answered as one', async (status) => {
    const identify = () => {
      throw new AddOnError('unavailable', { status, retryAfter: Number.NaN })
    }
    const answer = await new Harness({ identify }).get()
    expect(refusalIn(answer)).toBe('503 unavailable')
    expect(answer.headers.get('Retry-After')).toBeNull()
    expect(problemOf(answer).status).toBe(503)
  })
})
