import { describe, expect, test, vi } from 'vitest'
import { createUuid } from '../../src/protocol/uuid.js'
import { createLedgerBilling } from '../../src/server/index.js'
import { analytics, Harness, minute, people } from './harness.js'

const tick = () => new Promise((resolve) => setTimeout(resolve, 20))

test('a plan read that cancels an old attempt does not release it under a buyer who is being charged', async () => {
  const backend = new Harness()
  const preview = await backend.preview()
  const key = createUuid()
  backend.billing.mood = 'throw-before'
  await backend.buy(preview, { key })
  backend.billing.mood = 'paid'
  backend.pass(31 * minute)

  const finishCharge = backend.billing.hold()
  let finishCancel = () => {}
  backend.billing.cancel = () =>
    new Promise<void>((resolve) => {
      finishCancel = resolve
    })
  const read = backend.get()
  await tick()
  const resumed = backend.buy(preview, { key })
  await tick()
  finishCancel()
  finishCharge()
  await read
  const statuses = [(await resumed).status, (await backend.buy(await backend.preview())).status]

  expect(backend.billing.payments.length).toBeLessThanOrEqual(1)
  expect(statuses.filter((status) => status === 201)).toHaveLength(backend.billing.payments.length)
})

test('a charge that went through after its attempt was given up is recorded as bought', async () => {
  const backend = new Harness()
  const preview = await backend.preview()
  // A bank that says yes to a cancellation and pays nevertheless.
  backend.billing.cancel = () => Promise.resolve()
  const finishCharge = backend.billing.hold()
  const bought = backend.buy(preview)
  await tick()
  backend.pass(31 * minute)
  await backend.get()
  expect((await backend.record()).pending).toBeNull()
  finishCharge()

  expect((await bought).status).toBe(201)
  expect(backend.billing.payments).toHaveLength(1)
  expect((await backend.record()).sale).not.toBeNull()
})

test('the ledger charges no attempt that was cancelled before', async () => {
  const ledger = createLedgerBilling()
  const backend = new Harness()
  const preview = await backend.preview()
  await ledger.cancel('early')
  expect(await ledger.charge({ attemptId: 'early', preview })).toEqual({ status: 'declined' })
  await ledger.charge({ attemptId: 'late', preview })
  await ledger.cancel('late')
  expect(await ledger.lookup('late')).toMatchObject({ status: 'paid' })
})

test('a repeat long after the press, of an attempt that could not be cancelled, is not charged any more', async () => {
  const backend = new Harness()
  const preview = await backend.preview()
  const key = createUuid()
  backend.billing.mood = 'throw-before'
  expect((await backend.buy(preview, { key })).status).toBe(503)
  backend.billing.mood = 'paid'
  backend.billing.isDown.cancel = true
  backend.pass(29 * minute)
  backend.billing.isDown.lookup = true
  expect((await backend.buy(preview, { key })).status).toBe(503)
  backend.billing.isDown.lookup = false
  backend.pass(1 * minute)
  expect((await backend.buy(preview, { key })).status).toBe(503)
  expect(backend.billing.payments).toEqual([])
})

test('a payment that billing reports after its attempt was released and somebody else bought is logged for a refund', async () => {
  const logged = vi.spyOn(console, 'error').mockReturnValue()
  const backend = new Harness()
  const preview = await backend.preview()
  // A bank that says yes to a cancellation and pays nevertheless.
  backend.billing.cancel = () => Promise.resolve()
  const finishCharge = backend.billing.hold()
  const late = backend.buy(preview)
  await tick()
  backend.pass(31 * minute)
  await backend.get()
  const second = backend.buy(await backend.preview(people.otto), { as: people.otto })
  await tick()
  finishCharge()
  await Promise.all([late, second])
  expect(backend.billing.payments).toHaveLength(2)
  const { attemptId } = backend.billing.payments[0] ?? {}
  const { attemptId: other } = backend.billing.payments[1] ?? {}
  const sold = (await backend.record()).sale?.reference
  expect([attemptId, other]).toContain(sold)
  expect(logged.mock.calls.flat().join()).toContain(sold === attemptId ? other : attemptId)
  logged.mockRestore()
})

describe('a purchase with nothing due today, whose server was killed after the reservation', () => {
  async function killed() {
    const backend = new Harness()
    backend.billing.preview = () => ({ lines: [] })
    const key = createUuid()
    const preview = await backend.preview()
    expect(preview.dueNow.amount).toBe(0)
    const { transaction } = backend.store
    let isReserved = false
    Object.assign(backend.store, {
      async transaction(...call: Parameters<typeof transaction>) {
        if (isReserved) throw new Error('killed')
        const result = await transaction(...call)
        isReserved = (await transaction(backend.account.id, (records) => records.readAddOn(analytics))).pending !== null
        return result
      },
    })
    vi.spyOn(console, 'error').mockReturnValueOnce()
    expect((await backend.buy(preview, { key })).status).toBe(500)
    Object.assign(backend.store, { transaction })
    expect((await backend.record()).pending).not.toBeNull()
    return { backend, buyAgain: () => backend.buy(preview, { key }) }
  }

  test('is not sold two days late', async () => {
    const { backend, buyAgain } = await killed()
    backend.billing.isDown.cancel = true
    backend.pass(2 * 24 * 60 * minute)
    expect((await buyAgain()).status).toBe(503)
    expect((await backend.record()).sale).toBeNull()
  })

  test('does not take the place of what was sold elsewhere meanwhile', async () => {
    const { backend, buyAgain } = await killed()
    backend.pass(2 * minute)
    const sale = { since: backend.now, by: 'Account manager', seats: 15, reference: 'outside' }
    await backend.store.transaction(backend.account.id, async (records) => {
      await records.writeAddOn(analytics, { ...(await records.readAddOn(analytics)), sale })
    })
    await buyAgain()
    expect((await backend.record()).sale?.reference).toBe('outside')
  })
})
