import { isSameMoney } from '../../domain/money.js'
import { expectedOf, type PurchasePreview } from '../../domain/purchase.js'
import { createUuid } from '../../protocol/uuid.js'
import type { ContractGroup, ContractTest } from '../ContractGroup.js'
import { expectAnswer, expectRefusal } from '../expectRefusal.js'
import { expectSame, expectThat } from '../expectSame.js'
import { NothingLeft } from '../NothingLeft.js'
import { rules } from '../rules.js'
import { confirmed, type World } from '../World.js'

const minute = 60_000

/** What a buyer may claim to have been shown, and was not. */
const tampered = {
  'a smaller amount': (preview) => ({
    ...expectedOf(preview),
    dueNow: { ...preview.dueNow, amount: preview.dueNow.amount - 1 },
  }),
  'another currency': (preview) => ({
    ...expectedOf(preview),
    dueNow: { ...preview.dueNow, currency: preview.dueNow.currency === 'EUR' ? 'USD' : 'EUR' },
  }),
  'fewer seats': (preview) => ({ ...expectedOf(preview), seats: preview.seats.total - 1 }),
  'other terms': (preview) => ({ ...expectedOf(preview), termsVersion: `${preview.terms.version} (not these)` }),
} satisfies Record<string, (preview: PurchasePreview) => ReturnType<typeof expectedOf>>

const refusesTampered = Object.entries(tampered).map(
  ([what, expect]): ContractTest => ({
    title: `a purchase that expects ${what} is refused with a new price`,
    turn: 'early',
    rule: rules.lock,
    async run(world) {
      const target = await world.choose('subscribe')
      const preview = await world.preview(target)
      const input = { ...confirmed(preview), expected: expect(preview) }
      const purchase = `a purchase that expects ${what}`
      await world.expectNoEffect(purchase, async () => {
        const error = await expectRefusal(purchase, world.as('owner').purchase(input), { code: 'preview-changed' })
        expectThat(error.preview !== undefined, 'the refusal', 'a new preview', error.preview)
      })
    },
  }),
)

