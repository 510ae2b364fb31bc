import { describe, expect, test, vi } from 'vitest'
import { expectedOf } from '../../src/domain/purchase.js'
import type { PendingRecord } from '../../src/server/index.js'
import type { BankMood } from './FakeBilling.js'
import { type Answer, analytics, Harness, minute, people, problemOf, purchaseOf, refusalIn } from './harness.js'

const key = '00000000-0000-4000-8000-00000000000b'
const statusesOf = (answers: readonly Answer[]) => answers.map(({ status }) => status).sort()

/** A purchase by Olive that billing did not finish. */
async function pendingPurchase(mood: BankMood, harness = new Harness()) {
  harness.billing.mood = mood
  const preview = await harness.preview()
  const answer = await harness.buy(preview, { key })
  harness.billing.mood = 'paid'
  const { pending } = await harness.record()
  return { harness, preview, answer, pending, again: () => harness.buy(preview, { key }) }
}

function attemptOf(pending: PendingRecord | null): string {
  if (!pending) throw new TypeError('Nothing is pending.')
  return pending.attemptId
}

describe('in parallel', () => {
  test('50 POSTs by two Owners under as many keys are one charge', async () => {
    const harness = new Harness()
    const previews = [await harness.preview(people.olive), await harness.preview(people.otto)] as const
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        index % 2 === 0
          ? harness.buy(previews[0], { as: people.olive })
          : harness.buy(previews[1], { as: people.otto }),
      ),
    )
    harness.expectOneCharge(previews[0].dueNow)
    expect(harness.billing.count('charge')).toBe(1)
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    const buyer = (await harness.record()).sale?.by
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expect(['purchase-pending', 'already-purchased']).toContain(problemOf(answer).code)
      expect(problemOf(answer).purchasedBy).toBe(buyer)
    }
    expect(harness.notifications).toHaveLength(1)
  })

  test('50 POSTs while billing takes its time: the others are told who is buying', async () => {
    const harness = new Harness()
    const [mine, theirs] = [await harness.preview(people.olive), await harness.preview(people.otto)]
    const release = harness.billing.hold()
    const first = harness.buy(mine, { as: people.olive })
    await vi.waitFor(() => expect(harness.billing.count('charge')).toBe(1))
    const others = await Promise.all(Array.from({ length: 25 }, () => harness.buy(theirs, { as: people.otto })))
    for (const answer of others) {
      expect(refusalIn(answer)).toBe('409 purchase-pending purchase-pending')
      expect(problemOf(answer).purchasedBy).toBe('Olive')
    }
    release()
    expect((await first).status).toBe(201)
    harness.expectOneCharge(mine.dueNow)
  })

  test('one key ten times: one runs, the others are told to ask again', async () => {
    const harness = new Harness()
    const preview = await harness.preview()
    const release = harness.billing.hold()
    const first = harness.buy(preview, { key })
    await vi.waitFor(() => expect(harness.billing.count('charge')).toBe(1))
    const others = await Promise.all(Array.from({ length: 9 }, () => harness.buy(preview, { key })))
    for (const answer of others) {
      expect(refusalIn(answer)).toBe('409 request-in-progress')
      expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0)
    }
    release()
    const answer = await first
    expect(answer.status).toBe(201)
    expect(await harness.buy(preview, { key })).toMatchObject({ status: 201, body: answer.body })
    harness.expectOneCharge(preview.dueNow)
    expect(harness.billing.calls).toHaveLength(1)
    expect(harness.notifications).toHaveLength(1)
  })

  test('one key by one request after the other, without waiting: one charge, one outcome', async () => {
    const harness = new Harness()
    const preview = await harness.preview()
    const answers = await Promise.all(Array.from({ length: 10 }, () => harness.buy(preview, { key })))
    expect(statusesOf(answers)[0]).toBe(201)
    for (const answer of answers) if (answer.status !== 201) expect(refusalIn(answer)).toBe('409 request-in-progress')
    harness.expectOneCharge(preview.dueNow)
    expect(harness.notifications).toHaveLength(1)
  })

  test('one preview under ten keys is one charge', async () => {
    const harness = new Harness()
    const preview = await harness.preview()
    const answers = await Promise.all(Array.from({ length: 10 }, () => harness.buy(preview)))
    expect(statusesOf(answers)[0]).toBe(201)
    harness.expectOneCharge(preview.dueNow)
  })

  test('two add-ons and two accounts do not stand in each other’s way', async () => {
    const harness = new Harness()
    const answers = await Promise.all([
      harness.preview().then((preview) => harness.buy(preview)),
      harness.preview(people.otto, 'ai-assist').then((preview) => harness.buy(preview, { as: people.otto })),
      harness.preview(people.stranger).then((preview) => harness.buy(preview, { as: people.stranger })),
    ])
    expect(statusesOf(answers)).toEqual([201, 201, 201])
    expect(harness.billing.payments).toHaveLength(3)
  })
})

