import { describe, expect, test } from 'vitest'
import { bodyOf, day, Harness, origin, type PostOptions, people, problemOf, refusalIn } from './harness.js'

/** One thing that is wrong with a purchase. */
interface Fault {
  readonly name: string
  readonly refusal: string
  /** Faults that spoil the same part cannot meet in one request. */
  readonly spoils: 'viewer' | 'origin' | 'type' | 'note' | 'json' | 'form' | 'account' | 'addOn' | 'key' | 'preview'
  /** Where the request differs from one that is right. */
  readonly options?: PostOptions
  /** What is sent instead of the body's JSON. */
  readonly rewrite?: (json: string) => string
}

const usedKey = '00000000-0000-4000-8000-000000000001'

/** In the contract's order. */
const faults: readonly Fault[] = [
  { name: 'nobody is signed in', refusal: '401 unauthenticated', spoils: 'viewer', options: { as: null } },
  {
    name: 'a foreign page',
    refusal: '403 forbidden origin',
    spoils: 'origin',
    options: { headers: { Origin: 'https://evil.example' } },
  },
  {
    name: 'a form post',
    refusal: '415 unsupported-media-type',
    spoils: 'type',
    options: { headers: { 'Content-Type': 'text/plain' } },
  },
  { name: 'a huge body', refusal: '413 too-large', spoils: 'json', rewrite: (json) => json + ' '.repeat(17_000) },
  { name: 'a long note', refusal: '413 too-large', spoils: 'note', options: { body: { note: 'x'.repeat(1001) } } },
  { name: 'a viewer without any grant', refusal: '403 forbidden role', spoils: 'viewer', options: { as: people.gus } },
  {
    name: 'shown for another account',
    refusal: '409 account-changed',
    spoils: 'account',
    options: { body: { accountId: 'acc_other' } },
  },
  { name: 'an unknown add-on', refusal: '404 not-found', spoils: 'addOn', options: { addOnId: 'nothing' } },
  { name: 'an add-on of another plan', refusal: '404 not-found', spoils: 'addOn', options: { addOnId: 'legacy' } },
  { name: 'a role that may not buy', refusal: '403 forbidden role', spoils: 'viewer', options: { as: people.ada } },
  { name: 'no key', refusal: '400 invalid-request', spoils: 'key', options: { key: null } },
  { name: 'a key that is no UUID', refusal: '400 invalid-request', spoils: 'key', options: { key: 'again' } },
  { name: 'no JSON', refusal: '400 invalid-request', spoils: 'json', rewrite: (json) => json.slice(0, -1) },
  {
    name: 'a body of the wrong form',
    refusal: '422 invalid-request',
    spoils: 'form',
    options: { body: { acceptedFinalSale: false } },
  },
  {
    name: 'a key used for another body',
    refusal: '422 idempotency-key-reused',
    spoils: 'key',
    options: { key: usedKey },
  },
  {
    name: 'an add-on that is bought already',
    refusal: '409 already-purchased already-purchased',
    spoils: 'addOn',
    options: { addOnId: 'ai-assist' },
  },
  {
    name: 'an unknown preview',
    refusal: '410 preview-expired',
    spoils: 'preview',
    options: { body: { previewId: 'nothing' } },
  },
]

function canMeet(earlier: Fault, later: Fault): boolean {
  if (earlier.spoils === later.spoils) return false
  // In broken JSON no account and no note can be looked for; and a key belongs to its add-on.
  const isUnread = later.name === 'no JSON' && ['account', 'note'].includes(earlier.spoils)
  const isAnotherKey = earlier.options?.key === usedKey && later.spoils === 'addOn'
  return !isUnread && !isAnotherKey
}

/** A harness in which `usedKey` has its final outcome, and a purchase that is right. */
async function prepared(): Promise<{ harness: Harness; options: PostOptions }> {
  const harness = new Harness({ seed: { 'ai-assist': { sale: { since: '2026-01-01T00:00:00Z', by: 'Otto' } } } })
  const preview = await harness.preview()
  await harness.buy(preview, { key: usedKey, body: { previewId: 'another' } })
  harness.writes.length = 0
  return { harness, options: { headers: { Origin: origin }, body: { accountId: 'acc_acme', ...bodyOf(preview) } } }
}

