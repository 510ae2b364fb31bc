import { expect, test } from 'vitest'
import { createLedgerBilling, prorate } from '../../src/server/index.js'
import { accountWith, Harness, purchaseOf } from './harness.js'

const input = { account: accountWith(), addOnId: 'x', seats: 15, unitPrice: { amount: 1500, currency: 'USD' } }

test('the ledger prices by prorate', async () => {
  const { lines } = await createLedgerBilling().preview({ ...input, at: '2026-03-09T00:00:00.000Z' })
  const amount = prorate({ amount: 22_500, period: input.account.billing.period, at: '2026-03-09T00:00:00.000Z' })
  expect(lines).toEqual([{ kind: 'prorated', amount: { amount, currency: 'USD' } }])
})

test('a price that is not exact any more is refused', () => {
  const at = '2026-03-09T00:00:00.000Z'
  const unitPrice = { amount: Number.MAX_SAFE_INTEGER, currency: 'USD' }
  expect(() => createLedgerBilling().preview({ ...input, unitPrice, at })).toThrow(RangeError)
})

test('the ledger knows what it charged, and of nothing else', async () => {
  const ledger = createLedgerBilling()
  const preview = await new Harness().preview()
  expect(await ledger.lookup('pur_1')).toEqual({ status: 'none' })
  expect(await ledger.charge({ attemptId: 'pur_1', preview })).toEqual({ status: 'paid', amount: preview.dueNow })
  expect(await ledger.lookup('pur_1')).toEqual({ status: 'paid', amount: preview.dueNow })
  expect(await ledger.lookup('constructor')).toEqual({ status: 'none' })
  await ledger.cancel('pur_1')
  expect(await ledger.lookup('pur_1')).toEqual({ status: 'paid', amount: preview.dueNow })
})

test('a cancellation that comes after the charge does not turn it into a declined one', async () => {
  const ledger = createLedgerBilling()
  const preview = await new Harness().preview()
  await ledger.charge({ attemptId: 'pur_1', preview })
  await ledger.cancel('pur_1')
  expect(await ledger.charge({ attemptId: 'pur_1', preview })).toEqual({ status: 'paid', amount: preview.dueNow })
})

test('a handler without a billing of its own sells by the ledger', async () => {
  const harness = new Harness({ billing: undefined })
  const preview = await harness.preview()
  expect(purchaseOf(await harness.buy(preview)).purchase).toMatchObject({
    status: 'completed',
    charged: preview.dueNow,
  })
})
