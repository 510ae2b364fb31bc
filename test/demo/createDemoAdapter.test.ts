import { describe, expect, test } from 'vitest'
import type { AddOnAdapter } from '../../src/adapter/AddOnAdapter.js'
import {
  createDemoAdapter,
  createMemoryStore,
  type DemoOptions,
  demoAccountId,
  type NextPurchase,
} from '../../src/demo/index.js'
import { AddOnError } from '../../src/domain/errors.js'
import { expectedOf, type PurchasePreview } from '../../src/domain/purchase.js'
import { createUuid } from '../../src/protocol/uuid.js'

const analytics = 'analytics-plus'
const assist = 'ai-assist'
const pro = 'ai-assist-pro'
const voice = 'ai-voice-agent'
const accountId = demoAccountId
const noon = '2026-03-16T12:00:00.000Z'
const now = () => new Date(noon)
const target = (addOnId = analytics) => ({ accountId, addOnId })

async function failureOf(call: Promise<unknown>): Promise<AddOnError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof AddOnError)) throw new TypeError(`Not an AddOnError: ${String(error)}`)
  return error
}

const inputFor = (preview: PurchasePreview, idempotencyKey = createUuid()) =>
  ({
    accountId,
    addOnId: preview.addOnId,
    previewId: preview.previewId,
    expected: expectedOf(preview),
    acceptedFinalSale: true,
    idempotencyKey,
  }) as const

async function buy(adapter: AddOnAdapter, addOnId = analytics) {
  return adapter.purchase(inputFor(await adapter.previewPurchase(target(addOnId))))
}

async function told(adapter: AddOnAdapter, addOnId = analytics) {
  const { addOns } = await adapter.getPlan()
  return addOns.find(({ id }) => id === addOnId)
}

describe('by default', () => {
  test('is an Owner on Essentials, monthly, in dollars, self-serve, with nothing bought and 12 + 3 seats', async () => {
    const { viewer, account, addOns } = await createDemoAdapter({ now }).getPlan()
    expect(viewer).toMatchObject({ role: 'owner', name: 'Olive' })
    expect(account).toMatchObject({
      plan: { id: 'essentials', name: 'Essentials' },
      purchasing: { mode: 'self-serve', adminsCanRequestQuote: false },
      billing: {
        frequency: 'monthly',
        currency: 'USD',
        period: { start: '2026-03-01T00:00:00.000Z', end: '2026-04-01T00:00:00.000Z' },
        nextInvoiceDate: '2026-04-01T00:00:00.000Z',
        timeZone: 'UTC',
        seats: { standardLicenses: 12, additionalUsers: 3 },
      },
    })
    expect(account.owners).toHaveLength(2)
    expect(addOns.map(({ id, unitPrice, trial, status }) => [id, unitPrice?.amount, trial?.days, status.kind])).toEqual(
      [
        [analytics, 1500, 30, 'available'],
        [assist, 900, 30, 'available'],
        [pro, 3000, undefined, 'available'],
        [voice, undefined, undefined, 'available'],
      ],
    )
  })

  test('sells, tries, quotes and takes requests', async () => {
    const adapter = createDemoAdapter({ now })
    expect((await buy(adapter)).purchase).toMatchObject({
      status: 'completed',
      charged: { amount: 11_250, currency: 'USD' },
    })
    const keyed = (addOnId: string) => ({ ...target(addOnId), idempotencyKey: createUuid() })
    expect((await adapter.startTrial(keyed(assist))).addOn.status.kind).toBe('trialing')
    expect((await adapter.requestQuote(keyed(voice))).quoteRequest.requestedBy).toBe('Olive')
    const supervisor = createDemoAdapter({ now, role: 'supervisor' })
    expect((await supervisor.requestFeature(keyed(pro))).addOn.featureRequests.count).toBe(1)
  })

  test('works by the real clock too', async () => {
    const adapter = createDemoAdapter()
    expect((await buy(adapter)).purchase.status).toBe('completed')
  })

  test('two of them are two backends', async () => {
    const [one, other] = [createDemoAdapter({ now }), createDemoAdapter({ now })]
    await buy(one)
    expect((await told(other))?.status.kind).toBe('available')
  })
})

