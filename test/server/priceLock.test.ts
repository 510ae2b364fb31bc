import { describe, expect, test } from 'vitest'
import type { PurchasePreview } from '../../src/domain/purchase.js'
import { addOns, analytics, Harness, minute, people, problemOf, purchaseOf, refusalIn } from './harness.js'

/** 15 seats at $15.00, for 15.5 of the 31 days. */
const dueNow = { amount: 11_250, currency: 'USD' }

describe('a preview', () => {
  test('says what is bought, by whom, for how much and on which terms', async () => {
    const harness = new Harness({ catalog: { addOns, terms: { version: '7', url: '/terms', consent: 'checkbox' } } })
    const { previewId, ...preview } = await harness.preview()
    expect(previewId).not.toBe('')
    expect(preview).toEqual({
      accountId: 'acc_acme',
      addOnId: analytics,
      seats: { standardLicenses: 12, additionalUsers: 3, total: 15 },
      unitPrice: { amount: 1500, currency: 'USD' },
      frequency: 'monthly',
      lines: [{ kind: 'prorated', amount: dueNow }],
      dueNow,
      proration: {
        from: '2026-03-16T12:00:00.000Z',
        to: '2026-04-01T00:00:00.000Z',
        unit: 'second',
        used: 15.5 * 86_400,
        of: 31 * 86_400,
      },
      nextInvoice: { addOnAmount: { amount: 22_500, currency: 'USD' }, date: '2026-04-01T00:00:00.000Z' },
      payment: { label: 'Visa ending 4242' },
      terms: { final: true, version: '7', url: '/terms', consent: 'checkbox' },
      expiresAt: '2026-03-16T12:15:00.000Z',
      serverTime: '2026-03-16T12:00:00.000Z',
    } satisfies Omit<PurchasePreview, 'previewId'>)
  })

  test('buys nothing', async () => {
    const harness = new Harness()
    const before = await harness.record()
    await harness.preview()
    expect(await harness.record()).toEqual(before)
    expect(harness.billing.calls).toEqual([])
    expect(harness.notifications).toEqual([])
  })

  test('counts from whole seconds, floored', async () => {
    const harness = new Harness()
    harness.pass(1999)
    const { proration, serverTime } = await harness.preview()
    expect(serverTime).toBe('2026-03-16T12:00:01.999Z')
    expect(proration).toMatchObject({ from: '2026-03-16T12:00:01.000Z', used: 15.5 * 86_400 - 1 })
  })

  test('expires with the period where that ends first', async () => {
    const harness = new Harness()
    harness.now = '2026-03-31T23:55:00.000Z'
    expect((await harness.preview()).expiresAt).toBe('2026-04-01T00:00:00.000Z')
  })

  test('is the exact sum of the lines that billing gives, whatever they are', async () => {
    const harness = new Harness()
    const usd = (amount: number) => ({ amount, currency: 'USD' })
    harness.billing.preview = () => ({
      lines: [
        { kind: 'prorated', amount: usd(11_250) },
        { kind: 'discount', label: 'Spring', amount: usd(-1125) },
        { kind: 'credit', amount: usd(-500) },
        { kind: 'past-due', amount: usd(25) },
      ],
      taxNotIncluded: true,
    })
    expect(await harness.preview()).toMatchObject({ dueNow: usd(9650), taxNotIncluded: true })
  })

  test('names no payment method where there is none, and an invoice where the host says nothing', async () => {
    const { payment: _payment, ...silent } = new Harness().account
    const harness = new Harness({ account: { payment: null } })
    expect((await harness.preview()).payment).toBeNull()
    harness.account = silent
    expect((await harness.preview()).payment).toEqual({ label: 'Invoice' })
  })

  test('has the digits of its currency', async () => {
    const harness = new Harness()
    harness.bill({ currency: 'JPY' })
    const preview = await harness.preview()
    expect(preview.dueNow).toEqual({ amount: 16_500, currency: 'JPY' })
    expect(purchaseOf(await harness.buy(preview)).purchase).toMatchObject({
      charged: { amount: 16_500, currency: 'JPY' },
    })
  })

  test('is not made where the account has no price: that is sold by quote', async () => {
    const harness = new Harness()
    harness.bill({ currency: 'SEK' })
    expect(refusalIn(await harness.post('previewPurchase'))).toBe('403 forbidden account-factor')
    harness.bill({ currency: 'JPY', frequency: 'annual' })
    expect(refusalIn(await harness.post('previewPurchase'))).toBe('403 forbidden account-factor')
  })
})

