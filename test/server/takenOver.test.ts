import { describe, expect, test, vi } from 'vitest'
import { createUuid } from '../../src/protocol/uuid.js'
import type { ChargeResult } from '../../src/server/index.js'
import { analytics, day, Harness, minute, people, problemOf, purchaseOf, refusalIn } from './harness.js'

/** Waits until the bank has been asked for money so many times. */
const untilCharged = (backend: Harness, times: number) =>
  vi.waitUntil(() => backend.billing.count('charge') === times, { interval: 1 })

/** A backend whose bank keeps the next charge waiting, and then says what it is told. */
function backendWithSlowCharge() {
  const backend = new Harness()
  let say = (_: ChargeResult) => {}
  const charge = backend.billing.charge.bind(backend.billing)
  backend.billing.charge = (input) => {
    backend.billing.charge = charge
    backend.billing.calls.push(`charge ${input.attemptId}`)
    return new Promise((resolve) => {
      say = resolve
    })
  }
  return { backend, say: (result: ChargeResult) => say(result) }
}

describe('a request whose bank takes longer than its lease', () => {
  async function takeOver() {
    const { backend, say } = backendWithSlowCharge()
    const preview = await backend.preview()
    const key = createUuid()
    const first = backend.buy(preview, { key })
    await untilCharged(backend, 1)
    backend.pass(minute)
    return { backend, say, preview, key, first, again: () => backend.buy(preview, { key }) }
  }

  test('answers what a later request under its key found out, and nobody is told twice', async () => {
    const { backend, say, preview, first, again } = await takeOver()
    const second = await again()
    const before = await backend.record()
    backend.pass(1000)
    say({ status: 'paid', amount: preview.dueNow })
    expect(purchaseOf(await first).purchase).toEqual(purchaseOf(second).purchase)
    expect(await backend.record()).toEqual(before)
    expect(backend.notifications).toHaveLength(1)
    backend.expectOneCharge(preview.dueNow)
  })

  test.each<ChargeResult>([{ status: 'declined' }, { status: 'none' }, { status: 'processing' }])(
    'does not speak for the one that has taken over ($status)',
    async (result) => {
      const { backend, say, preview, first, again } = await takeOver()
      const finish = backend.billing.hold()
      const second = again()
      await untilCharged(backend, 2)
      const before = await backend.record()
      say(result)
      const answer = await first
      expect(refusalIn(answer)).toBe('409 request-in-progress')
      expect(problemOf(answer).retryAfter).toBe(1)
      expect(answer.headers.get('Retry-After')).toBe('1')
      expect(await backend.record()).toEqual(before)
      finish()
      expect((await second).status).toBe(201)
      backend.expectOneCharge(preview.dueNow)
    },
  )

  test('records money that moved, also while another one has taken over; nobody is told twice', async () => {
    const { backend, say, preview, first, again } = await takeOver()
    const finish = backend.billing.hold()
    const second = again()
    await untilCharged(backend, 2)
    const pending = await backend.record()
    if (!pending.pending) throw new TypeError('Nothing is pending.')
    say(backend.billing.pay(pending.pending.attemptId, preview))
    expect((await first).status).toBe(201)
    expect((await backend.record()).sale).not.toBeNull()
    finish()
    expect(purchaseOf(await second).purchase).toEqual(purchaseOf(await first).purchase)
    expect(backend.notifications).toHaveLength(1)
    backend.expectOneCharge(preview.dueNow)
  })
})

describe('a charge that is answered after its attempt was given up', () => {
  async function giveUp() {
    const { backend, say } = backendWithSlowCharge()
    const preview = await backend.preview()
    const late = backend.buy(preview)
    await untilCharged(backend, 1)
    backend.pass(31 * minute)
    await backend.get()
    expect((await backend.record()).pending).toBeNull()
    return { backend, say, preview, late }
  }

  test('with no is told that its price has expired, and leaves another purchase under way alone', async () => {
    const { backend, say, late } = await giveUp()
    backend.billing.mood = 'processing'
    const other = await backend.buy(await backend.preview(people.otto), { as: people.otto })
    expect(other.status).toBe(202)
    const before = await backend.record()
    say({ status: 'declined' })
    expect(refusalIn(await late)).toBe('410 preview-expired')
    expect(await backend.record()).toEqual(before)
    expect(backend.notifications).toEqual([])
  })

  test('with yes does not take the place of another purchase under way', async () => {
    const { backend, say, preview, late } = await giveUp()
    backend.billing.mood = 'processing'
    await backend.buy(await backend.preview(people.otto), { as: people.otto })
    const before = await backend.record()
    say({ status: 'paid', amount: preview.dueNow })
    expect(refusalIn(await late)).toBe('410 preview-expired')
    expect(await backend.record()).toEqual(before)
  })

  test('with yes does not take the place of another purchase that went through', async () => {
    const { backend, say, preview, late } = await giveUp()
    await backend.buy(await backend.preview(people.otto), { as: people.otto })
    const before = await backend.record()
    say({ status: 'paid', amount: preview.dueNow })
    expect(refusalIn(await late)).toBe('410 preview-expired')
    expect(await backend.record()).toEqual(before)
    expect(backend.notifications).toHaveLength(1)
  })

  test('with yes, where nobody else has bought, is bought and told', async () => {
    const { backend, say, preview, late } = await giveUp()
    say({ status: 'paid', amount: preview.dueNow })
    expect((await late).status).toBe(201)
    expect((await backend.record()).sale).toMatchObject({ by: 'Olive', seats: 15 })
    expect(backend.notifications).toMatchObject([{ type: 'purchased', from: { name: 'Olive' } }])
  })

  test('with “processing” is not under way again', async () => {
    const { backend, say, late } = await giveUp()
    say({ status: 'processing' })
    expect(refusalIn(await late)).toBe('410 preview-expired')
    expect((await backend.record()).pending).toBeNull()
  })
})

