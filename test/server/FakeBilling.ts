import type { Money } from '../../src/domain/money.js'
import type { PurchasePreview } from '../../src/domain/purchase.js'
import { type AddOnBilling, type ChargeResult, createLedgerBilling } from '../../src/server/index.js'

/** What the bank does with the next charge. The two throws: the network broke before, or after, the money moved. */
export type BankMood = ChargeResult['status'] | 'throw-before' | 'throw-after'

/** A bank that keeps the contract of `AddOnBilling`, records what it is asked, and can be told how to behave. */
export class FakeBilling implements AddOnBilling {
  /** Everything it was asked besides previews, in order: `charge pur_…`. */
  readonly calls: string[] = []
  /** Money that moved. */
  readonly payments: { attemptId: string; accountId: string; addOnId: string; amount: Money }[] = []
  mood: BankMood = 'paid'
  /** Overrides the amount that is charged. */
  amount: Money | undefined
  receiptUrl: string | undefined
  /** The next lookups and cancellations fail. */
  isDown = { lookup: false, cancel: false }
  /** What it knows of each attempt. */
  readonly known = new Map<string, ChargeResult>()
  readonly #ledger = createLedgerBilling()
  readonly #cancelled = new Set<string>()
  #gate: Promise<void> | undefined
  preview: AddOnBilling['preview'] = (input) => this.#ledger.preview(input)

  /** Holds every charge until the returned function is called. */
  hold(): () => void {
    const { promise, resolve } = deferred()
    this.#gate = promise
    return () => {
      this.#gate = undefined
      resolve()
    }
  }

  async charge({ attemptId, preview }: { attemptId: string; preview: PurchasePreview }): Promise<ChargeResult> {
    this.calls.push(`charge ${attemptId}`)
    await this.#gate
    if (this.mood === 'throw-before') throw new Error('secret: the bank hung up')
    if (this.#cancelled.has(attemptId)) return { status: 'declined' }
    const result = this.known.get(attemptId) ?? this.#decide(attemptId, preview)
    if (this.mood === 'throw-after') throw new Error('secret: the bank hung up')
    return result
  }

  #decide(attemptId: string, preview: PurchasePreview): ChargeResult {
    switch (this.mood) {
      case 'processing':
      case 'declined':
        return this.#know(attemptId, { status: this.mood })
      case 'action-needed':
        return this.#know(attemptId, { status: 'action-needed', action: { type: 'redirect' } })
      case 'none':
        return { status: 'none' }
      default:
        return this.pay(attemptId, preview)
    }
  }

  #know(attemptId: string, result: ChargeResult): ChargeResult {
    this.known.set(attemptId, result)
    return result
  }

  /** Moves the money, at once or later. */
  pay(attemptId: string, { accountId, addOnId, dueNow }: PurchasePreview): ChargeResult {
    const amount = this.amount ?? dueNow
    this.payments.push({ attemptId, accountId, addOnId, amount })
    return this.#know(attemptId, { status: 'paid', amount, ...(this.receiptUrl && { receiptUrl: this.receiptUrl }) })
  }

  lookup(attemptId: string): ChargeResult {
    this.calls.push(`lookup ${attemptId}`)
    if (this.isDown.lookup) throw new Error('secret: lookup is down')
    return this.known.get(attemptId) ?? { status: 'none' }
  }

  cancel(attemptId: string): void {
    this.calls.push(`cancel ${attemptId}`)
    if (this.isDown.cancel) throw new Error('secret: cancel is down')
    this.#cancelled.add(attemptId)
  }

  /** How often it was asked for something. */
  count(call: 'charge' | 'lookup' | 'cancel'): number {
    return this.calls.filter((entry) => entry.startsWith(`${call} `)).length
  }
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
