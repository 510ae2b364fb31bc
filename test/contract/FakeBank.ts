import type { Money } from '../../src/domain/money.js'
import type { PurchasePreview } from '../../src/domain/purchase.js'
import { type AddOnBilling, type ChargeResult, createLedgerBilling } from '../../src/server/index.js'
import type { Charge, ChargeMood } from '../../src/testing/index.js'

/** A bank that keeps the contract of `AddOnBilling`, and remembers what moved. */
export class FakeBank implements AddOnBilling {
  /** Money that moved, in order. */
  readonly charges: Charge[] = []
  readonly #ledger = createLedgerBilling()
  readonly #known = new Map<string, ChargeResult>()
  readonly #open = new Map<string, PurchasePreview>()
  #mood: ChargeMood | undefined

  preview: AddOnBilling['preview'] = (input) => this.#ledger.preview(input)

  charge({ attemptId, preview }: { attemptId: string; preview: PurchasePreview }): ChargeResult {
    const known = this.#known.get(attemptId)
    if (known) return known
    const mood = this.#mood
    this.#mood = undefined
    if (!mood) return this.pay(attemptId, preview, preview.dueNow)
    if (mood === 'declined') return this.#know(attemptId, { status: mood })
    this.#open.set(attemptId, preview)
    return this.#know(
      attemptId,
      mood === 'processing' ? { status: mood } : { status: mood, action: { type: 'redirect' } },
    )
  }

  lookup(attemptId: string): ChargeResult {
    return this.#known.get(attemptId) ?? { status: 'none' }
  }

  /** What this bank has begun cannot be called back. */
  cancel(attemptId: string): void {
    if (!this.#known.has(attemptId)) this.#know(attemptId, { status: 'declined' })
  }

  /** Moves money. */
  pay(attemptId: string, { accountId, addOnId }: PurchasePreview, amount: Money): ChargeResult {
    this.charges.push({ accountId, addOnId, amount })
    return this.#know(attemptId, { status: 'paid', amount })
  }

  nextCharge(mood: ChargeMood): void {
    this.#mood = mood
  }

  decideCharges(outcome: 'paid' | 'declined'): void {
    for (const [attemptId, preview] of this.#open) {
      if (outcome === 'paid') this.pay(attemptId, preview, preview.dueNow)
      else this.#know(attemptId, { status: outcome })
    }
    this.#open.clear()
  }

  #know(attemptId: string, result: ChargeResult): ChargeResult {
    this.#known.set(attemptId, result)
    return result
  }
}