describe('time passes', () => {
  test.each([1, minute, 15 * minute - 1])('%d ms later exactly the same is charged', async (later) => {
    const harness = new Harness()
    const preview = await harness.preview()
    harness.pass(later)
    const { purchase } = purchaseOf(await harness.buy(preview))
    expect(purchase).toMatchObject({ status: 'completed', charged: dueNow, seats: 15, purchasedBy: 'Olive' })
    harness.expectOneCharge(dueNow)
  })

  test('15 minutes later the price has expired', async () => {
    const harness = new Harness()
    const preview = await harness.preview()
    harness.pass(15 * minute)
    expect(refusalIn(await harness.buy(preview))).toBe('410 preview-expired')
    expect(harness.billing.payments).toEqual([])
    expect((await harness.buy(await harness.preview())).status).toBe(201)
  })

  test('at the end of the period the price has expired', async () => {
    const harness = new Harness()
    harness.now = '2026-03-31T23:59:59.000Z'
    const preview = await harness.preview()
    harness.now = '2026-04-01T00:00:00.000Z'
    expect(refusalIn(await harness.buy(preview))).toBe('410 preview-expired')
  })
})

describe('what the price rests on changes: 409 with the new price, and no charge', () => {
  const dearer = addOns.map((addOn) =>
    addOn.id === analytics ? { ...addOn, prices: { USD: { monthly: 1600, annual: 1 } } } : addOn,
  )
  const changes: [string, (harness: Harness) => void][] = [
    ['one more licence', (harness) => harness.bill({ seats: { standardLicenses: 13, additionalUsers: 3 } })],
    ['one user less', (harness) => harness.bill({ seats: { standardLicenses: 12, additionalUsers: 2 } })],
    [
      'as many seats of another kind',
      (harness) => harness.bill({ seats: { standardLicenses: 15, additionalUsers: 0 } }),
    ],
    ['the price', (harness) => Object.assign(harness.catalog, { addOns: dearer })],
    ['the currency', (harness) => harness.bill({ currency: 'JPY' })],
    ['the frequency', (harness) => harness.bill({ frequency: 'annual' })],
    [
      'the start of the period',
      (harness) => harness.bill({ period: { start: '2026-03-02T00:00:00.000Z', end: '2026-04-01T00:00:00.000Z' } }),
    ],
    [
      'the end of the period',
      (harness) => harness.bill({ period: { start: '2026-03-01T00:00:00.000Z', end: '2026-04-02T00:00:00.000Z' } }),
    ],
    ['the terms', (harness) => Object.assign(harness.catalog, { terms: { version: '2', consent: 'notice' } })],
  ]

  test.each(changes)('%s', async (_, change) => {
    const harness = new Harness()
    const preview = await harness.preview()
    change(harness)
    const answer = await harness.buy(preview)
    expect(refusalIn(answer)).toBe('409 preview-changed')
    expect(harness.billing.calls).toEqual([])
    expect((await harness.record()).pending).toBeNull()

    const { preview: fresh } = problemOf(answer)
    if (!fresh) throw new TypeError('The new price is missing.')
    expect(fresh.previewId).not.toBe(preview.previewId)
    const { purchase } = purchaseOf(await harness.buy(fresh))
    expect(purchase).toMatchObject({ status: 'completed', charged: fresh.dueNow })
    harness.expectOneCharge(fresh.dueNow)
  })

  test('a changed back price buys again', async () => {
    const harness = new Harness()
    const preview = await harness.preview()
    harness.bill({ seats: { standardLicenses: 13, additionalUsers: 3 } })
    expect(refusalIn(await harness.buy(preview))).toBe('409 preview-changed')
    harness.bill({ seats: { standardLicenses: 12, additionalUsers: 3 } })
    expect((await harness.buy(preview)).status).toBe(201)
    harness.expectOneCharge(preview.dueNow)
  })

  test('what has nothing to do with the price changes nothing', async () => {
    const harness = new Harness()
    const preview = await harness.preview()
    harness.bill({ nextInvoiceDate: '2026-04-03', timeZone: 'Europe/Berlin' })
    harness.account = { ...harness.account, name: 'Acme Ltd', payment: { label: 'Amex' } }
    expect((await harness.buy(preview)).status).toBe(201)
  })
})

