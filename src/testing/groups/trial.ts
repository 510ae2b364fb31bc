import { createUuid } from '../../protocol/uuid.js'
import type { ContractGroup } from '../ContractGroup.js'
import { endingInWords, endingOf, expectAnswer, expectRefusal } from '../expectRefusal.js'
import { expectSame, expectThat } from '../expectSame.js'
import { NothingLeft } from '../NothingLeft.js'
import { rules } from '../rules.js'
import type { World } from '../World.js'

const day = 24 * 60 * 60_000

/** One trial per add-on and account, ever. */
export const trial: ContractGroup = {
  name: 'trial',
  tests: [
    {
      title: 'a trial starts at once, lasts the days it was offered for, and costs nothing',
      rule: rules.trial,
      needs: ['trials'],
      async run(world) {
        const target = await world.choose('start-trial')
        const { trial: offer } = await world.mustBeTold(target.addOnId)
        const { addOn } = await start(world, target)
        expectThat(addOn.status.kind === 'trialing', 'the status in the answer', 'trialing', addOn.status)
        const { startedAt, endsAt } = addOn.status
        const days = Math.round((Date.parse(endsAt) - Date.parse(startedAt)) / day)
        expectSame('the length of the trial in days', days, offer?.days)
        expectSame('the status in GET /plan', (await world.mustBeTold(target.addOnId)).status, addOn.status)
        await world.expectRecorded(target, 'trials', 1)
        await world.expectCharges(target, [])
      },
    },
    {
      title: 'a trial cannot be started twice',
      turn: 'early',
      rule: rules.trial,
      needs: ['trials'],
      async run(world) {
        const target = await world.choose('start-trial')
        await start(world, target)
        await expectRefusal('a second start', again(world, target), { code: 'trial-used' })
        await world.expectRecorded(target, 'trials', 1)
      },
    },
    {
      title: 'two people at once start one trial',
      turn: 'early',
      rule: rules.trial,
      needs: ['trials', 'admin'],
      async run(world) {
        const target = await world.choose('start-trial')
        const endings = await Promise.all([
          endingOf(world.as('owner').startTrial({ ...target, idempotencyKey: createUuid() })),
          endingOf(world.as('admin').startTrial({ ...target, idempotencyKey: createUuid() })),
        ])
        const starts = endings.filter((ending) => 'answer' in ending)
        expectThat(starts.length === 1, 'the starts that went through', 'one', endings.map(endingInWords))
        const refusals = endings.flatMap((ending) => ('error' in ending ? [ending.error.code] : []))
        expectSame('what the other is told', refusals, ['trial-used'])
        await world.expectRecorded(target, 'trials', 1)
      },
    },
    {
      title: 'a trial ends by itself, and nothing is billed',
      rule: rules.trial,
      needs: ['trials', 'advanceClock'],
      async run(world) {
        const target = await world.choose('start-trial')
        await passTrial(world, target)
        expectSame('the status', (await world.mustBeTold(target.addOnId)).status.kind, 'trial-ended')
        await world.expectCharges(target, [])
        await world.expectRecorded(target, 'sales', 0)
      },
    },
    {
      title: 'a trial that is over cannot be started again',
      rule: rules.trial,
      needs: ['trials', 'advanceClock'],
      async run(world) {
        const target = await world.choose('start-trial')
        await passTrial(world, target)
        await expectRefusal('a second trial', again(world, target), { code: 'trial-used' })
      },
    },
    {
      title: 'subscribing during a trial ends it at once, for the price that was shown',
      rule: rules.trial,
      needs: ['trials'],
      async run(world) {
        const buyable = await world.choices('subscribe')
        const target = (await world.choices('start-trial')).find((choice) =>
          buyable.some(({ addOnId }) => addOnId === choice.addOnId),
        )
        if (!target) throw new NothingLeft('there is no add-on that can be tried and then bought')
        await start(world, target)
        const preview = await world.mustBuy(target)
        expectSame('the status', (await world.mustBeTold(target.addOnId)).status.kind, 'active')
        await expectRefusal('a trial afterwards', again(world, target), { code: 'already-purchased' })
        await world.expectCharges(target, [preview.dueNow])
      },
    },
    {
      title: 'an add-on without a trial cannot be tried',
      turn: 'early',
      rule: rules.trial,
      async run(world) {
        const { account, addOns } = await world.plan()
        const addOn = addOns.find(({ trial: offer, status }) => offer === null && status.kind === 'available')
        if (!addOn) throw new NothingLeft('every add-on has a trial')
        const target = { accountId: account.id, addOnId: addOn.id }
        await world.expectNoEffect(`a trial of ${addOn.id}`, () =>
          expectRefusal(`a trial of ${addOn.id}`, again(world, target), { code: 'forbidden', reason: 'no-trial' }),
        )
      },
    },
  ],
}

type Target = Awaited<ReturnType<World['choose']>>

function again(world: World, target: Target) {
  return world.as('owner').startTrial({ ...target, idempotencyKey: createUuid() })
}

function start(world: World, target: Target) {
  return expectAnswer('the start of a trial', again(world, target))
}

async function passTrial(world: World, target: Target): Promise<void> {
  const { addOn } = await start(world, target)
  expectThat(addOn.status.kind === 'trialing', 'the status in the answer', 'trialing', addOn.status)
  await world.lever('advanceClock')(Date.parse(addOn.status.endsAt) - Date.parse(addOn.status.startedAt))
}