describe.each(['processing', 'action-needed'] as const)('a purchase that is %s', (state) => {
  test('is answered with 202, and shown to its buyer with the way back into it', async () => {
    const { harness, preview, answer } = await pendingPurchase(state)
    expect(answer.status).toBe(202)
    const { purchase, addOn } = purchaseOf(answer)
    expect(purchase).toMatchObject({
      status: state,
      seats: 15,
      purchasedBy: 'Olive',
      requestedAt: harness.now,
      ...(state === 'action-needed' && { action: { type: 'redirect' } }),
    })
    const { previewId } = preview
    expect(addOn.pendingPurchase).toEqual({
      state,
      startedAt: harness.now,
      by: 'Olive',
      mine: true,
      resume: { idempotencyKey: key, previewId, expected: expectedOf(preview) },
    })
    expect(harness.notifications).toEqual([])
  })

  test('is shown to everybody else without that way, and nobody else can buy, quote or try', async () => {
    const { harness } = await pendingPurchase(state)
    for (const viewer of [people.otto, people.ada, people.sunny]) {
      expect((await harness.told(viewer))?.pendingPurchase).toEqual({
        state,
        startedAt: harness.now,
        by: 'Olive',
        mine: false,
      })
    }
    const otto = { as: people.otto }
    expect(refusalIn(await harness.post('previewPurchase', otto))).toBe('409 purchase-pending purchase-pending')
    expect(refusalIn(await harness.post('startTrial', otto))).toBe('409 purchase-pending purchase-pending')
    expect(refusalIn(await harness.post('requestQuote', otto))).toBe('409 purchase-pending purchase-pending')
    expect((await harness.post('requestFeature', { as: people.sunny })).status).toBe(201)
  })

  test('cannot be bought a second time by its own buyer under another key', async () => {
    const { harness, preview } = await pendingPurchase(state)
    const answer = await harness.buy(preview)
    expect(refusalIn(answer)).toBe('409 purchase-pending purchase-pending')
    expect(problemOf(answer).purchasedBy).toBe('Olive')
    expect(harness.billing.count('charge')).toBe(1)
  })

  test('stays so while billing says so: the same key asks again, and nothing is charged again', async () => {
    const { harness, answer, again } = await pendingPurchase(state)
    const next = await again()
    expect(next.status).toBe(202)
    expect(purchaseOf(next).purchase).toEqual(purchaseOf(answer).purchase)
    expect(harness.billing.count('charge')).toBe(1)
  })

  test('is completed under the same key once it is paid, at the price that was locked', async () => {
    const { harness, preview, pending, again } = await pendingPurchase(state)
    harness.pass(20 * minute)
    harness.bill({ seats: { standardLicenses: 99, additionalUsers: 0 } })
    harness.billing.pay(attemptOf(pending), preview)
    const { purchase, addOn } = purchaseOf(await again())
    expect(purchase).toMatchObject({
      status: 'completed',
      charged: preview.dueNow,
      seats: 15,
      purchasedAt: harness.now,
    })
    expect(addOn).toMatchObject({ status: { kind: 'active', by: 'Olive' }, pendingPurchase: null })
    expect((await again()).status).toBe(201)
    harness.expectOneCharge(preview.dueNow)
    expect(harness.billing.count('charge')).toBe(1)
    expect(harness.notifications.map(({ type }) => type)).toEqual(['purchased'])
  })

  test('is completed by anybody’s look at the plan, in the name of its buyer', async () => {
    const { harness, preview, pending, again } = await pendingPurchase(state)
    harness.billing.pay(attemptOf(pending), preview)
    expect((await harness.told(people.gus))?.status).toEqual({ kind: 'active', since: harness.now })
    expect((await harness.record()).sale).toMatchObject({ by: 'Olive', seats: 15 })
    expect(harness.notifications).toMatchObject([{ type: 'purchased', from: { id: 'usr_olive', role: 'owner' } }])
    expect((await again()).status).toBe(201)
    expect(harness.notifications).toHaveLength(1)
  })

  test('is told of once, however many look at the same time', async () => {
    const { harness, preview, pending } = await pendingPurchase(state)
    harness.billing.pay(attemptOf(pending), preview)
    await Promise.all([
      harness.get(),
      harness.get(people.otto),
      harness.buy(preview, { key }),
      harness.get(people.sunny),
    ])
    expect(harness.notifications).toHaveLength(1)
    harness.expectOneCharge(preview.dueNow)
  })

  test('is released when billing declines it, and its key keeps that', async () => {
    const { harness, preview, pending, again } = await pendingPurchase(state)
    harness.billing.known.set(attemptOf(pending), { status: 'declined' })
    expect(refusalIn(await again())).toBe('402 payment-declined')
    expect(refusalIn(await again())).toBe('402 payment-declined')
    expect((await harness.record()).pending).toBeNull()
    expect((await harness.buy(preview)).status).toBe(201)
    harness.expectOneCharge(preview.dueNow)
  })

  test('does not let a demoted buyer go on; the plan closes it as bought', async () => {
    const { harness, preview, pending } = await pendingPurchase(state)
    const demoted = { ...people.olive, role: 'admin' }
    expect(refusalIn(await harness.buy(preview, { key, as: demoted }))).toBe('403 forbidden role')
    harness.billing.pay(attemptOf(pending), preview)
    expect((await harness.told(demoted))?.status).toMatchObject({ kind: 'active', by: 'Olive' })
  })

  test('is nobody else’s: the same key of another Owner is another purchase', async () => {
    const { harness, preview } = await pendingPurchase(state)
    expect(refusalIn(await harness.buy(preview, { key, as: people.otto }))).toBe(
      '409 purchase-pending purchase-pending',
    )
  })
})