describe('what the buyer saw is not what the preview says: 409, and no charge', () => {
  const right = { dueNow, seats: 15, termsVersion: '1' }
  test.each([
    ['a lower amount', { ...right, dueNow: { amount: 1, currency: 'USD' } }],
    ['a higher amount', { ...right, dueNow: { amount: 11_251, currency: 'USD' } }],
    ['another currency', { ...right, dueNow: { amount: 11_250, currency: 'EUR' } }],
    ['fewer seats', { ...right, seats: 1 }],
    ['other terms', { ...right, termsVersion: '0' }],
  ])('%s', async (_, expected) => {
    const harness = new Harness()
    const preview = await harness.preview()
    const answer = await harness.buy(preview, { body: { expected } })
    expect(refusalIn(answer)).toBe('409 preview-changed')
    expect(problemOf(answer).preview?.dueNow).toEqual(dueNow)
    expect(harness.billing.calls).toEqual([])
    expect(harness.notifications).toEqual([])
  })

  test.each([
    ['half a cent', { ...right, dueNow: { amount: 0.5, currency: 'USD' } }],
    ['an amount as text', { ...right, dueNow: { amount: '11250', currency: 'USD' } }],
    ['negative seats', { ...right, seats: -15 }],
    ['no terms', { dueNow, seats: 15 }],
    ['nothing', null],
  ])('%s is no purchase at all: 422', async (_, expected) => {
    const harness = new Harness()
    const answer = await harness.buy(await harness.preview(), { body: { expected } })
    expect(refusalIn(answer)).toBe('422 invalid-request')
    expect(harness.billing.calls).toEqual([])
  })

  test.each([false, 'true', 1, null, undefined])('accepting the final sale with %j: 422', async (acceptedFinalSale) => {
    const harness = new Harness()
    const answer = await harness.buy(await harness.preview(), { body: { acceptedFinalSale } })
    expect(refusalIn(answer)).toBe('422 invalid-request')
    expect(harness.billing.calls).toEqual([])
  })
})

describe('a preview that cannot be bought: 410', () => {
  test('an unknown one, and one named like a part of every object', async () => {
    const harness = new Harness()
    const preview = await harness.preview()
    for (const previewId of ['nothing', '', '__proto__', 'constructor']) {
      expect(refusalIn(await harness.buy(preview, { body: { previewId } }))).toBe('410 preview-expired')
    }
  })

  test("another Owner's", async () => {
    const harness = new Harness()
    const preview = await harness.preview(people.otto)
    expect(refusalIn(await harness.buy(preview, { as: people.olive }))).toBe('410 preview-expired')
    expect((await harness.buy(preview, { as: people.otto })).status).toBe(201)
  })

  test("another account's, also of the same person", async () => {
    const harness = new Harness()
    const preview = await harness.preview(people.stranger)
    expect(preview.accountId).toBe('acc_other')
    expect(refusalIn(await harness.buy(preview, { as: people.olive }))).toBe('410 preview-expired')
  })

  test("another add-on's", async () => {
    const harness = new Harness()
    const preview = await harness.preview(people.olive, 'ai-assist')
    expect(refusalIn(await harness.buy(preview, { addOnId: analytics }))).toBe('410 preview-expired')
    expect(harness.billing.payments).toEqual([])
  })

  test('a used one, unless the add-on is bought already', async () => {
    const harness = new Harness()
    const preview = await harness.preview()
    await harness.buy(preview)
    const again = await harness.buy(preview)
    expect(refusalIn(again)).toBe('409 already-purchased already-purchased')
    expect(problemOf(again).purchasedBy).toBe('Olive')
    await harness.store.endAddOn(harness.account.id, analytics)
    expect(refusalIn(await harness.buy(preview))).toBe('410 preview-expired')
    harness.expectOneCharge(preview.dueNow)
  })

  test('an expired one of an add-on that is bought already is told so', async () => {
    const harness = new Harness()
    const preview = await harness.preview()
    await harness.buy(await harness.preview(people.otto), { as: people.otto })
    harness.pass(60 * minute)
    const answer = await harness.buy(preview)
    expect(refusalIn(answer)).toBe('409 already-purchased already-purchased')
    expect(problemOf(answer).purchasedBy).toBe('Otto')
  })
})

describe('a declined purchase', () => {
  test('may be tried again with the same price until that expires', async () => {
    const harness = new Harness()
    harness.billing.mood = 'declined'
    const preview = await harness.preview()
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect(refusalIn(await harness.buy(preview))).toBe('402 payment-declined')
      expect((await harness.record()).pending).toBeNull()
    }
    harness.billing.mood = 'paid'
    expect((await harness.buy(preview)).status).toBe(201)
    harness.expectOneCharge(dueNow)
    expect(new Set(harness.billing.calls)).toHaveProperty('size', 4)
  })

  test('lets another Owner buy', async () => {
    const harness = new Harness()
    harness.billing.mood = 'declined'
    await harness.buy(await harness.preview())
    harness.billing.mood = 'paid'
    const preview = await harness.preview(people.otto)
    expect((await harness.buy(preview, { as: people.otto })).status).toBe(201)
  })

  test('tells nobody, and keeps trial and requests', async () => {
    const harness = new Harness()
    await harness.post('requestFeature', { as: people.sunny })
    await harness.post('startTrial')
    const before = await harness.record()
    harness.notifications.length = 0
    harness.billing.mood = 'declined'
    await harness.buy(await harness.preview())
    expect(await harness.record()).toEqual(before)
    expect(harness.notifications).toEqual([])
  })
})

