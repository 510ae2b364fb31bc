import { type AddOn, isEntitled } from '../../domain/addOn.js'
import type { PlanOverview } from '../../domain/planOverview.js'
import { allowedActions, grantsAccess, grantsOf, standardPolicy } from '../../domain/policy.js'
import type { ContractGroup, ContractTest } from '../ContractGroup.js'
import type { StandardRole } from '../ContractHarness.js'
import { expectAnswer } from '../expectRefusal.js'
import { expectSame, expectThat } from '../expectSame.js'
import { rules } from '../rules.js'
import type { World } from '../World.js'
import { inputOf } from './operations.js'

const roles = ['owner', 'admin', 'supervisor', 'agent'] as const satisfies readonly StandardRole[]

const atFirst = roles.map(
  (role): ContractTest => ({
    title: `${role}: GET /plan tells what the role may see`,
    turn: 'early',
    rule: rules.told,
    needs: role === 'owner' ? [] : [role],
    async run(world) {
      expectTold(role, await world.plan(role))
    },
  }),
)

const afterwards = roles.map(
  (role): ContractTest => ({
    title: `${role}: GET /plan tells what the role may see of a purchase and of a request`,
    rule: rules.told,
    needs: role === 'owner' ? ['supervisor'] : role === 'supervisor' ? ['supervisor'] : [role, 'supervisor'],
    async run(world) {
      const { addOnId } = await buyAndAsk(world)
      const overview = await world.plan(role)
      expectTold(role, overview)
      const bought = overview.addOns.find(({ id }) => id === addOnId)
      expectThat(bought?.status.kind === 'active', 'what was bought', 'told to everybody as active', bought)
      if (grantsOf(standardPolicy, role).includes('view-billing')) {
        expectThat(bought.status.seats !== undefined, 'the seats of what was bought', 'told', bought.status)
      }
    },
  }),
)

/** Who is told what. */
export const telling: ContractGroup = { name: 'who is told what', tests: [...atFirst, ...afterwards] }

/** Leaves something to see: an add-on that was bought, and a request for another one. */
async function buyAndAsk(world: World): Promise<{ addOnId: string }> {
  const target = await world.choose('subscribe')
  const asked = (await world.choices('request-feature', 'supervisor')).find(({ addOnId }) => addOnId !== target.addOnId)
  if (asked) {
    const input = { ...inputOf('requestFeature', asked), note: 'Between us.' }
    await expectAnswer('a feature request', world.raw('supervisor', 'requestFeature', input))
  }
  await world.mustBuy(target)
  return target
}

function expectTold(role: StandardRole, { account, addOns }: PlanOverview): void {
  const held = grantsOf(standardPolicy, role)
  const seesBilling = held.includes('view-billing')
  expectSame(`whether the ${role} is told the billing`, account.billing !== null, seesBilling)
  for (const addOn of addOns) {
    if (!held.includes('view-requests')) expectSame('who asked for an add-on', addOn.featureRequests.from, [])
    if (addOn.status.kind === 'active' && !seesBilling) {
      const { seats, receiptUrl, reference } = addOn.status
      expectSame('the seats, receipt and reference of a purchase', { seats, receiptUrl, reference }, {})
    }
    if (!grantsAccess(held)) expectOutsider(addOn)
  }
  if (!grantsAccess(held)) {
    expectSame('the contacts', account.contacts, {})
    expectSame('the Owners', account.owners, [])
  }
}

/** Somebody without access to the flow is told which add-ons the account has, and nothing more. */
function expectOutsider(addOn: AddOn): void {
  expectThat(isEntitled(addOn.status), `the status of ${addOn.id}`, 'only what the account has is told', addOn.status)
  const { unitPrice, pendingPurchase, quoteRequest, featureRequests, decisions } = addOn
  expectSame('the price', unitPrice, null)
  expectSame('the pending purchase', pendingPurchase, null)
  expectSame('the quote request', quoteRequest, null)
  expectSame('the feature requests', featureRequests, { count: 0, byViewer: null, from: [] })
  expectSame('the actions', decisions ? allowedActions(decisions) : [], [])
}