test('a purchase may first need a person and then be processing', async () => {
  const { harness, pending, again } = await pendingPurchase('action-needed')
  harness.billing.known.set(attemptOf(pending), { status: 'processing' })
  expect((await harness.told(people.otto))?.pendingPurchase?.state).toBe('processing')
  expect(purchaseOf(await again()).purchase.status).toBe('processing')
})

describe('billing.charge throws', () => {
  test('before the money moved: the purchase stays reserved, and the same key buys', async () => {
    const { harness, preview, answer, again } = await pendingPurchase('throw-before')
    expect(refusalIn(answer)).toBe('503 unavailable')
    expect(answer.headers.get('Retry-After')).toBe('2')
    expect(JSON.stringify(answer.body)).not.toContain('secret')
    expect(refusalIn(await harness.post('previewPurchase', { as: people.otto }))).toBe(
      '409 purchase-pending purchase-pending',
    )
    expect((await again()).status).toBe(201)
    harness.expectOneCharge(preview.dueNow)
  })

  test('after the money moved: it is found out at once', async () => {
    const { harness, preview, answer } = await pendingPurchase('throw-after')
    expect(answer.status).toBe(201)
    harness.expectOneCharge(preview.dueNow)
    expect(harness.notifications).toHaveLength(1)
  })

  test('after the money moved, and nobody can be asked: nothing is released, and the same key finds it', async () => {
    const harness = new Harness()
    harness.billing.isDown.lookup = true
    const { preview, answer, again } = await pendingPurchase('throw-after', harness)
    expect(refusalIn(answer)).toBe('503 unavailable')
    expect(refusalIn(await again())).toBe('503 unavailable')
    expect((await harness.get()).status).toBe(200)
    expect((await harness.record()).pending).not.toBeNull()
    harness.billing.isDown.lookup = false
    expect((await again()).status).toBe(201)
    harness.expectOneCharge(preview.dueNow)
    expect(harness.billing.count('charge')).toBe(1)
  })

  test('after the money moved, and a look at the plan finds it', async () => {
    const harness = new Harness()
    harness.billing.isDown.lookup = true
    const { preview } = await pendingPurchase('throw-after', harness)
    harness.billing.isDown.lookup = false
    expect((await harness.told())?.status.kind).toBe('active')
    harness.expectOneCharge(preview.dueNow)
  })

  test('while the bank knows no more than that it never arrived: answered as unavailable, and kept', async () => {
    const { harness, answer, again, preview } = await pendingPurchase('none')
    expect(refusalIn(answer)).toBe('503 unavailable')
    expect((await harness.record()).pending).not.toBeNull()
    expect((await again()).status).toBe(201)
    harness.expectOneCharge(preview.dueNow)
  })
})

