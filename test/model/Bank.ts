import type { PurchasePreview } from '../../src/domain/purchase.js'
import type { ChargeResult } from '../../src/server/index.js'
import { FakeBilling } from '../server/FakeBilling.js'
import type { Activity } from './Activity.js'

/** The bank of one run: what it was asked to charge, and what it then did, is the truth about money. */
export class Bank extends FakeBilling {
  readonly #activity: Activity
  readonly #asked = new Map<string, PurchasePreview>()
  #release: (() => void) | undefined

  constructor(activity: Activity) {
    super()
    this.#activity = activity
  }

  /** From now on charges take until they are released. */
  override hold(): () => void {
    this.#release ??= super.hold()
    return () => this.release()
  }

  release(): void {
    this.#release?.()
    this.#release = undefined
  }

  override async charge(input: { attemptId: string; preview: PurchasePreview }): Promise<ChargeResult> {
    this.#asked.set(input.attemptId, input.preview)
    const result = super.charge(input)
    return this.#release ? this.#activity.aside(result) : result
  }

  /** Makes up its mind about everything that it left open. */
  decide(isPaid: boolean): number {
    let decided = 0
    for (const [attemptId, { status }] of [...this.known]) {
      const preview = this.#asked.get(attemptId)
      if (!preview || (status !== 'processing' && status !== 'action-needed')) continue
      decided += 1
      if (isPaid) this.pay(attemptId, preview)
      else this.known.set(attemptId, { status: 'declined' })
    }
    return decided
  }
}
