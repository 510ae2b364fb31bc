import type { PurchaseInput } from '../../adapter/AddOnAdapter.js'
import { type AddOnAction, grantsAction, grantsOf, standardPolicy } from '../../domain/policy.js'
import type { PurchasePreview } from '../../domain/purchase.js'
import { createUuid } from '../../protocol/uuid.js'
import type { ContractGroup } from '../ContractGroup.js'
import type { Person } from '../ContractHarness.js'
import { ContractViolation } from '../ContractViolation.js'
import { type Ending, endingInWords, endingOf } from '../expectRefusal.js'
import { createRandom, type Random } from '../random.js'
import { rules } from '../rules.js'
import { confirmed, type World } from '../World.js'

/** How the random runs are made. */
export interface ModelOptions {
  /** Where chance begins; the same seed makes the same runs. @default a fresh one, printed */
  readonly seed?: number | undefined
  /** How many runs there are. @default 10 */
  readonly runs?: number | undefined
  /** How many steps each of them has. @default 30 */
  readonly steps?: number | undefined
}

const minute = 60_000

/** Random runs: whatever people, bank, connection and clock do, I1 and I2 hold and nobody does what they may not. */
export function modelGroup({ seed, runs, steps }: { seed: number; runs: number; steps: number }): ContractGroup {
  return {
    name: 'model',
    tests: Array.from({ length: runs }, (_, index) => ({
      title: `random run ${index + 1}`,
      rule: `${rules.oneCharge}; ${rules.shown}; ${rules.roles}`,
      run: (world: World) => runOf(world, (seed + index) >>> 0, steps),
    })),
  }
}

async function runOf(world: World, seed: number, count: number): Promise<void> {
  const model = new Model(world, createRandom(seed))
  try {
    await model.begin()
    for (let step = 0; step < count; step += 1) {
      await model.step()
      await world.expectInvariants()
    }
  } catch (error) {
    if (!(error instanceof ContractViolation)) throw error
    const { what, expected, received, rule } = error
    const story = model.story.map((line, index) => `\n    ${index + 1}. ${line}`).join('')
    const where = `${what} (seed ${seed}; the steps were:${story})`
    throw new ContractViolation({ what: where, expected, received, ...(rule && { rule }), cause: error })
  }
}

/** The people, with what each of them has been shown and has sent. */
class Model {
  /** What happened, in lines. */
  readonly story: string[] = []
  readonly #world: World
  readonly #random: Random
  readonly #people: readonly Person[]
  readonly #sent: { person: Person; input: PurchaseInput }[] = []
  /** The last price that each of them was shown. */
  readonly #latest = new Map<Person, PurchasePreview>()
  #accountId = ''
  #count = 0
  #addOnIds: readonly string[] = []

  constructor(world: World, random: Random) {
    this.#world = world
    this.#random = random
    this.#people = world.present('owner', 'secondOwner', 'admin', 'supervisor', 'agent')
  }

  async begin(): Promise<void> {
    const { account, addOns } = await this.#world.plan()
    this.#accountId = account.id
    this.#addOnIds = addOns.map(({ id }) => id)
  }

  async step(): Promise<void> {
    this.#count += 1
    await this.#random.pick(this.#steps())()
  }

