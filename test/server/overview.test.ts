import { describe, expect, test } from 'vitest'
import { definePolicy } from '../../src/domain/policy.js'
import { addOns, analytics, day, Harness, people, purchaseOf, refusalIn, voice } from './harness.js'

const sale = {
  since: '2026-01-01T00:00:00.000Z',
  by: 'Otto',
  seats: 15,
  receiptUrl: 'https://receipts.example/1',
  reference: 'pur_1',
}

describe('who is told what', () => {
  test('billing, and the money side of what was bought, is for view-billing only', async () => {
    const harness = new Harness({ seed: { [analytics]: { sale } } })
    const { account, addOns: told } = await harness.plan(people.olive)
    expect(account.billing).toEqual(harness.account.billing)
    expect(told.find(({ id }) => id === analytics)?.status).toEqual({ kind: 'active', ...sale })
    for (const viewer of [people.ada, people.sunny]) {
      const plan = await harness.plan(viewer)
      expect(plan.account.billing).toBeNull()
      expect(plan.addOns.find(({ id }) => id === analytics)?.status).toEqual({
        kind: 'active',
        since: sale.since,
        by: 'Otto',
      })
      expect(JSON.stringify(plan)).not.toMatch(/receipts|pur_1|standardLicenses/)
    }
  })

  test('who asked, and why, is for view-requests only', async () => {
    const harness = new Harness()
    await harness.post('requestFeature', { as: people.sunny, body: { note: 'confidential' } })
    expect((await harness.told(people.olive))?.featureRequests.from).toMatchObject([
      { name: 'Sunny', note: 'confidential' },
    ])
    for (const viewer of [people.ada, people.sunny]) {
      const told = await harness.told(viewer)
      expect(told?.featureRequests).toMatchObject({ count: 1, from: [] })
      expect(JSON.stringify(told)).not.toMatch(/confidential|usr_sunny/)
    }
  })

  test('a viewer without any grant hears of what the account has, and of nothing else', async () => {
    const harness = new Harness({
      seed: {
        [analytics]: {
          sale,
          featureRequests: [{ viewerId: 'x', name: 'Sunny', requestedAt: sale.since, askAgainAt: sale.since }],
        },
        'ai-assist': { trial: { startedAt: sale.since, endsAt: '2026-04-01T00:00:00.000Z' } },
        [voice]: { quoteRequest: { requestedAt: sale.since, requestedBy: 'Olive' } },
      },
    })
    for (const role of ['agent', 'nobody', 'Owner', '__proto__', '']) {
      const { account, addOns: told, viewer } = await harness.plan({ ...people.gus, role })
      expect(viewer.grants).toEqual([])
      expect(account).toMatchObject({ contacts: {}, owners: [], billing: null })
      expect(told.map(({ id, status }) => [id, status])).toEqual([
        [analytics, { kind: 'active', since: sale.since }],
        ['ai-assist', { kind: 'trialing', startedAt: sale.since, endsAt: '2026-04-01T00:00:00.000Z' }],
      ])
      for (const addOn of told) {
        expect(addOn).toMatchObject({
          unitPrice: null,
          pendingPurchase: null,
          quoteRequest: null,
          featureRequests: { count: 0, byViewer: null, from: [] },
        })
        expect(Object.values(addOn.decisions ?? {})).toEqual(
          Array.from({ length: 4 }, () => ({ allowed: false, reason: 'role' })),
        )
      }
    }
  })

  test('and what is included in the plan', async () => {
    const harness = new Harness({ account: { plan: { id: 'professional', name: 'Professional' } } })
    const { addOns: told } = await harness.plan(people.gus)
    expect(told.map(({ id, status }) => [id, status.kind])).toEqual([['ai-assist', 'included']])
  })

  test('only its buyer gets the way back into a purchase', async () => {
    const harness = new Harness()
    harness.billing.mood = 'processing'
    const preview = await harness.preview()
    const key = '00000000-0000-4000-8000-00000000000e'
    await harness.buy(preview, { key })
    expect((await harness.told(people.olive))?.pendingPurchase?.resume?.idempotencyKey).toBe(key)
    for (const viewer of [people.otto, people.ada, people.sunny, people.gus]) {
      const body = JSON.stringify((await harness.get(viewer)).body)
      expect(body).not.toContain(key)
      expect(body).not.toContain(preview.previewId)
    }
  })

  test('what the host keeps beside the contract’s fields is not sent', async () => {
    const secret = { margin: 'confidential', email: 'olive@acme.example' }
    const catalog = { addOns: addOns.map((addOn) => Object.assign({ ...addOn }, secret)) }
    const harness = new Harness({
      catalog,
      account: {
        plan: Object.assign({ id: 'essentials', name: 'Essentials' }, secret),
        owners: [Object.assign({ name: 'Olive' }, secret)],
        purchasing: Object.assign({ mode: 'self-serve', adminsCanRequestQuote: false } as const, secret),
      },
      seed: { [analytics]: { sale: Object.assign({ ...sale }, secret) } },
    })
    Object.assign(harness.account, secret)
    for (const viewer of [people.olive, people.sunny, people.gus]) {
      expect(JSON.stringify((await harness.get(viewer)).body)).not.toMatch(/confidential|olive@acme/)
    }
    await harness.post('requestFeature', { as: people.sunny, addOnId: 'ai-assist' })
    expect(harness.notifications[0]?.to).toEqual([{ name: 'Olive', ...secret }])
  })

  test('names of accounts and people are only those of the own account', async () => {
    const harness = new Harness()
    await harness.post('requestFeature', { as: people.sunny, body: { note: 'confidential' } })
    await harness.buy(await harness.preview())
    const plan = JSON.stringify((await harness.get(people.stranger)).body)
    expect(plan).toContain('acc_other')
    expect(plan).not.toMatch(/acc_acme|Acme|confidential|Sunny/)
  })
})

