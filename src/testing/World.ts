import type { AddOnAdapter, AddOnTarget, PurchaseInput } from '../adapter/AddOnAdapter.js'
import { CheckedAdapter } from '../adapter/CheckedAdapter.js'
import type { AddOn } from '../domain/addOn.js'
import type { PlanOverview } from '../domain/planOverview.js'
import { type AddOnAction, decideActions, grantsOf, standardPolicy } from '../domain/policy.js'
import { expectedOf, type PurchasePreview } from '../domain/purchase.js'
import type { AddOnOperation } from '../protocol/routes.js'
import type { PurchaseAnswer } from '../protocol/schemas.js'
import { createUuid } from '../protocol/uuid.js'
import { type ContractHarness, type ContractLevers, type Person, roleOf, type StandardRole } from './ContractHarness.js'
import { ContractViolation } from './ContractViolation.js'
import type { Capabilities, Capability } from './capabilities.js'
import { expectAnswer } from './expectRefusal.js'
import { expectSame, inWords } from './expectSame.js'
import { NothingLeft } from './NothingLeft.js'
import { Witness } from './Witness.js'

/** The way of a call to the backend. */
export interface WayOptions {
  /** Milliseconds until a call that was not answered has failed with `timeout`. @default 30000 */
  timeout?: number | undefined
  /** Puts something between the tests and a person's adapter, whose calls are bounded and checked by then. */
  through?: ((adapter: AddOnAdapter, person: Person) => AddOnAdapter) | undefined
}

/** The backend in one test: its people, its truth, its levers, and what the test has seen of it. */
export class World {
  readonly #harness: ContractHarness
  readonly #capabilities: Capabilities
  readonly #way: WayOptions
  readonly #adapters = new Map<Person, AddOnAdapter>()
  readonly #roles = new Map<Person, StandardRole>()
  /** What was shown, confirmed and answered. */
  readonly witness = new Witness()

  constructor(harness: ContractHarness, capabilities: Capabilities, way: WayOptions = {}) {
    this.#harness = harness
    this.#capabilities = capabilities
    this.#way = way
  }

  /** Whether the backend offers it. */
  has(capability: Capability): boolean {
    return this.#capabilities[capability] === true
  }

  /** Those of these people whom the backend offers. */
  present(...people: readonly Person[]): Person[] {
    return people.filter((person) => person === 'owner' || this.has(person))
  }

  /** A person's way to the backend; every answer is checked. @throws ContractViolation if the harness has none. */
  as(person: Person): AddOnAdapter {
    const known = this.#adapters.get(person)
    if (known) return known
    const adapter = this.witness.watch(this.#checked(person))
    this.#adapters.set(person, adapter)
    return adapter
  }

  #checked(person: Person): AddOnAdapter {
    const given = this.#harness.people[person]
    if (!given) throw lacking(`people.${person}`)
    const { timeout, through } = this.#way
    const checked = new CheckedAdapter(given, timeout)
    return through?.(checked, person) ?? checked
  }

  /** A lever of the harness. @throws ContractViolation if the harness has none. */
  lever<Name extends keyof ContractLevers>(name: Name): ContractLevers[Name] {
    const lever = this.#harness.levers?.[name]
    if (!lever) throw lacking(`levers.${name}`)
    return lever
  }

  /** The standard role a person has at present; `null`: not signed in. */
  roleNow(person: Person): StandardRole | null {
    return this.#roles.get(person) ?? roleOf[person]
  }

  async setRole(person: Person, role: StandardRole): Promise<void> {
    await this.lever('setRole')(person, role)
    this.#roles.set(person, role)
  }

  plan(person: Person = 'owner'): Promise<PlanOverview> {
    return expectAnswer(`GET /plan for the ${person}`, this.as(person).getPlan())
  }

  /** An add-on as the plan tells a person of it. */
  async told(addOnId: string, person: Person = 'owner'): Promise<AddOn | undefined> {
    const { addOns } = await this.plan(person)
    return addOns.find(({ id }) => id === addOnId)
  }

  /** An add-on as the plan tells a person of it. @throws ContractViolation if it does not. */
  async mustBeTold(addOnId: string, person: Person = 'owner'): Promise<AddOn> {
    const addOn = await this.told(addOnId, person)
    if (addOn) return addOn
    throw new ContractViolation({
      what: `GET /plan tells the ${person} of ${addOnId}`,
      expected: 'the add-on',
      received: 'nothing',
    })
  }

  /** Add-ons for which the policy offers a person an action at present. */
  async choices(action: AddOnAction, person: Person = 'owner'): Promise<AddOnTarget[]> {
    const { account, addOns, serverTime: now } = await this.plan(person)
    const role = this.roleNow(person) ?? ''
    const viewer = { role, grants: grantsOf(standardPolicy, role) }
    return addOns
      .filter((addOn) => decideActions({ viewer, account, addOn, now }).decisions[action].allowed)
      .map(({ id }) => ({ accountId: account.id, addOnId: id }))
  }

