import { prorate } from '../../domain/proration.js'
import type { PurchasePreview } from '../../domain/purchase.js'
import type { ContractGroup, ContractTest } from '../ContractGroup.js'
import type { BillingSetup } from '../ContractHarness.js'
import { expectAnswer } from '../expectRefusal.js'
import { expectSame, expectThat } from '../expectSame.js'
import { prorationVectors, roundingVectors } from '../prorationVectors.js'
import { rules } from '../rules.js'
import type { World } from '../World.js'

/** The middle of a month of 30 days. */
const half = {
  period: { start: '2025-06-01T00:00:00Z', end: '2025-07-01T00:00:00Z' },
  at: '2025-06-16T00:00:00Z',
}

const agrees = prorationVectors.map(
  ({ id, currency, amountMinor, periodStart: start, periodEnd: end, at, expectedMinor }): ContractTest => ({
    title: `vector ${id}: ${amountMinor} ${currency} comes to ${expectedMinor}`,
    rule: rules.rounding,
    needs: ['setBilling'],
    async run(world) {
      const preview = await previewWith(world, {
        currency,
        period: { start, end },
        at,
        seats: 1,
        unitPrice: amountMinor,
      })
      expectSame('the prorated amount', proratedOf(preview), expectedMinor)
    },
  }),
)

const roundsOnce = roundingVectors.map(
  ({ id, unitMinor, seats, multiplyThenRound }): ContractTest => ({
    title: `vector ${id}: ${seats} seats of ${unitMinor} are rounded once, not ${seats} times`,
    rule: rules.rounding,
    needs: ['setBilling'],
    async run(world) {
      const preview = await previewWith(world, { ...half, currency: 'USD', seats, unitPrice: unitMinor })
      expectSame('the prorated amount', proratedOf(preview), multiplyThenRound)
    },
  }),
)

/** Integers in minor units, rounded once. */
export const money: ContractGroup = {
  name: 'money',
  tests: [
    ...agrees,
    ...roundsOnce,
    {
      title: 'the prorated lines are the part of the price that the preview says, rounded once for all seats',
      turn: 'early',
      rule: rules.rounding,
      async run(world) {
        const preview = await world.preview(await world.choose('subscribe'))
        if (!preview.lines.some(({ kind }) => kind === 'prorated')) return
        const { used, of } = preview.proration
        const from = (seconds: number) => new Date(seconds * 1000).toISOString()
        const amount = preview.unitPrice.amount * preview.seats.total
        const period = { start: from(0), end: from(of) }
        expectSame('the prorated amount', proratedOf(preview), prorate({ amount, period, at: from(of - used) }))
        expectSame('the next invoice', preview.nextInvoice.addOnAmount, { ...preview.unitPrice, amount })
      },
    },
    {
      title: 'when nothing is due, nothing is charged, and the add-on is bought all the same',
      rule: rules.rounding,
      needs: ['setBilling'],
      async run(world) {
        const preview = await previewWith(world, { ...half, currency: 'USD', seats: 3, unitPrice: 0 })
        expectSame('the amount due', preview.dueNow, { amount: 0, currency: 'USD' })
        const { purchase } = await expectAnswer('the purchase', world.buy(preview))
        expectSame('the status of the purchase', purchase.status, 'completed')
        await world.expectCharges(preview, [])
      },
    },
    {
      title: 'a currency without minor units, and one with three of them, are integers all the same',
      rule: rules.rounding,
      needs: ['setBilling'],
      async run(world) {
        for (const currency of ['JPY', 'KWD']) {
          const preview = await previewWith(world, { ...half, currency, seats: 3, unitPrice: 2225 })
          expectSame('the amount due', preview.dueNow, { amount: prorate({ ...half, amount: 6675 }), currency })
        }
      },
    },
  ],
}

async function previewWith(world: World, setup: Omit<BillingSetup, 'addOnId'>): Promise<PurchasePreview> {
  const target = await world.choose('subscribe')
  await world.lever('setBilling')({ addOnId: target.addOnId, ...setup })
  const preview = await world.preview(target)
  expectThat(preview.unitPrice.amount === setup.unitPrice, 'the unit price', `${setup.unitPrice}`, preview.unitPrice)
  return preview
}

function proratedOf({ lines }: PurchasePreview): number {
  return lines.filter(({ kind }) => kind === 'prorated').reduce((sum, { amount }) => sum + amount.amount, 0)
}