describe('GET /plan', () => {
  test('lists the add-ons in the order of the catalogue, without those that the plan does not offer', async () => {
    const harness = new Harness()
    expect((await harness.plan()).addOns.map(({ id }) => id)).toEqual([analytics, 'ai-assist', voice])
    harness.account = { ...harness.account, plan: { id: 'professional', name: 'Professional' } }
    expect((await harness.plan()).addOns.map(({ id }) => id)).toEqual([analytics, 'ai-assist', voice, 'legacy'])
    harness.account = { ...harness.account, plan: { id: 'free', name: 'Free' } }
    expect((await harness.plan()).addOns).toEqual([])
    harness.account = { ...harness.account, plan: { id: 'constructor', name: 'No plan of anybody' } }
    expect((await harness.plan()).addOns).toEqual([])
  })

  test('keeps what was bought when the plan does not offer it any more, and what is tried until it ends', async () => {
    const harness = new Harness({
      account: { plan: { id: 'free', name: 'Free' } },
      seed: {
        [analytics]: { sale },
        'ai-assist': { trial: { startedAt: sale.since, endsAt: '2026-04-01T00:00:00.000Z' } },
      },
    })
    expect((await harness.plan()).addOns.map(({ status }) => status.kind)).toEqual(['active', 'trialing'])
    harness.pass(30 * day)
    expect((await harness.plan()).addOns.map(({ status }) => status.kind)).toEqual(['active'])
  })

  test('tells the time of the server and the grants of the viewer', async () => {
    const harness = new Harness()
    const { serverTime, viewer } = await harness.plan(people.ada)
    expect(serverTime).toBe(harness.now)
    const grants = ['start-trial', 'request-feature', 'request-quote-if-allowed']
    expect(viewer).toEqual({ id: 'usr_ada', name: 'Ada', role: 'admin', grants })
  })

  test('prices what is sold in the account’s currency and frequency', async () => {
    const harness = new Harness()
    expect((await harness.told())?.unitPrice).toEqual({ amount: 1500, currency: 'USD' })
    harness.bill({ frequency: 'annual' })
    expect(await harness.told()).toMatchObject({ unitPrice: { amount: 15_000, currency: 'USD' }, frequency: 'annual' })
    harness.bill({ currency: 'GBP' })
    expect((await harness.told())?.unitPrice).toBeNull()
  })

  test('changes nothing while nothing is pending', async () => {
    const harness = new Harness({ seed: { [analytics]: { sale } } })
    await harness.get()
    expect(harness.writes).toEqual([])
    expect(harness.billing.calls).toEqual([])
  })

  test('is read without a key, a body or a content type', async () => {
    expect((await new Harness().get()).status).toBe(200)
  })
})

describe('a policy of the host', () => {
  const policy = definePolicy({
    roles: {
      buyer: ['subscribe', 'request-feature'],
      boss: 'buyer',
      accountant: ['view-billing'],
      watcher: ['view-requests', 'request-feature'],
    },
  })
  const as = (role: string) => ({ ...people.olive, role })

  test('decides for the handler too', async () => {
    const harness = new Harness({ policy })
    expect(refusalIn(await harness.post('previewPurchase', { as: people.olive }))).toBe('403 forbidden role')
    const preview = await harness.preview(as('boss'))
    expect(purchaseOf(await harness.buy(preview, { as: as('boss') })).purchase.status).toBe('completed')
  })

  test('gives whoever can buy nobody to ask', async () => {
    const harness = new Harness({ policy })
    expect(refusalIn(await harness.post('requestFeature', { as: as('buyer') }))).toBe('403 forbidden role')
    expect((await harness.post('requestFeature', { as: as('watcher') })).status).toBe(201)
  })

  test('may let a role see without buying', async () => {
    const harness = new Harness({ policy, seed: { [analytics]: { sale } } })
    expect((await harness.plan(as('accountant'))).account.billing).not.toBeNull()
    expect(refusalIn(await harness.post('requestFeature', { as: as('accountant') }))).toBe('403 forbidden role')
    expect((await harness.plan(as('watcher'))).account.billing).toBeNull()
  })
})
