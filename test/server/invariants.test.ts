import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PurchasePreview } from '../../src/domain/purchase.js'
import { createUuid } from '../../src/protocol/uuid.js'
import { type Answer, Harness, minute, people, previewIn, problemOf, purchaseOf } from './harness.js'

type Who = 'olive' | 'otto'

/** One thing that happens; numbers choose among what there is by then. */
type Step =
  | { readonly do: 'preview' | 'look'; readonly who: Who }
  | { readonly do: 'buy' | 'resend'; readonly who: Who; readonly which: number }
  | { readonly do: 'pass'; readonly milliseconds: number }
  | { readonly do: 'mood'; readonly mood: Harness['billing']['mood'] }
  | { readonly do: 'down'; readonly lookup: boolean; readonly cancel: boolean }
  /** The bank takes its time with every charge, until it is released. */
  | { readonly do: 'hold' | 'release' | 'bank pays' | 'bank declines' }
  | { readonly do: 'seats'; readonly count: number }
  | { readonly do: 'demote'; readonly isDemoted: boolean }

const who = fc.constantFrom<Who>('olive', 'otto')
const which = fc.nat(5)
const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: fc.record({ do: fc.constantFrom('preview', 'look'), who }), weight: 3 },
  { arbitrary: fc.record({ do: fc.constantFrom('buy', 'resend'), who, which }), weight: 6 },
  fc.record({ do: fc.constant('pass'), milliseconds: fc.constantFrom(1, 61_000, 10 * minute, 31 * minute) }),
  fc.record({
    do: fc.constant('mood'),
    mood: fc.constantFrom('paid', 'processing', 'action-needed', 'declined', 'none', 'throw-before', 'throw-after'),
  }),
  fc.record({ do: fc.constant('down'), lookup: fc.boolean(), cancel: fc.boolean() }),
  fc.record({ do: fc.constantFrom('hold', 'release', 'bank pays', 'bank declines') }),
  fc.record({ do: fc.constant('seats'), count: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ do: fc.constant('demote'), isDemoted: fc.boolean() }),
)

const batches = fc.array(fc.array(step, { minLength: 1, maxLength: 4, size: 'max' }), { maxLength: 30, size: 'max' })

/** Two Owners, a bank and a clock, with whatever they do. */
class World {
  readonly harness = new Harness()
  readonly shown: PurchasePreview[] = []
  readonly #previews: Record<Who, PurchasePreview[]> = { olive: [], otto: [] }
  readonly #sent: Record<Who, { preview: PurchasePreview; key: string }[]> = { olive: [], otto: [] }
  /** What was sent and is not answered yet. */
  readonly #underway: Promise<void>[] = []
  #release = () => {}
  #isDemoted = false

  /** Lets several things happen at once, and does not wait for a bank that takes its time. */
  async runAll(batch: readonly Step[]): Promise<void> {
    this.#underway.push(...batch.map((happening) => this.run(happening)))
    await new Promise((resolve) => setImmediate(resolve))
    this.expectInvariants()
  }

  #as(name: Who) {
    return { ...people[name], role: name === 'olive' && this.#isDemoted ? 'admin' : 'owner' }
  }

  async run(happening: Step): Promise<void> {
    const { harness } = this
    const { billing } = harness
    switch (happening.do) {
      case 'look':
        expect((await harness.get(this.#as(happening.who))).status).toBe(200)
        return
      case 'preview': {
        const answer = await harness.post('previewPurchase', { as: this.#as(happening.who) })
        if (answer.status === 201) this.#keep(previewIn(answer), happening.who)
        return
      }
      case 'buy': {
        const preview = this.#previews[happening.who].at(-1 - happening.which)
        return preview && this.#buy(happening.who, preview, createUuid())
      }
      case 'resend': {
        const sent = this.#sent[happening.who].at(-1 - happening.which)
        return sent && this.#buy(happening.who, sent.preview, sent.key)
      }
      case 'pass':
        return harness.pass(happening.milliseconds)
      case 'mood':
        billing.mood = happening.mood
        return
      case 'down':
        billing.isDown = happening
        return
      case 'hold':
        this.#release()
        this.#release = billing.hold()
        return
      case 'release':
        return this.#release()
      case 'bank pays':
      case 'bank declines':
        return this.#decide(happening.do === 'bank pays')
      case 'seats':
        return harness.bill({ seats: { standardLicenses: happening.count, additionalUsers: 0 } })
      case 'demote':
        this.#isDemoted = happening.isDemoted
    }
  }

  #keep(preview: PurchasePreview, name: Who): void {
    this.shown.push(preview)
    this.#previews[name].push(preview)
  }

  async #buy(name: Who, preview: PurchasePreview, key: string): Promise<void> {
    this.#sent[name].push({ preview, key })
    const answer = await this.harness.buy(preview, { key, as: this.#as(name) })
    this.#check(answer, preview)
    if (answer.status >= 400) {
      const { preview: fresh } = problemOf(answer)
      if (fresh) this.#keep(fresh, name)
    }
  }

  /** What is said of a purchase must be so. */
  #check(answer: Answer, preview: PurchasePreview): void {
    if (answer.status !== 201) return
    const { purchase } = purchaseOf(answer)
    expect(purchase).toMatchObject({ status: 'completed', charged: preview.dueNow })
    expect(this.harness.billing.payments.map(({ attemptId }) => attemptId)).toEqual([purchase.id])
  }

  /** The bank makes up its mind about what it has not decided yet. */
  async #decide(isPaid: boolean): Promise<void> {
    const { billing } = this.harness
    const { pending } = await this.harness.record()
    if (!pending) return
    const known = billing.known.get(pending.attemptId)?.status
    if (known !== 'processing' && known !== 'action-needed') return
    if (isPaid) billing.pay(pending.attemptId, pending.preview)
    else billing.known.set(pending.attemptId, { status: 'declined' })
  }

  /** I1 and I2. */
  expectInvariants(): void {
    const { payments } = this.harness.billing
    expect(payments.length).toBeLessThanOrEqual(1)
    for (const { amount } of payments) expect(this.shown.map(({ dueNow }) => dueNow)).toContainEqual(amount)
  }

  /** Everything comes back to order: then the record must be what the bank knows. */
  async settle(): Promise<void> {
    const { harness } = this
    this.#release()
    await Promise.all(this.#underway)
    harness.billing.isDown = { lookup: false, cancel: false }
    harness.billing.mood = 'declined'
    await this.#decide(false)
    harness.pass(31 * minute)
    await harness.get(people.otto)
    const { sale, pending } = await harness.record()
    const [payment] = harness.billing.payments
    expect(pending).toBeNull()
    expect(sale?.reference).toBe(payment?.attemptId)
    expect(harness.notifications.map(({ type }) => type)).toEqual(payment ? ['purchased'] : [])
  }
}

test('whatever happens, one charge at most, of what was shown, and recorded as what it was', async () => {
  await fc.assert(
    fc.asyncProperty(batches, async (some) => {
      const world = new World()
      await world.run({ do: 'preview', who: 'olive' })
      await world.run({ do: 'preview', who: 'otto' })
      for (const batch of some) await world.runAll(batch)
      await world.settle()
      world.expectInvariants()
    }),
    { numRuns: 400 },
  )
}, 60_000)