describe('options', () => {
  test.each([
    ['owner', 'Olive', 4],
    ['admin', 'Ada', 4],
    ['supervisor', 'Sunny', 4],
    ['agent', 'Gus', 0],
    ['intern', 'Robin', 0],
  ])('role %s is %s, who is told of %d add-ons', async (role, name, count) => {
    const { viewer, addOns } = await createDemoAdapter({ role }).getPlan()
    expect([viewer.role, viewer.name, addOns.length]).toEqual([role, name, count])
  })

  test('viewer: who is signed in for the role', async () => {
    const { viewer } = await createDemoAdapter({ role: 'admin', viewer: { id: 'usr_1', name: 'Kim' } }).getPlan()
    expect(viewer).toMatchObject({ id: 'usr_1', name: 'Kim', role: 'admin' })
  })

  test('plan: AI Assist is included in Professional', async () => {
    const adapter = createDemoAdapter({ plan: 'professional' })
    expect((await adapter.getPlan()).account.plan).toEqual({ id: 'professional', name: 'Professional' })
    expect((await told(adapter, assist))?.status).toEqual({ kind: 'included' })
  })

  test('mode and adminsCanRequestQuote: who may ask for a quote', async () => {
    const actions = async (options: DemoOptions) => {
      const decisions = (await told(createDemoAdapter(options)))?.decisions
      return [decisions?.subscribe.allowed, decisions?.['request-quote'].allowed]
    }
    expect(await actions({})).toEqual([true, false])
    expect(await actions({ mode: 'quote' })).toEqual([false, true])
    expect(await actions({ mode: 'quote', role: 'admin' })).toEqual([false, false])
    expect(await actions({ mode: 'quote', role: 'admin', adminsCanRequestQuote: true })).toEqual([false, true])
  })

  test('frequency: a year costs ten months, for the calendar year', async () => {
    const adapter = createDemoAdapter({ frequency: 'annual', now })
    const preview = await adapter.previewPurchase(target())
    expect(preview).toMatchObject({
      unitPrice: { amount: 15_000 },
      frequency: 'annual',
      proration: { to: '2027-01-01T00:00:00.000Z' },
    })
  })

  test.each([
    ['USD', 1500],
    ['EUR', 1400],
    ['JPY', 2200],
    ['KWD', 4500],
  ])('currency %s', async (currency, amount) => {
    expect((await told(createDemoAdapter({ currency })))?.unitPrice).toEqual({ amount, currency })
  })

  test('a currency without prices is sold by quote', async () => {
    expect((await told(createDemoAdapter({ currency: 'SEK' })))?.unitPrice).toBeNull()
  })

  test('seats', async () => {
    const preview = await createDemoAdapter({ seats: { standardLicenses: 2, additionalUsers: 0 } }).previewPurchase(
      target(),
    )
    expect(preview.seats).toEqual({ standardLicenses: 2, additionalUsers: 0, total: 2 })
  })

  test.each([
    ['available', { kind: 'available' }],
    ['trialing', { kind: 'trialing', startedAt: '2026-02-26T12:00:00.000Z', endsAt: '2026-03-28T12:00:00.000Z' }],
    ['trial-ended', { kind: 'trial-ended', endedAt: '2026-03-11T12:00:00.000Z' }],
    [
      'active',
      { kind: 'active', since: '2025-07-05T12:00:00.000Z', by: 'Olive', seats: 15, reference: 'pur_DEMO8F2K71QX' },
    ],
    ['included', { kind: 'included' }],
    ['unavailable', undefined],
  ] as const)('statuses: %s', async (status, expected) => {
    const adapter = createDemoAdapter({ statuses: { [analytics]: status }, now })
    expect((await told(adapter))?.status).toEqual(expected)
    expect((await told(adapter, assist))?.status).toEqual({ kind: 'available' })
  })

  test('statuses leave alone what the store has already', async () => {
    const store = createMemoryStore()
    await buy(createDemoAdapter({ store, now }))
    const adapter = createDemoAdapter({ store, now, statuses: { [analytics]: 'trialing', [assist]: 'active' } })
    expect([(await told(adapter))?.status.kind, (await told(adapter, assist))?.status.kind]).toEqual([
      'active',
      'active',
    ])
  })

  test('now: time passes as the host says', async () => {
    let time = noon
    const adapter = createDemoAdapter({ now: () => new Date(time), statuses: { [analytics]: 'trialing' } })
    expect((await told(adapter))?.status.kind).toBe('trialing')
    time = '2026-03-28T12:00:00.000Z'
    expect((await told(adapter))?.status.kind).toBe('trial-ended')
  })

  test('latency: each answer takes its time, and a call can be ended meanwhile', async () => {
    const adapter = createDemoAdapter({ latency: 30 })
    const begun = performance.now()
    await adapter.getPlan()
    expect(performance.now() - begun).toBeGreaterThanOrEqual(28)
    const controller = new AbortController()
    const call = adapter.getPlan({ signal: controller.signal })
    controller.abort(new Error('closed'))
    await expect(call).rejects.toThrow('closed')
  })

  test('functions are asked on each request', async () => {
    const setup = {
      role: 'owner',
      plan: 'essentials' as 'essentials' | 'professional',
      mode: 'self-serve' as 'self-serve' | 'quote',
      adminsCanRequestQuote: false,
      viewer: { id: 'a', name: 'A' },
      frequency: 'monthly' as 'monthly' | 'annual',
      currency: 'USD',
      seats: { standardLicenses: 1, additionalUsers: 1 },
      latency: 0,
    }
    const adapter = createDemoAdapter({
      role: () => setup.role,
      plan: () => setup.plan,
      mode: () => setup.mode,
      adminsCanRequestQuote: () => setup.adminsCanRequestQuote,
      viewer: () => setup.viewer,
      frequency: () => setup.frequency,
      currency: () => setup.currency,
      seats: () => setup.seats,
      latency: () => setup.latency,
    })
    await adapter.getPlan()
    Object.assign(setup, {
      plan: 'professional',
      mode: 'quote',
      adminsCanRequestQuote: true,
      viewer: { id: 'b', name: 'B' },
      frequency: 'annual',
      currency: 'EUR',
      seats: { standardLicenses: 5, additionalUsers: 0 },
    })
    const { viewer, account, addOns } = await adapter.getPlan()
    expect(viewer).toMatchObject({ id: 'b', name: 'B' })
    expect(account).toMatchObject({
      plan: { id: 'professional' },
      purchasing: { mode: 'quote', adminsCanRequestQuote: true },
      billing: { frequency: 'annual', currency: 'EUR', seats: setup.seats },
    })
    expect(addOns[0]?.unitPrice).toEqual({ amount: 14_000, currency: 'EUR' })
    setup.role = 'agent'
    expect((await adapter.getPlan()).viewer).toMatchObject({ role: 'agent', grants: [] })
  })
})