describe('a server that dies while billing is asked', () => {
  /** What is left: the reservation with its lease, and the charge as far as it came. */
  async function killed(hasCharged: boolean) {
    const harness = new Harness()
    const preview = await harness.preview()
    // Never answered: this request dies with its server.
    harness.billing.hold()
    void harness.buy(preview, { key })
    await vi.waitFor(async () => expect((await harness.record()).pending).not.toBeNull())
    const { pending } = await harness.record()
    if (hasCharged) harness.billing.pay(attemptOf(pending), preview)
    const after = new Harness({ store: harness.store, billing: bankAfter(harness) })
    after.now = harness.now
    return { harness, after, preview }
  }

  /** The same bank, without the hold. */
  function bankAfter({ billing }: Harness) {
    return {
      preview: billing.preview,
      lookup: (attemptId: string) => billing.lookup(attemptId),
      cancel: (attemptId: string) => billing.cancel(attemptId),
      charge: ({ attemptId, preview }: Parameters<typeof billing.charge>[0]) => {
        billing.calls.push(`charge ${attemptId}`)
        return billing.known.get(attemptId) ?? billing.pay(attemptId, preview)
      },
    }
  }

  test('is taken over a minute later by the same key: charged once if it was, or now', async () => {
    for (const hasCharged of [true, false]) {
      const { harness, after, preview } = await killed(hasCharged)
      expect(refusalIn(await after.buy(preview, { key }))).toBe('409 request-in-progress')
      after.pass(minute)
      expect((await after.buy(preview, { key })).status).toBe(201)
      harness.expectOneCharge(preview.dueNow)
    }
  })

  test('is found by a look at the plan if it was charged, and left alone if not', async () => {
    const paid = await killed(true)
    paid.after.pass(minute)
    expect((await paid.after.told(people.otto))?.status.kind).toBe('active')
    paid.harness.expectOneCharge(paid.preview.dueNow)

    const unpaid = await killed(false)
    unpaid.after.pass(minute)
    expect((await unpaid.after.told(people.otto))?.pendingPurchase).toMatchObject({ by: 'Olive' })
    expect(unpaid.harness.billing.payments).toEqual([])
  })

  test('nobody asks billing about it in that minute', async () => {
    const { harness, after } = await killed(false)
    await after.get(people.otto)
    expect(harness.billing.count('lookup')).toBe(0)
  })
})

describe('after 30 minutes', () => {
  const late = 30 * minute

  test('it is cancelled and released, if billing then says that it never arrived', async () => {
    const { harness, preview, pending, again } = await pendingPurchase('none')
    harness.pass(late)
    const { status, pendingPurchase: shown } = (await harness.told(people.otto)) ?? {}
    expect([status, shown]).toEqual([{ kind: 'available' }, null])
    expect(harness.billing.calls.slice(-2)).toEqual([`cancel ${attemptOf(pending)}`, `lookup ${attemptOf(pending)}`])
    expect(refusalIn(await again())).toBe('410 preview-expired')
    expect(refusalIn(await harness.buy(preview))).toBe('410 preview-expired')
    expect((await harness.buy(await harness.preview(people.otto), { as: people.otto })).status).toBe(201)
    expect(harness.billing.payments).toHaveLength(1)
  })

  test('it is released as declined, if billing then says so', async () => {
    const { harness, pending, again } = await pendingPurchase('processing')
    harness.billing.known.set(attemptOf(pending), { status: 'declined' })
    harness.pass(late)
    expect(refusalIn(await again())).toBe('402 payment-declined')
    expect((await harness.record()).pending).toBeNull()
  })

  test('it is bought, if billing then says that it was paid after all', async () => {
    const { harness, preview, pending, again } = await pendingPurchase('processing')
    harness.billing.pay(attemptOf(pending), preview)
    harness.pass(late)
    expect((await again()).status).toBe(201)
    harness.expectOneCharge(preview.dueNow)
  })

  test.each(['processing', 'action-needed'] as const)('it is kept while billing still says %s', async (state) => {
    const { harness, again } = await pendingPurchase(state)
    harness.pass(late)
    expect((await again()).status).toBe(202)
    expect((await harness.told(people.otto))?.pendingPurchase).toMatchObject({ state, by: 'Olive' })
    expect(harness.billing.count('cancel')).toBeGreaterThan(0)
    expect(harness.billing.count('charge')).toBe(1)
  })

  test.each([
    ['cancel', { cancel: true, lookup: false }],
    ['lookup', { cancel: false, lookup: true }],
    ['both', { cancel: true, lookup: true }],
  ] as const)('it is not released while %s throws, however late it is', async (_, isDown) => {
    const { harness } = await pendingPurchase('none')
    harness.billing.isDown = isDown
    harness.pass(late)
    for (let hour = 0; hour < 5; hour += 1) {
      harness.pass(60 * minute)
      expect((await harness.told(people.otto))?.pendingPurchase).toMatchObject({ by: 'Olive' })
      expect(refusalIn(await harness.post('previewPurchase', { as: people.otto }))).toBe(
        '409 purchase-pending purchase-pending',
      )
    }
    harness.billing.isDown = { cancel: false, lookup: false }
    expect((await harness.told(people.otto))?.pendingPurchase).toBeNull()
  })

  test('not a millisecond earlier', async () => {
    const { harness } = await pendingPurchase('none')
    harness.pass(late - 1)
    await harness.get()
    await harness.post('previewPurchase', { as: people.otto })
    expect(harness.billing.count('cancel')).toBe(0)
    expect((await harness.record()).pending).not.toBeNull()
  })

  test('the next buyer’s POST does it too', async () => {
    const { harness } = await pendingPurchase('none')
    harness.pass(late)
    const preview = await harness.preview(people.otto)
    expect((await harness.buy(preview, { as: people.otto })).status).toBe(201)
    expect(harness.billing.payments).toHaveLength(1)
  })

  test('a purchase that billing is being asked about is left alone', async () => {
    const { harness, preview } = await pendingPurchase('none')
    harness.pass(late - 30_000)
    const release = harness.billing.hold()
    const resumed = harness.buy(preview, { key })
    await vi.waitFor(() => expect(harness.billing.count('charge')).toBe(2))
    harness.pass(30_000)
    await harness.get()
    expect(harness.billing.count('cancel')).toBe(0)
    release()
    expect((await resumed).status).toBe(201)
    harness.expectOneCharge(preview.dueNow)
  })
})

