import { type AddOnAction, decideActions, grantsAction, grantsOf, standardPolicy } from '../../domain/policy.js'
import { type AddOnOperation, actionOf } from '../../protocol/routes.js'
import type { ContractGroup, ContractTest } from '../ContractGroup.js'
import type { StandardRole } from '../ContractHarness.js'
import type { Capability } from '../capabilities.js'
import { expectAnswer, expectRefusal } from '../expectRefusal.js'
import { expectSame } from '../expectSame.js'
import { NothingLeft } from '../NothingLeft.js'
import { rules } from '../rules.js'
import { confirmed, type World } from '../World.js'
import { inputOf, operations } from './operations.js'

const roles = ['owner', 'admin', 'supervisor', 'agent'] as const satisfies readonly StandardRole[]

function mayEver(role: StandardRole, action: AddOnAction): boolean {
  return grantsAction(grantsOf(standardPolicy, role), action)
}

function needsOf(role: StandardRole, operation: AddOnOperation): Capability[] {
  const needs: Capability[] = role === 'owner' ? [] : [role]
  if (operation === 'startTrial') needs.push('trials')
  if (operation === 'requestQuote') needs.push('quotes')
  return needs
}

/** Role × operation, each as the policy decides it for what the Owner is told of the add-on. */
const matrix = roles.flatMap((role) =>
  operations.map((operation): ContractTest => {
    const action = actionOf[operation]
    const isEver = mayEver(role, action)
    return {
      title: `${role}: ${operation} ${isEver ? 'is answered as the policy decides' : 'is forbidden'}`,
      turn: isEver && operation !== 'previewPurchase' ? 'late' : 'early',
      rule: isEver ? rules.decisions : rules.roles,
      needs: needsOf(role, operation),
      run: (world) => (isEver ? expectDecided(world, role, operation) : expectForbidden(world, role, operation)),
    }
  }),
)

async function expectForbidden(world: World, role: StandardRole, operation: AddOnOperation): Promise<void> {
  const target = await world.chooseAny(actionOf[operation])
  // With a preview of an Owner's the purchase is as right as it can be.
  const [buyable] = operation === 'purchase' && role !== 'owner' ? await world.choices('subscribe') : []
  const preview = buyable && (await world.preview(buyable))
  const what = `${operation} by the ${role}`
  await world.expectNoEffect(what, () =>
    expectRefusal(what, world.raw(role, operation, inputOf(operation, buyable ?? target, preview)), {
      code: 'forbidden',
      reason: 'role',
    }),
  )
}

async function expectDecided(world: World, role: StandardRole, operation: AddOnOperation): Promise<void> {
  const action = actionOf[operation]
  const what = `${operation} by the ${role}`
  const [offered] = await world.choices(action, role)
  if (offered) {
    const preview = operation === 'purchase' ? await world.preview(offered, role) : undefined
    if (preview) await expectAnswer(what, world.as(role).purchase(confirmed(preview)))
    else await expectAnswer(what, world.raw(role, operation, inputOf(operation, offered)))
    return
  }
  // The role could, and the account does not let it.
  const target = await world.choose(action)
  const { account, addOns, serverTime: now } = await world.plan(role)
  const viewer = { role, grants: grantsOf(standardPolicy, role) }
  const addOn = addOns.find(({ id }) => id === target.addOnId)
  const decision = addOn && decideActions({ viewer, account, addOn, now }).decisions[action]
  if (!decision || decision.allowed || decision.reason !== 'account-factor') {
    throw new NothingLeft(`no add-on is left for which “${action}” depends on the account`)
  }
  const { reason } = decision
  await world.expectNoEffect(what, () =>
    expectRefusal(what, world.raw(role, operation, inputOf(operation, target)), { code: 'forbidden', reason }),
  )
}

/** Who may do what. */
export const policy: ContractGroup = {
  name: 'policy',
  tests: [
    ...matrix,
    {
      title: 'the decisions that GET /plan tells are those of the policy',
      turn: 'early',
      rule: rules.decisions,
      async run(world) {
        for (const person of world.present(...roles)) {
          const { account, addOns, serverTime: now } = await world.plan(person)
          const viewer = { role: person, grants: grantsOf(standardPolicy, person) }
          for (const addOn of addOns) {
            const own = decideActions({ viewer, account, addOn, now }).decisions
            for (const [action, decision] of Object.entries(addOn.decisions ?? own)) {
              // A backend may withhold more by a rule of its own.
              if (!decision.allowed && decision.reason === 'host') continue
              expectSame(`“${action}” of ${addOn.id} for the ${person}`, decision, Reflect.get(own, action))
            }
          }
        }
      },
    },
    {
      title: 'a buyer who is made an Admin before confirming buys nothing',
      rule: rules.roles,
      needs: ['setRole'],
      async run(world) {
        const target = await world.choose('subscribe')
        const preview = await world.preview(target)
        await world.setRole('owner', 'admin')
        await expectRefusal('a purchase by the Owner who is an Admin now', world.buy(preview), {
          code: 'forbidden',
          reason: 'role',
        })
        await world.expectCharges(target, [])
        await world.expectRecorded(target, 'sales', 0)
      },
    },
    {
      title: 'in quote mode nobody buys on the screen, and an Owner asks for a quote',
      rule: rules.factors,
      needs: ['setPurchasing'],
      async run(world) {
        const target = await world.choose('subscribe')
        const preview = await world.preview(target)
        await world.lever('setPurchasing')({ mode: 'quote', adminsCanRequestQuote: false })
        const factor = { code: 'forbidden', reason: 'account-factor' } as const
        await expectRefusal('a purchase', world.buy(preview), factor)
        await expectRefusal('a preview', world.as('owner').previewPurchase(target), factor)
        await expectAnswer('a quote request', world.raw('owner', 'requestQuote', inputOf('requestQuote', target)))
        await world.expectCharges(target, [])
      },
    },
    {
      title: 'an Admin asks for a quote only where the account lets admins',
      rule: rules.factors,
      needs: ['setPurchasing', 'admin'],
      async run(world) {
        const target = await world.choose('subscribe')
        const ask = () => world.raw('admin', 'requestQuote', inputOf('requestQuote', target))
        await world.lever('setPurchasing')({ mode: 'quote', adminsCanRequestQuote: false })
        await expectRefusal('without the factor', ask(), { code: 'forbidden', reason: 'account-factor' })
        await world.lever('setPurchasing')({ mode: 'quote', adminsCanRequestQuote: true })
        await expectAnswer('with the factor', ask())
      },
    },
    {
      title: 'what is sold on the screen is not sold by quote',
      turn: 'early',
      rule: rules.factors,
      async run(world) {
        const target = await world.choose('subscribe')
        const what = `a quote request for ${target.addOnId}`
        await world.expectNoEffect(what, () =>
          expectRefusal(what, world.raw('owner', 'requestQuote', inputOf('requestQuote', target)), {
            code: 'forbidden',
            reason: 'account-factor',
          }),
        )
      },
    },
  ],
}