describe('nextPurchase', () => {
  const refused: [NextPurchase, string][] = [
    ['declined', 'payment-declined'],
    ['price-changed', 'preview-changed'],
    ['expired', 'preview-expired'],
    ['bought-by-other', 'already-purchased'],
  ]

  test.each(refused)('%s is %s, and holds for one purchase', async (nextPurchase, code) => {
    const adapter = createDemoAdapter({ nextPurchase, now })
    const error = await failureOf(buy(adapter))
    expect(error.code).toBe(code)
    if (nextPurchase === 'bought-by-other') expect(error.purchasedBy).toBe('Otto')
    else expect((await buy(adapter)).purchase.status).toBe('completed')
  })

  test('declined: the same price may be tried again', async () => {
    const adapter = createDemoAdapter({ nextPurchase: 'declined' })
    const preview = await adapter.previewPurchase(target())
    expect((await failureOf(adapter.purchase(inputFor(preview)))).code).toBe('payment-declined')
    expect((await adapter.purchase(inputFor(preview))).purchase.status).toBe('completed')
  })

  test('price-changed: two more people, and the new price is sold', async () => {
    const adapter = createDemoAdapter({ nextPurchase: 'price-changed' })
    const { preview } = await failureOf(buy(adapter))
    if (!preview) throw new TypeError('The new price is missing.')
    expect(preview.seats).toEqual({ standardLicenses: 12, additionalUsers: 5, total: 17 })
    const { purchase, addOn } = await adapter.purchase(inputFor(preview))
    expect(purchase).toMatchObject({ status: 'completed', seats: 17, charged: preview.dueNow })
    expect(addOn.status.kind).toBe('active')
    expect((await adapter.getPlan()).account.billing?.seats.additionalUsers).toBe(5)
  })

  test('bought-by-other: for all the seats there are', async () => {
    const adapter = createDemoAdapter({
      nextPurchase: 'bought-by-other',
      seats: { standardLicenses: 4, additionalUsers: 1 },
    })
    await failureOf(buy(adapter))
    expect((await told(adapter))?.status).toMatchObject({ kind: 'active', by: 'Otto', seats: 5 })
  })

  test('lost-answer: the purchase went through, and the same key finds it', async () => {
    const adapter = createDemoAdapter({ nextPurchase: 'lost-answer' })
    const input = inputFor(await adapter.previewPurchase(target()))
    expect((await failureOf(adapter.purchase(input))).code).toBe('network')
    const { purchase } = await adapter.purchase(input)
    expect(purchase).toMatchObject({ status: 'completed', charged: input.expected.dueNow })
    expect((await told(adapter))?.status).toMatchObject({ kind: 'active', reference: purchase.id })
  })

  test('action-needed: done once its buyer comes back', async () => {
    const adapter = createDemoAdapter({ nextPurchase: 'action-needed' })
    const input = inputFor(await adapter.previewPurchase(target()))
    const { purchase, addOn } = await adapter.purchase(input)
    expect(purchase).toMatchObject({ status: 'action-needed', action: { type: 'demo-challenge' } })
    expect(addOn.pendingPurchase).toMatchObject({
      state: 'action-needed',
      mine: true,
      resume: { idempotencyKey: input.idempotencyKey },
    })
    expect((await told(adapter))?.pendingPurchase?.state).toBe('action-needed')
    expect((await adapter.purchase(input)).purchase).toMatchObject({
      status: 'completed',
      charged: input.expected.dueNow,
    })
  })

  test('processing: done when its buyer has asked twice, and not by looks at the plan', async () => {
    const adapter = createDemoAdapter({ nextPurchase: 'processing' })
    const input = inputFor(await adapter.previewPurchase(target()))
    expect((await adapter.purchase(input)).purchase.status).toBe('processing')
    for (let look = 0; look < 5; look += 1) expect((await told(adapter))?.pendingPurchase?.state).toBe('processing')
    expect((await adapter.purchase(input)).purchase.status).toBe('processing')
    expect((await adapter.purchase(input)).purchase.status).toBe('completed')
  })

  test('processing: nobody else can buy meanwhile, and who is buying is told', async () => {
    const store = createMemoryStore()
    const olive = createDemoAdapter({ store, nextPurchase: 'processing' })
    const otto = createDemoAdapter({ store, viewer: { id: 'usr_otto', name: 'Otto' } })
    await buy(olive)
    expect(await failureOf(buy(otto))).toMatchObject({ code: 'purchase-pending', purchasedBy: 'Olive' })
  })

  test('processing: abandoned, it is released after half an hour, and nothing was charged', async () => {
    let time = Date.parse(noon)
    const adapter = createDemoAdapter({ nextPurchase: 'processing', now: () => new Date(time) })
    const input = inputFor(await adapter.previewPurchase(target()))
    await adapter.purchase(input)
    time += 30 * 60_000
    expect(await told(adapter)).toMatchObject({ status: { kind: 'available' }, pendingPurchase: null })
    expect((await failureOf(adapter.purchase(input))).code).toBe('preview-expired')
    expect((await told(adapter))?.status.kind).toBe('available')
  })

  test('a function is asked at each purchase, and not at a repeated one', async () => {
    const plan: (NextPurchase | undefined)[] = ['declined', 'expired', undefined]
    let asked = 0
    const adapter = createDemoAdapter({
      nextPurchase: () => {
        asked += 1
        return plan.shift()
      },
    })
    const first = inputFor(await adapter.previewPurchase(target()))
    expect((await failureOf(adapter.purchase(first))).code).toBe('payment-declined')
    expect((await failureOf(adapter.purchase(first))).code).toBe('payment-declined')
    expect((await failureOf(buy(adapter))).code).toBe('preview-expired')
    expect((await buy(adapter)).purchase.status).toBe('completed')
    expect(asked).toBe(3)
  })

  test('what was planned for a purchase that came to nothing does not meet the next', async () => {
    const plan: (NextPurchase | undefined)[] = ['declined', undefined]
    const adapter = createDemoAdapter({ nextPurchase: () => plan.shift() })
    const preview = await adapter.previewPurchase(target())
    const unknown = { ...inputFor(preview), previewId: 'nothing' }
    expect((await failureOf(adapter.purchase(unknown))).code).toBe('preview-expired')
    expect((await adapter.purchase(inputFor(preview))).purchase.status).toBe('completed')
  })
})

