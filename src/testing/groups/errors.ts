import { actionOf } from '../../protocol/routes.js'
import type { ContractGroup, ContractTest } from '../ContractGroup.js'
import { ContractViolation } from '../ContractViolation.js'
import { endingInWords, endingOf, expectRefusal } from '../expectRefusal.js'
import { expectThat } from '../expectSame.js'
import { rules } from '../rules.js'
import { inputOf, operations } from './operations.js'

const needsIdentity = operations.map(
  (operation): ContractTest => ({
    title: `${operation} without a sign-in is refused`,
    turn: 'early',
    rule: rules.identity,
    needs: ['nobody'],
    async run(world) {
      const target = await world.chooseAny(actionOf[operation])
      await world.expectNoEffect(`${operation} without a sign-in`, () =>
        expectRefusal(`${operation} without a sign-in`, world.raw('nobody', operation, inputOf(operation, target)), {
          code: 'unauthenticated',
        }),
      )
    },
  }),
)

/** Refusals that have nothing to do with roles or prices. */
export const errors: ContractGroup = {
  name: 'errors',
  tests: [
    {
      title: 'GET /plan without a sign-in is refused',
      turn: 'early',
      rule: rules.identity,
      needs: ['nobody'],
      async run(world) {
        await expectRefusal('GET /plan', world.as('nobody').getPlan(), { code: 'unauthenticated' })
      },
    },
    ...needsIdentity,
    {
      title: 'an Agent learns nothing from an id or an account that does not exist',
      turn: 'early',
      rule: rules.order,
      needs: ['agent'],
      async run(world) {
        const target = await world.chooseAny('subscribe')
        const unknown = { ...target, addOnId: 'no-such-add-on' }
        for (const input of [target, unknown]) {
          await expectRefusal(`a preview of ${input.addOnId}`, world.raw('agent', 'previewPurchase', input), {
            code: 'forbidden',
            reason: 'role',
          })
        }
        await expectRefusal(
          'a preview for another account',
          world.raw('agent', 'previewPurchase', { ...target, accountId: 'no-such-account' }),
          { code: 'forbidden', reason: 'role' },
        )
      },
    },
    {
      title: 'too many POSTs in a minute are refused, with how long to wait',
      rule: rules.rate,
      async run(world) {
        const target = await world.choose('subscribe')
        for (let count = 1; count <= 31; count += 1) {
          const ending = await endingOf(world.as('owner').previewPurchase(target))
          if ('answer' in ending) continue
          const { code, retryAfter = 0 } = ending.error
          expectThat(code === 'rate-limited', `POST ${count} in a minute`, 'rate-limited', endingInWords(ending))
          expectThat(retryAfter > 0, 'the retryAfter of the refusal', 'how many seconds to wait', retryAfter)
          return
        }
        throw new ContractViolation({ what: '31 POSTs in a minute', expected: 'rate-limited', received: '31 answers' })
      },
    },
  ],
}
