import { actionOf } from '../../protocol/routes.js'
import { createUuid } from '../../protocol/uuid.js'
import type { ContractGroup, ContractTest } from '../ContractGroup.js'
import { expectAnswer, expectRefusal } from '../expectRefusal.js'
import { expectSame, expectThat } from '../expectSame.js'
import { rules } from '../rules.js'
import { confirmed, type World } from '../World.js'
import { inputOf, operations } from './operations.js'

const forAnotherAccount = operations.map(
  (operation): ContractTest => ({
    title: `${operation} for another account is refused`,
    turn: 'early',
    rule: rules.tenancy,
    needs: operation === 'requestFeature' ? ['supervisor'] : operation === 'requestQuote' ? ['quotes'] : [],
    async run(world) {
      const person = operation === 'requestFeature' ? 'supervisor' : 'owner'
      const target = await world.chooseAny(actionOf[operation])
      const accountId = world.has('stranger') ? (await world.plan('stranger')).account.id : `${target.accountId}-other`
      expectThat(accountId !== target.accountId, 'the stranger', 'an Owner of another account', accountId)
      const input = inputOf(operation, { ...target, accountId })
      const what = `${operation} for another account`
      await world.expectNoEffect(what, () =>
        expectRefusal(what, world.raw(person, operation, input), { code: 'account-changed' }),
      )
    },
  }),
)

const forUnknownAddOn = operations.map(
  (operation): ContractTest => ({
    title: `${operation} for an unknown add-on is not found`,
    turn: 'early',
    rule: rules.unknownId,
    needs: operation === 'requestFeature' ? ['supervisor'] : [],
    async run(world) {
      const person = operation === 'requestFeature' ? 'supervisor' : 'owner'
      const { account } = await world.plan(person)
      for (const addOnId of ['no-such-add-on', '__proto__', 'constructor']) {
        const input = inputOf(operation, { accountId: account.id, addOnId })
        await expectRefusal(`${operation} for “${addOnId}”`, world.raw(person, operation, input), { code: 'not-found' })
      }
    },
  }),
)

/** One account never touches, sees or pays for another one. */
export const tenancy: ContractGroup = {
  name: 'tenancy',
  tests: [
    ...forAnotherAccount,
    ...forUnknownAddOn,
    {
      title: "another account's preview buys nothing",
      turn: 'early',
      rule: rules.expiry,
      needs: ['stranger'],
      async run(world) {
        const target = await world.choose('subscribe')
        const theirs = await world.preview(await sameForStranger(world, target), 'stranger')
        await world.expectNoEffect('a purchase with the preview of another account', () =>
          expectRefusal(
            'a purchase with the preview of another account',
            world.as('owner').purchase({ ...confirmed(theirs), accountId: target.accountId }),
            { code: 'preview-expired' },
          ),
        )
      },
    },
    {
      title: 'what one account buys another one neither has nor pays for',
      rule: rules.tenancy,
      needs: ['stranger'],
      async run(world) {
        const target = await world.choose('subscribe')
        const theirs = await sameForStranger(world, target)
        const before = await world.told(target.addOnId, 'stranger')
        await world.mustBuy(target)
        expectSame('what the other account is told', await world.told(target.addOnId, 'stranger'), before)
        await world.expectCharges(theirs, [])
        await world.expectRecorded(theirs, 'sales', 0)
      },
    },
    {
      title: 'the same key in another account is another key',
      rule: rules.keyOwner,
      needs: ['stranger'],
      async run(world) {
        const target = await world.choose('subscribe')
        const theirs = await sameForStranger(world, target)
        const key = createUuid()
        const mine = await world.mustBuy(target, 'owner', key)
        const preview = await world.preview(theirs, 'stranger')
        const { purchase } = await expectAnswer('the other purchase', world.buy(preview, 'stranger', key))
        expectSame('the status of the purchase', purchase.status, 'completed')
        await world.expectCharges(target, [mine.dueNow])
        await world.expectCharges(theirs, [preview.dueNow])
      },
    },
  ],
}

/** The same add-on, for the account of the stranger. */
async function sameForStranger(world: World, { addOnId }: { addOnId: string }) {
  return { accountId: (await world.plan('stranger')).account.id, addOnId }
}