  /** What can happen; what is listed twice happens twice as often. */
  #steps(): (() => Promise<unknown>)[] {
    const world = this.#world
    const random = this.#random
    const buyers = this.#people.filter((person) => person === 'owner' || person === 'secondOwner')
    const steps = [
      () => this.#preview(random.pick(this.#people)),
      () => this.#buy(random.pick(this.#people)),
      () => this.#buy(random.pick(buyers)),
      () => this.#buy(random.pick(buyers)),
      () => this.#together(buyers.map((person) => () => this.#preview(person))),
      () => this.#together([() => this.#buy(random.pick(buyers)), () => this.#buy(random.pick(buyers))]),
      () => this.#together(buyers.map((person) => () => this.#buy(person))),
      () => this.#resend(),
      () => this.#together([() => this.#resend(), () => this.#resend()]),
      () => this.#post('start-trial', 'startTrial'),
      () => this.#post('request-quote', 'requestQuote'),
      () => this.#post('request-feature', 'requestFeature'),
    ]
    const add = (name: string, move: () => Promise<void> | void) =>
      steps.push(async () => {
        this.story.push(name)
        await move()
      })
    if (world.has('advanceClock')) {
      const milliseconds = random.pick([1000, 2 * minute, 16 * minute, 61 * minute])
      add(`${milliseconds / 1000} s pass`, () => world.lever('advanceClock')(milliseconds))
    }
    if (world.has('addSeats')) add('a seat is added', () => world.lever('addSeats')(1))
    if (world.has('setPrice')) {
      const [addOnId, amount] = [random.pick(this.#addOnIds), 1000 + random.below(2000)]
      add(`the price of ${addOnId} becomes ${amount}`, () => world.lever('setPrice')(addOnId, amount))
    }
    if (world.has('decideCharges')) {
      const outcome = random.pick(['paid', 'paid', 'declined'] as const)
      add(`the open charges are ${outcome}`, () => world.lever('decideCharges')(outcome))
    }
    if (world.has('loseNext')) {
      const what = random.pick(['request', 'answer'] as const)
      add(`the next ${what} gets lost`, () => world.lever('loseNext')(what))
    }
    if (world.has('setRole')) {
      const role = random.pick(['owner', 'admin'] as const)
      add(`the owner is ${role} now`, () => world.setRole('owner', role))
    }
    return steps
  }

  #target() {
    // Most of it happens to one add-on: people have to meet.
    const [first = ''] = this.#addOnIds
    return {
      accountId: this.#accountId,
      addOnId: this.#random.below(4) > 0 ? first : this.#random.pick(this.#addOnIds),
    }
  }

  async #together(moves: readonly (() => Promise<unknown>)[]): Promise<void> {
    this.story.push('(the next ones at once)')
    await Promise.all(moves.map((move) => move()))
  }

  async #preview(person: Person): Promise<void> {
    const target = this.#target()
    const call = this.#world.as(person).previewPurchase(target)
    const ending = await this.#watch(person, 'subscribe', `previews ${target.addOnId}`, call)
    if ('answer' in ending) this.#latest.set(person, ending.answer)
  }

  /** Most buy what they were shown last; some try to buy what anybody was ever shown. */
  async #buy(person: Person): Promise<void> {
    const { shown } = this.#world.witness
    const latest = this.#latest.get(person)
    if (shown.length === 0 || (!latest && this.#random.below(2) === 0)) return this.#preview(person)
    if (this.#world.has('nextCharge') && this.#random.below(2) === 0) {
      const mood = this.#random.pick(['declined', 'processing', 'processing', 'action-needed'] as const)
      this.story.push(`the next charge will be ${mood}`)
      await this.#world.lever('nextCharge')(mood)
    }
    const input = confirmed(latest && this.#random.below(5) > 0 ? latest : this.#random.pick(shown))
    this.#sent.push({ person, input })
    await this.#watch(person, 'subscribe', `buys ${input.addOnId}`, this.#world.as(person).purchase(input))
  }

  async #resend(): Promise<void> {
    if (this.#sent.length === 0) return
    const { person, input } = this.#random.pick(this.#sent)
    const what = `sends a purchase of ${input.addOnId} again`
    await this.#watch(person, 'subscribe', what, this.#world.as(person).purchase(input))
  }

  async #post(action: AddOnAction, operation: 'startTrial' | 'requestQuote' | 'requestFeature'): Promise<void> {
    const person = this.#random.pick(this.#people)
    const input = { ...this.#target(), idempotencyKey: createUuid() }
    await this.#watch(person, action, `${operation} ${input.addOnId}`, this.#world.as(person)[operation](input))
  }

  /** @throws ContractViolation if somebody did what the present role may not, or the backend broke. */
  async #watch<T>(person: Person, action: AddOnAction, what: string, call: Promise<T>): Promise<Ending<T>> {
    const line = this.story.push(`the ${person} ${what}`) - 1
    const ending = await endingOf(call)
    this.story[line] += `: ${'error' in ending ? endingInWords(ending) : 'done'}`
    if ('answer' in ending) {
      const isAllowed = grantsAction(grantsOf(standardPolicy, this.#world.roleNow(person) ?? ''), action)
      if (isAllowed) return ending
      const expected = 'a refusal: forbidden (role)'
      throw new ContractViolation({ what: `the ${person} ${what}`, expected, received: 'an answer', rule: rules.roles })
    }
    if (ending.error.code === 'internal' || ending.error.code === 'invalid-response') {
      const expected = 'an answer, or a refusal that the contract has'
      throw new ContractViolation({ what: `the ${person} ${what}`, expected, received: endingInWords(ending) })
    }
    return ending
  }
}