describe('sold outside of the kit while a purchase is on its way', () => {
  const sell = (harness: Harness) =>
    harness.store.recordSale(harness.account.id, analytics, { since: harness.now, by: 'Sales', reference: 'contract' })

  test('that never arrived: its buyer’s retry does not charge for it again', async () => {
    const { harness, again } = await pendingPurchase('throw-before')
    await sell(harness)
    await again()
    expect(harness.billing.payments).toEqual([])
    expect((await harness.told())?.status).toMatchObject({ kind: 'active', by: 'Sales' })
  })

  test('that never arrived: after 30 minutes it is cancelled, and the sale stands', async () => {
    const { harness, again } = await pendingPurchase('throw-before')
    await sell(harness)
    harness.pass(30 * minute)
    expect(problemOf(await again()).status).toBe(410)
    expect(await harness.record()).toMatchObject({ pending: null, sale: { by: 'Sales', reference: 'contract' } })
    expect(harness.billing.payments).toEqual([])
  })

  test('that was paid, and whose answer was lost: it is completed', async () => {
    const harness = new Harness()
    harness.billing.isDown.lookup = true
    const { preview, again } = await pendingPurchase('throw-after', harness)
    await sell(harness)
    harness.billing.isDown.lookup = false
    expect(purchaseOf(await again()).purchase).toMatchObject({ status: 'completed', charged: preview.dueNow })
    harness.expectOneCharge(preview.dueNow)
  })
})

test('included by an upgrade while a purchase never arrived: its retry does not charge for it', async () => {
  const harness = new Harness()
  harness.billing.mood = 'throw-before'
  const preview = await harness.preview(people.olive, 'ai-assist')
  await harness.buy(preview, { key })
  harness.billing.mood = 'paid'
  harness.account = { ...harness.account, plan: { id: 'professional', name: 'Professional' } }
  await harness.buy(preview, { key })
  expect(harness.billing.payments).toEqual([])
})

test('a purchase under way whose key has expired is still the same one to its buyer', async () => {
  const { harness, preview, pending } = await pendingPurchase('processing')
  harness.pass(31 * 24 * 60 * minute)
  await harness.post('startTrial', { addOnId: 'ai-assist' })
  expect((await harness.buy(preview, { key })).status).toBe(202)
  harness.billing.pay(attemptOf(pending), preview)
  expect(refusalIn(await harness.buy(preview, { key }))).toBe('409 already-purchased already-purchased')
  harness.expectOneCharge(preview.dueNow)
})