/** What is charged is what was shown. */
export const priceLock: ContractGroup = {
  name: 'price lock',
  tests: [
    {
      title: 'exactly the amount that was shown is charged, and the answer says it',
      rule: rules.shown,
      async run(world) {
        const target = await world.choose('subscribe')
        const preview = await world.preview(target)
        const { purchase } = await expectAnswer('the purchase', world.buy(preview))
        expectThat(purchase.status === 'completed', 'the status of the purchase', 'completed', purchase.status)
        expectSame('what the answer says was charged', purchase.charged, preview.dueNow)
        expectSame('the seats in the answer', purchase.seats, preview.seats.total)
        await world.expectCharges(target, [preview.dueNow])
      },
    },
    {
      title: 'a preview buys nothing by itself',
      turn: 'early',
      rule: rules.lock,
      async run(world) {
        const target = await world.choose('subscribe')
        await world.expectNoEffect('a preview', () => world.preview(target))
      },
    },
    {
      title: 'time that passes does not change a price',
      rule: rules.lock,
      needs: ['advanceClock'],
      async run(world) {
        const target = await world.choose('subscribe')
        const preview = await world.preview(target)
        await world.lever('advanceClock')(10 * minute)
        const { purchase } = await expectAnswer('the purchase ten minutes later', world.buy(preview))
        expectThat(purchase.status === 'completed', 'the status of the purchase', 'completed', purchase.status)
        expectSame('what the answer says was charged', purchase.charged, preview.dueNow)
        await world.expectCharges(target, [preview.dueNow])
      },
    },
    {
      title: 'more seats since the preview: refused with the new price, and that is what a fresh confirmation pays',
      rule: rules.lock,
      needs: ['addSeats'],
      run: (world) => changeAndConfirmAfresh(world, () => world.lever('addSeats')(2)),
    },
    {
      title: 'another unit price since the preview: refused with the new price, and that is what a confirmation pays',
      rule: rules.lock,
      needs: ['setPrice'],
      run: (world) =>
        changeAndConfirmAfresh(world, ({ addOnId, unitPrice }) =>
          world.lever('setPrice')(addOnId, unitPrice.amount + 100),
        ),
    },
    ...refusesTampered,
    {
      title: 'an expired preview buys nothing',
      rule: rules.expiry,
      needs: ['advanceClock'],
      async run(world) {
        const target = await world.choose('subscribe')
        const preview = await world.preview(target)
        const left = Date.parse(preview.expiresAt) - Date.parse(preview.serverTime)
        await world.lever('advanceClock')(left)
        await world.expectNoEffect('a purchase with an expired preview', () =>
          expectRefusal('a purchase with an expired preview', world.buy(preview), { code: 'preview-expired' }),
        )
      },
    },
    {
      title: 'an unknown preview buys nothing',
      turn: 'early',
      rule: rules.expiry,
      async run(world) {
        const preview = await world.preview(await world.choose('subscribe'))
        await world.expectNoEffect('a purchase with an unknown preview', () =>
          expectRefusal('a purchase with an unknown preview', world.buy({ ...preview, previewId: createUuid() }), {
            code: 'preview-expired',
          }),
        )
      },
    },
    {
      title: "another person's preview buys nothing",
      turn: 'early',
      rule: rules.expiry,
      needs: ['secondOwner'],
      async run(world) {
        const preview = await world.preview(await world.choose('subscribe'))
        await world.expectNoEffect("a purchase with the first Owner's preview", () =>
          expectRefusal("a purchase with the first Owner's preview", world.buy(preview, 'secondOwner'), {
            code: 'preview-expired',
          }),
        )
      },
    },
    {
      title: "one add-on's preview does not buy another add-on",
      turn: 'early',
      rule: rules.expiry,
      async run(world) {
        const [cheap, dear] = await world.choices('subscribe')
        if (!cheap || !dear) throw new NothingLeft('there are no two add-ons that can be bought')
        const preview = await world.preview(cheap)
        await world.expectNoEffect('a purchase with the preview of another add-on', () =>
          expectRefusal(
            'a purchase with the preview of another add-on',
            world.as('owner').purchase({ ...confirmed(preview), addOnId: dear.addOnId }),
            { code: 'preview-expired' },
          ),
        )
      },
    },
    {
      title: 'a purchase under way keeps its price when the seats change meanwhile',
      rule: rules.shown,
      needs: ['nextCharge', 'decideCharges', 'addSeats'],
      async run(world) {
        const target = await world.choose('subscribe')
        const preview = await world.preview(target)
        const key = createUuid()
        await world.lever('nextCharge')('action-needed')
        await expectAnswer('the purchase', world.buy(preview, 'owner', key))
        await world.lever('addSeats')(2)
        await world.lever('decideCharges')('paid')
        const { purchase } = await expectAnswer('the same key again', world.buy(preview, 'owner', key))
        expectThat(purchase.status === 'completed', 'the status of the purchase', 'completed', purchase.status)
        expectSame('what the answer says was charged', purchase.charged, preview.dueNow)
        await world.expectCharges(target, [preview.dueNow])
      },
    },
  ],
}

async function changeAndConfirmAfresh(
  world: World,
  change: (preview: PurchasePreview) => Promise<void> | void,
): Promise<void> {
  const target = await world.choose('subscribe')
  const preview = await world.preview(target)
  await change(preview)
  const error = await expectRefusal('the old price', world.buy(preview), { code: 'preview-changed' })
  await world.expectCharges(target, [])
  const fresh = error.preview
  expectThat(fresh !== undefined, 'the refusal', 'a new preview', fresh)
  expectThat(!isSameMoney(fresh.dueNow, preview.dueNow), 'the new price', 'another one', fresh.dueNow)
  const { purchase } = await expectAnswer('the new price', world.buy(fresh))
  expectThat(purchase.status === 'completed', 'the status of the purchase', 'completed', purchase.status)
  expectSame('what the answer says was charged', purchase.charged, fresh.dueNow)
  await world.expectCharges(target, [fresh.dueNow])
}