describe('while a purchase is pending', () => {
  test('others are told that it is being processed from the moment it is reserved', async () => {
    const backend = new Harness()
    const finish = backend.billing.hold()
    const bought = backend.buy(await backend.preview())
    await untilCharged(backend, 1)
    expect((await backend.told(people.otto))?.pendingPurchase).toMatchObject({ state: 'processing', by: 'Olive' })
    expect((await backend.record()).pending?.state).toBe('processing')
    finish()
    await bought
  })

  test('and the bank has done with its question, it is being processed again', async () => {
    const backend = new Harness()
    backend.billing.mood = 'action-needed'
    await backend.buy(await backend.preview())
    expect((await backend.told())?.pendingPurchase?.state).toBe('action-needed')
    const { pending } = await backend.record()
    if (!pending) throw new TypeError('Nothing is pending.')
    backend.billing.known.set(pending.attemptId, { status: 'processing' })
    expect((await backend.told())?.pendingPurchase?.state).toBe('processing')
    expect((await backend.record()).pending?.state).toBe('processing')
  })

  test.each(['processing', 'action-needed', 'none'] as const)(
    '(%s) nobody is told that it was bought',
    async (mood) => {
      const backend = new Harness()
      backend.billing.mood = mood
      await backend.buy(await backend.preview())
      await backend.get()
      expect(backend.notifications).toEqual([])
    },
  )

  test('a POST leaves billing alone for half an hour, and then asks about it', async () => {
    const backend = new Harness()
    backend.billing.mood = 'processing'
    await backend.buy(await backend.preview())
    const post = () => backend.post('previewPurchase', { as: people.otto })
    backend.pass(30 * minute - 1)
    expect(refusalIn(await post())).toBe('409 purchase-pending purchase-pending')
    expect([backend.billing.count('lookup'), backend.billing.count('cancel')]).toEqual([0, 0])
    backend.pass(1)
    expect(refusalIn(await post())).toBe('409 purchase-pending purchase-pending')
    expect([backend.billing.count('lookup'), backend.billing.count('cancel')]).toEqual([1, 1])
  })

  test('a POST for another add-on leaves billing alone', async () => {
    const backend = new Harness()
    backend.billing.mood = 'processing'
    await backend.buy(await backend.preview())
    backend.pass(31 * minute)
    await backend.preview(people.olive, 'ai-assist')
    expect([backend.billing.count('lookup'), backend.billing.count('cancel')]).toEqual([0, 0])
  })

  test('for longer than keys are kept, its key ends with one answer all the same', async () => {
    const backend = new Harness()
    backend.billing.mood = 'processing'
    const preview = await backend.preview()
    const key = createUuid()
    await backend.buy(preview, { key })
    backend.pass(31 * day)
    // A new key makes the store drop the old one.
    const other = { as: people.sunny, key: createUuid() }
    await backend.post('requestFeature', other)
    const { pending } = await backend.record()
    if (!pending) throw new TypeError('Nothing is pending.')
    backend.billing.pay(pending.attemptId, preview)
    expect((await backend.told())?.status.kind).toBe('active')
    const answers = [await backend.buy(preview, { key }), await backend.buy(preview, { key })]
    expect(answers.map(refusalIn)).toEqual(Array(2).fill('409 already-purchased already-purchased'))
    const reused = await backend.post('requestFeature', { ...other, body: { note: 'another' } })
    expect(refusalIn(reused)).toBe('422 idempotency-key-reused')
    backend.expectOneCharge(preview.dueNow)
  })
})

test('a price of the same amount for another frequency is another price', async () => {
  const backend = new Harness({
    catalog: {
      addOns: [
        {
          id: analytics,
          name: 'Analytics+',
          description: 'Dashboards.',
          prices: { USD: { monthly: 1500, annual: 1500 } },
          plans: { essentials: 'purchasable' },
        },
      ],
    },
  })
  const preview = await backend.preview()
  backend.bill({ frequency: 'annual' })
  const answer = await backend.buy(preview)
  expect(refusalIn(answer)).toBe('409 preview-changed')
  expect(problemOf(answer).preview?.frequency).toBe('annual')
  expect(backend.billing.payments).toEqual([])
})