async function refusalOf(some: readonly Fault[]): Promise<string> {
  const { harness, options } = await prepared()
  let spoilt = options
  let json: string | undefined
  for (const fault of some) {
    const body = { ...spoilt.body, ...fault.options?.body }
    const headers = { ...spoilt.headers, ...fault.options?.headers }
    spoilt = { ...spoilt, ...fault.options, body, headers }
  }
  for (const { rewrite } of some) json = rewrite?.(json ?? JSON.stringify(spoilt.body)) ?? json
  const answer = await harness.post('purchase', { ...spoilt, ...(json && { raw: json }) })
  expect(harness.billing.count('charge')).toBe(0)
  expect(harness.notifications).toEqual([])
  expect(harness.writes.filter((write) => write.startsWith('addOn'))).toEqual([])
  return refusalIn(answer)
}

test('a request without a fault buys', async () => {
  const { harness, options } = await prepared()
  const answer = await harness.post('purchase', options)
  expect(answer.status).toBe(201)
  expect(harness.billing.count('charge')).toBe(1)
})

test.each(faults)('$name: $refusal', async (fault) => {
  expect(await refusalOf([fault])).toBe(fault.refusal)
})

const pairs = faults.flatMap((earlier, index) =>
  faults
    .slice(index + 1)
    .filter((later) => canMeet(earlier, later))
    .map((later) => ({ earlier, later })),
)

describe(`of two faults the earlier one is told (${pairs.length} pairs)`, () => {
  test.each(pairs)('$earlier.name, before $later.name', async ({ earlier, later }) => {
    expect(await refusalOf([later, earlier])).toBe(earlier.refusal)
  })
})

describe('the price', () => {
  test('is asked for by the same order of checks, but without a key', async () => {
    const harness = new Harness()
    expect(refusalIn(await harness.post('previewPurchase', { as: null }))).toBe('401 unauthenticated')
    expect(refusalIn(await harness.post('previewPurchase', { as: people.gus, addOnId: 'nothing' }))).toBe(
      '403 forbidden role',
    )
    expect(refusalIn(await harness.post('previewPurchase', { as: people.ada, addOnId: 'nothing' }))).toBe(
      '404 not-found',
    )
    expect(refusalIn(await harness.post('previewPurchase', { as: people.ada, raw: '{' }))).toBe('403 forbidden role')
    expect(refusalIn(await harness.post('previewPurchase', { raw: '{' }))).toBe('400 invalid-request')
    expect(refusalIn(await harness.post('previewPurchase', { raw: '{}' }))).toBe('422 invalid-request')
    expect((await harness.post('previewPurchase', { key: null })).status).toBe(201)
  })
})

describe('an add-on that is not there', () => {
  test.each([
    'nothing',
    'legacy',
    '../analytics-plus',
    'a/b',
    '%',
    'ünïcode ✓',
    '__proto__',
    'constructor',
    'toString',
  ])('%s is answered like any other unknown one', async (addOnId) => {
    const harness = new Harness()
    const answers = await Promise.all([
      harness.post('startTrial', { addOnId }),
      harness.post('startTrial', { addOnId: 'nothing' }),
    ])
    const [body, other] = answers.map((answer) => ({ ...problemOf(answer), requestId: 'its own' }))
    expect(body).toEqual(other)
    expect(body).toMatchObject({ status: 404, code: 'not-found' })
  })

  test('is found by the account of the session only', async () => {
    const harness = new Harness()
    const professional = { plan: { id: 'professional', name: 'Professional' } }
    expect((await harness.post('previewPurchase', { addOnId: 'legacy' })).status).toBe(404)
    harness.account = { ...harness.account, ...professional }
    expect((await harness.post('previewPurchase', { addOnId: 'legacy' })).status).toBe(201)
  })
})