describe('two adapters with one store', () => {
  test('see one account', async () => {
    const store = createMemoryStore()
    const owner = createDemoAdapter({ store, role: 'owner', now })
    const supervisor = createDemoAdapter({ store, role: 'supervisor', now })
    await supervisor.requestFeature({ ...target(), idempotencyKey: createUuid(), note: 'Please' })
    expect((await told(owner))?.featureRequests.from).toMatchObject([{ name: 'Sunny', note: 'Please' }])
    await buy(owner)
    expect((await told(supervisor))?.status).toMatchObject({ kind: 'active', by: 'Olive' })
  })

  test('charge one purchase once, however the two Owners race', async () => {
    const store = createMemoryStore()
    const adapters = [
      createDemoAdapter({ store }),
      createDemoAdapter({ store, viewer: { id: 'usr_otto', name: 'Otto' } }),
    ]
    const outcomes = await Promise.allSettled(adapters.map((adapter) => buy(adapter)))
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('one seed, and back to it', async () => {
    const store = createMemoryStore({ [accountId]: { [analytics]: { sale: { since: noon, by: 'Otto' } } } })
    const adapter = createDemoAdapter({ store })
    expect((await told(adapter))?.status).toMatchObject({ kind: 'active', by: 'Otto' })
    await store.endAddOn(accountId, analytics)
    expect((await told(adapter))?.status.kind).toBe('available')
    store.reset()
    expect((await told(adapter))?.status.kind).toBe('active')
  })
})