describe('nothing is due', () => {
  const free: [string, (harness: Harness) => void, number][] = [
    [
      'a price of zero',
      (harness) =>
        Object.assign(harness.catalog, {
          addOns: addOns.map((addOn) => ({ ...addOn, ...(addOn.prices && { prices: { USD: { monthly: 0 } } }) })),
        }),
      0,
    ],
    ['no seats', (harness) => harness.bill({ seats: { standardLicenses: 0, additionalUsers: 0 } }), 0],
    [
      'the last second of the period',
      (harness) => {
        harness.now = '2026-03-31T23:59:59.000Z'
      },
      0,
    ],
    [
      'a credit that covers it all',
      (harness) => {
        harness.billing.preview = () => ({ lines: [{ kind: 'credit', amount: { amount: -500, currency: 'USD' } }] })
      },
      -500,
    ],
  ]

  test.each(free)('%s', async (_, setUp, amount) => {
    const harness = new Harness()
    setUp(harness)
    const preview = await harness.preview()
    expect(preview.dueNow.amount).toBe(amount)
    const { purchase, addOn } = purchaseOf(await harness.buy(preview))
    expect(purchase).toMatchObject({ status: 'completed', charged: preview.dueNow })
    expect(addOn.status.kind).toBe('active')
    expect(harness.billing.calls).toEqual([])
    expect(harness.notifications).toHaveLength(1)
  })
})

test('a completed purchase tells what was bought, and the add-on is active', async () => {
  const harness = new Harness()
  harness.billing.receiptUrl = 'https://receipts.example/1'
  harness.pass(5)
  const { purchase, addOn } = purchaseOf(await harness.buy(await harness.preview()))
  expect(purchase).toEqual({
    id: expect.stringMatching(/^pur_[0-9A-HJKMNP-TV-Z]{12}$/),
    addOnId: analytics,
    seats: 15,
    requestedAt: harness.now,
    purchasedBy: 'Olive',
    status: 'completed',
    purchasedAt: harness.now,
    charged: dueNow,
    nextInvoice: { addOnAmount: { amount: 22_500, currency: 'USD' }, date: '2026-04-01T00:00:00.000Z' },
    receiptUrl: 'https://receipts.example/1',
  })
  expect(addOn.status).toEqual({
    kind: 'active',
    since: harness.now,
    by: 'Olive',
    seats: 15,
    reference: purchase.id,
    receiptUrl: 'https://receipts.example/1',
  })
  expect(addOn.pendingPurchase).toBeNull()
})

test('another amount than the one that was shown is told as it is', async () => {
  const harness = new Harness()
  harness.billing.amount = { amount: 99_999, currency: 'USD' }
  const { purchase } = purchaseOf(await harness.buy(await harness.preview()))
  expect(purchase).toMatchObject({ status: 'completed', charged: { amount: 99_999, currency: 'USD' } })
})

test('subscribing during a trial ends it at once', async () => {
  const harness = new Harness()
  await harness.post('startTrial')
  harness.pass(5 * minute)
  await harness.buy(await harness.preview())
  expect((await harness.record()).trial).toMatchObject({ endsAt: harness.now })
  await harness.store.endAddOn(harness.account.id, analytics)
  expect((await harness.told())?.status).toEqual({ kind: 'trial-ended', endedAt: harness.now })
})

test('without a payment method on file nothing is charged, whatever the screen says', async () => {
  const backend = new Harness({ account: { payment: null } })
  const preview = await backend.preview()
  expect(preview.payment).toBeNull()
  const { status, body } = await backend.buy(preview)
  expect([status, body]).toMatchObject([402, { code: 'payment-declined' }])
  expect(backend.billing.calls).toEqual([])
})

test('a payment method that went after the price was shown pays nothing', async () => {
  const backend = new Harness()
  const preview = await backend.preview()
  backend.account = { ...backend.account, payment: null }
  expect((await backend.buy(preview)).status).toBe(402)
  expect(backend.billing.payments).toEqual([])
})