describe('paths and methods', () => {
  const send = (harness: Harness, method: string, path: string) =>
    harness.send(new Request(`${origin}${path}`, { method, headers: { 'Content-Type': 'application/json' } }))

  test.each([
    ['POST', '/api/add-ons/plan', '405 invalid-request'],
    ['DELETE', '/api/add-ons/plan', '405 invalid-request'],
    ['GET', '/api/add-ons/add-ons/analytics-plus/purchases', '405 invalid-request'],
    ['GET', '/api/add-ons', '404 not-found'],
    ['GET', '/api/add-ons/', '404 not-found'],
    ['GET', '/api/add-ons/plans', '404 not-found'],
    ['GET', '/api/add-onsplan', '404 not-found'],
    ['GET', '/plan', '404 not-found'],
    ['POST', '/api/add-ons/add-ons/analytics-plus/refunds', '404 not-found'],
    ['POST', '/api/add-ons/add-ons/analytics-plus/purchases/1', '404 not-found'],
    ['POST', '/api/add-ons/add-ons/%E0%A4%A/purchases', '404 not-found'],
    ['POST', '/api/add-ons/add-ons//purchases', '404 not-found'],
  ])('%s %s: %s', async (method, path, refusal) => {
    expect(refusalIn(await send(new Harness(), method, path))).toBe(refusal)
  })

  test.each(['/api/add-ons', '/api/add-ons/', '', '/'])('the base path %j may end in a slash', async (basePath) => {
    const harness = new Harness({ basePath })
    expect((await send(harness, 'GET', `${basePath.replace(/\/$/, '')}/plan`)).status).toBe(200)
  })

  test.each(['/plan', '/api/v1/plan', '/add-ons/plan'])(
    'without a base path %s is found wherever it is mounted',
    async (path) => {
      expect((await send(new Harness({ basePath: undefined }), 'GET', path)).status).toBe(200)
    },
  )

  test('without a base path a POST is found wherever it is mounted', async () => {
    const harness = new Harness({ basePath: undefined })
    for (const path of ['/add-ons/analytics-plus/trials', '/api/add-ons/add-ons/analytics-plus/trials/']) {
      expect([201, 409]).toContain((await harness.post('startTrial', { path })).status)
    }
  })

  test('nobody who is not signed in learns which paths there are', async () => {
    const harness = new Harness()
    harness.viewer = null
    expect(refusalIn(await send(harness, 'GET', '/api/add-ons/nothing'))).toBe('401 unauthenticated')
    expect(refusalIn(await send(harness, 'DELETE', '/api/add-ons/plan'))).toBe('401 unauthenticated')
  })
})

test('an account that the host does not know is nobody', async () => {
  const harness = new Harness({ accounts: { get: () => null } })
  expect(refusalIn(await harness.get())).toBe('401 unauthenticated')
})

test('the session is asked on every request', async () => {
  const harness = new Harness()
  expect((await harness.post('startTrial')).status).toBe(201)
  harness.viewer = people.gus
  expect(refusalIn(await harness.post('startTrial'))).toBe('403 forbidden role')
  harness.viewer = null
  expect(refusalIn(await harness.post('startTrial'))).toBe('401 unauthenticated')
})

describe('the limit of 30 POSTs per viewer and minute', () => {
  const posts = async (harness: Harness, count: number, as = people.sunny) => {
    for (let index = 0; index < count; index += 1) await harness.post('requestFeature', { as })
  }

  test('lets 30 through, and answers the next with Retry-After', async () => {
    const harness = new Harness()
    await posts(harness, 29)
    expect((await harness.post('requestFeature', { as: people.sunny })).status).toBe(200)
    const answer = await harness.post('requestFeature', { as: people.sunny })
    expect(refusalIn(answer)).toBe('429 rate-limited')
    expect(answer.headers.get('Retry-After')).toBe('60')
    expect(answer.body).toMatchObject({ retryAfter: 60 })
  })

  test('counts each viewer alone, and reads not at all', async () => {
    const harness = new Harness()
    await posts(harness, 31)
    expect((await harness.post('requestFeature', { as: people.ada })).status).toBe(201)
    for (let index = 0; index < 40; index += 1) expect((await harness.get(people.sunny)).status).toBe(200)
  })

  test('is over after a minute', async () => {
    const harness = new Harness()
    await posts(harness, 31)
    harness.pass(60_001)
    expect((await harness.post('requestFeature', { as: people.sunny })).status).toBe(200)
  })

  test('is not kept as the outcome of a key', async () => {
    const harness = new Harness()
    await posts(harness, 30)
    const key = '00000000-0000-4000-8000-000000000002'
    expect(refusalIn(await harness.post('requestFeature', { as: people.sunny, addOnId: 'ai-assist', key }))).toBe(
      '429 rate-limited',
    )
    harness.pass(day)
    expect((await harness.post('requestFeature', { as: people.sunny, addOnId: 'ai-assist', key })).status).toBe(201)
  })
})