  /** The first of those add-ons. @throws NothingLeft if there is none. */
  async choose(action: AddOnAction, person: Person = 'owner'): Promise<AddOnTarget> {
    const [first] = await this.choices(action, person)
    if (!first) throw new NothingLeft(`no add-on is left for which the ${person} is offered “${action}”`)
    return first
  }

  /** Something to post about: where nothing is offered any more, any add-on will do, for it is to be refused. */
  async chooseAny(action: AddOnAction): Promise<AddOnTarget> {
    const [first] = await this.choices(action)
    if (first) return first
    const { account, addOns } = await this.plan()
    const [any] = addOns
    if (!any) throw new NothingLeft('the plan has no add-ons')
    return { accountId: account.id, addOnId: any.id }
  }

  preview(target: AddOnTarget, person: Person = 'owner'): Promise<PurchasePreview> {
    return expectAnswer(`a preview for the ${person}`, this.as(person).previewPurchase(target))
  }

  /** Buys what a preview shows. */
  buy(preview: PurchasePreview, person: Person = 'owner', key = createUuid()): Promise<PurchaseAnswer> {
    return this.as(person).purchase(confirmed(preview, key))
  }

  /** Shows a price and buys for it. @throws ContractViolation if that is refused. */
  async mustBuy(target: AddOnTarget, person: Person = 'owner', key = createUuid()): Promise<PurchasePreview> {
    const preview = await this.preview(target, person)
    const { purchase } = await expectAnswer(`a purchase by the ${person}`, this.buy(preview, person, key))
    expectSame('the status of the purchase', purchase.status, 'completed')
    return preview
  }

  /** Sends whatever it is given, also what the types forbid. */
  async raw(person: Person, operation: AddOnOperation, input: unknown): Promise<unknown> {
    const adapter = this.#checked(person)
    return Reflect.apply(adapter[operation], adapter, [input])
  }

  /** @throws ContractViolation if other charges moved for the add-on than these, where that can be read. */
  async expectCharges(target: AddOnTarget, amounts: readonly PurchasePreview['dueNow'][]): Promise<void> {
    if (!this.has('charges')) return
    const charges = await this.lever('charges')()
    const moved = charges.filter(
      ({ accountId, addOnId }) => accountId === target.accountId && addOnId === target.addOnId,
    )
    expectSame(
      `the charges for ${target.addOnId}`,
      moved.map(({ amount }) => amount),
      amounts,
    )
  }

  /** @throws ContractViolation if so many rows of a kind are not recorded of the add-on, where that can be read. */
  async expectRecorded(
    target: AddOnTarget,
    kind: 'sales' | 'trials' | 'quoteRequests' | 'featureRequests',
    count: number,
  ): Promise<void> {
    if (!this.has('records')) return
    const records = await this.lever('records')()
    const own = records[kind].filter((row) => row.accountId === target.accountId && row.addOnId === target.addOnId)
    expectSame(`how many ${kind} are recorded of ${target.addOnId}`, own.length, count)
  }

  /** @throws ContractViolation if `work` changes anything that can be seen of the backend. */
  async expectNoEffect(what: string, work: () => Promise<unknown>): Promise<void> {
    const before = await this.#everything()
    await work()
    const after = await this.#everything()
    for (const [part, value] of Object.entries(after)) {
      expectSame(`${what} has no effect on ${part}`, value, Reflect.get(before, part))
    }
  }

  async #everything(): Promise<Record<string, unknown>> {
    const { addOns } = await this.plan()
    return {
      'GET /plan': addOns,
      ...(this.has('charges') && { 'the charges': await this.lever('charges')() }),
      ...(this.has('records') && { 'what is recorded': await this.lever('records')() }),
      ...(this.has('notifications') && { 'what people were told': await this.lever('notifications')() }),
    }
  }

  /** I1 and I2, as far as they can be seen. @throws ContractViolation */
  async expectInvariants(): Promise<void> {
    this.witness.expectInvariants()
    if (this.has('charges')) this.witness.expectCharges(await this.lever('charges')())
  }

  async close(): Promise<void> {
    await this.#harness.close?.()
  }
}

/** What is sent to buy what a preview shows. */
export function confirmed(preview: PurchasePreview, idempotencyKey = createUuid()): PurchaseInput {
  const { accountId, addOnId, previewId } = preview
  return { accountId, addOnId, previewId, expected: expectedOf(preview), acceptedFinalSale: true, idempotencyKey }
}

function lacking(member: string): ContractViolation {
  return new ContractViolation({
    what: 'the harness keeps what its capabilities say',
    expected: `harness.${member} (or, in capabilities, the reason why there is none)`,
    received: inWords(undefined),
  })
}
