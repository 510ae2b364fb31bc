import { createUuid } from '../../protocol/uuid.js'
import type { ContractGroup } from '../ContractGroup.js'
import type { Person } from '../ContractHarness.js'
import { endingInWords, endingOf, expectAnswer, expectRefusal } from '../expectRefusal.js'
import { expectSame, expectThat, inWords } from '../expectSame.js'
import { rules } from '../rules.js'
import type { World } from '../World.js'

const hour = 60 * 60_000

/** One purchase at a time. */
export const races: ContractGroup = {
  name: 'races',
  tests: [
    {
      title: 'two Owners at once: one buys, the other is told so',
      turn: 'vital',
      rule: rules.onePurchase,
      needs: ['secondOwner'],
      run: (world) => raceOf(world, ['owner', 'secondOwner']),
    },
    {
      title: 'one Owner with two keys at once: one purchase',
      rule: rules.onePurchase,
      run: (world) => raceOf(world, ['owner', 'owner']),
    },
    {
      title: 'what is bought already cannot be bought again, and the refusal says who bought it',
      rule: rules.onePurchase,
      async run(world) {
        const target = await world.choose('subscribe')
        const before = await world.preview(target)
        const preview = await world.mustBuy(target)
        const what = 'an older preview'
        const error = await expectRefusal(what, world.buy(before), { code: 'already-purchased' })
        expectThat(Boolean(error.purchasedBy), 'purchasedBy', 'the name of the buyer', error.purchasedBy)
        await expectRefusal('a new preview', world.as('owner').previewPurchase(target), { code: 'already-purchased' })
        await world.expectCharges(target, [preview.dueNow])
      },
    },
    {
      title: 'while a purchase is pending nobody else can buy or start a trial, and only its buyer can resume it',
      rule: rules.onePurchase,
      needs: ['nextCharge', 'secondOwner'],
      async run(world) {
        const target = await world.choose('subscribe')
        const theirs = await world.preview(target, 'secondOwner')
        const preview = await world.preview(target)
        const key = createUuid()
        await world.lever('nextCharge')('action-needed')
        const { purchase } = await expectAnswer('the purchase', world.buy(preview, 'owner', key))
        expectSame('the status of the purchase', purchase.status, 'action-needed')

        const mine = (await world.mustBeTold(target.addOnId)).pendingPurchase
        expectThat(mine?.mine === true, 'what its buyer is told', 'a pending purchase that is mine', mine)
        expectSame('the key to resume it with', mine.resume?.idempotencyKey, key)
        const seen = (await world.mustBeTold(target.addOnId, 'secondOwner')).pendingPurchase
        expectThat(seen?.mine === false, 'what the other Owner is told', "somebody else's purchase", seen)
        expectSame('the way to resume it', seen.resume, undefined)

        const pending = { code: 'purchase-pending' } as const
        await expectRefusal('a purchase by the other Owner', world.buy(theirs, 'secondOwner'), pending)
        await expectRefusal('a preview for the other Owner', world.as('secondOwner').previewPurchase(target), pending)
        await expectRefusal('a second key of its buyer', world.buy(preview), pending)
        await expectRefusal(
          'a trial',
          world.as('secondOwner').startTrial({ ...target, idempotencyKey: createUuid() }),
          pending,
        )
        await world.expectCharges(target, [])
      },
    },
    {
      title: 'a pending purchase that is paid is found out with the same key, and charged once',
      rule: rules.pending,
      needs: ['nextCharge', 'decideCharges'],
      async run(world) {
        const target = await world.choose('subscribe')
        const preview = await world.preview(target)
        const key = createUuid()
        await world.lever('nextCharge')('processing')
        const first = await expectAnswer('the purchase', world.buy(preview, 'owner', key))
        expectSame('the status of the purchase', first.purchase.status, 'processing')
        await expectAnswer('the same key meanwhile', world.buy(preview, 'owner', key))
        await world.lever('decideCharges')('paid')
        const last = await expectAnswer('the same key afterwards', world.buy(preview, 'owner', key))
        expectSame('the status of the purchase', last.purchase.status, 'completed')
        expectSame('the id of the purchase', last.purchase.id, first.purchase.id)
        await world.expectCharges(target, [preview.dueNow])
        await world.expectRecorded(target, 'sales', 1)
      },
    },
    {
      title: 'a pending purchase that is declined sets the add-on free again',
      rule: rules.pending,
      needs: ['nextCharge', 'decideCharges'],
      async run(world) {
        const target = await world.choose('subscribe')
        const preview = await world.preview(target)
        const key = createUuid()
        await world.lever('nextCharge')('action-needed')
        await expectAnswer('the purchase', world.buy(preview, 'owner', key))
        await world.lever('decideCharges')('declined')
        await expectRefusal('the same key afterwards', world.buy(preview, 'owner', key), { code: 'payment-declined' })
        const next = await world.mustBuy(target)
        await world.expectCharges(target, [next.dueNow])
      },
    },
    {
      title: 'a pending purchase is not released by time alone: its money and a second one never both move',
      rule: rules.pending,
      needs: ['nextCharge', 'decideCharges', 'advanceClock', 'secondOwner', 'charges'],
      async run(world) {
        const target = await world.choose('subscribe')
        const preview = await world.preview(target)
        const key = createUuid()
        await world.lever('nextCharge')('processing')
        await expectAnswer('the purchase', world.buy(preview, 'owner', key))
        await world.lever('advanceClock')(hour)
        // Billing may have been able to cancel it: then the other Owner can buy, and the first money stays.
        const ending = await endingOf(world.as('secondOwner').previewPurchase(target))
        if ('answer' in ending) await endingOf(world.buy(ending.answer, 'secondOwner'))
        else expectSame('what the other Owner is told', ending.error.code, 'purchase-pending')
        await world.lever('decideCharges')('paid')
        await endingOf(world.buy(preview, 'owner', key))
        const charges = await world.lever('charges')()
        expectThat(charges.length <= 1, 'the charges', 'one at most', charges)
      },
    },
  ],
}

async function raceOf(world: World, people: readonly Person[]): Promise<void> {
  const target = await world.choose('subscribe')
  const runners: { person: Person; preview: Awaited<ReturnType<World['preview']>> }[] = []
  for (const person of people) runners.push({ person, preview: await world.preview(target, person) })
  const endings = await Promise.all(runners.map(({ person, preview }) => endingOf(world.buy(preview, person))))
  const losses = endings.filter((ending) => 'error' in ending)
  const wins = endings.filter((ending) => 'answer' in ending)
  expectThat(wins.length === 1, 'the purchases that went through', 'one', endings.map(endingInWords))
  for (const { error } of losses) {
    const isTold = error.code === 'already-purchased' || error.code === 'purchase-pending'
    expectThat(isTold, 'what the other is told', 'already-purchased or purchase-pending', error.code)
  }
  const [win] = wins
  expectThat(win?.answer.purchase.status === 'completed', 'the purchase', 'completed', inWords(win))
  await world.expectCharges(target, [win.answer.purchase.charged])
  await world.expectRecorded(target, 'sales', 1)
}
