import type { Money } from '../domain/money.js'
import { sumMoney } from '../domain/money.js'
import { prorate } from '../domain/proration.js'
import type { PaymentAction, PreviewLine, PurchasePreview } from '../domain/purchase.js'
import type { HostAccount } from './host.js'

/** What a preview is made for. */
export interface PreviewInput {
  readonly account: HostAccount
  readonly addOnId: string
  /** Total seats. */
  readonly seats: number
  readonly unitPrice: Money
  /** The instant from which the rest of the period is billed. */
  readonly at: string
}

/** What is due now. */
export interface PricedPurchase {
  readonly lines: readonly PreviewLine[]
  readonly taxNotIncluded?: true
}

/** What billing knows of a charge. */
export type ChargeResult =
  | { readonly status: 'paid'; readonly amount: Money; readonly receiptUrl?: string }
  | { readonly status: 'processing' }
  | { readonly status: 'action-needed'; readonly action: PaymentAction }
  | { readonly status: 'declined' }
  | { readonly status: 'none' }

/** Where money moves. `attemptId` is the idempotency key towards it: one attempt is one charge. */
export interface AddOnBilling {
  preview(input: PreviewInput): Promise<PricedPurchase> | PricedPurchase
  /** Charges `preview.dueNow`. A throw means that nobody knows; `lookup` is asked then. */
  charge(input: { attemptId: string; preview: PurchasePreview }): Promise<ChargeResult> | ChargeResult
  /** What became of an attempt; `none`: it never arrived. */
  lookup(attemptId: string): Promise<ChargeResult> | ChargeResult
  /** Makes sure that an attempt can no longer succeed, if that is still possible. */
  cancel(attemptId: string): Promise<void> | void
}

/** The price of a whole period for all seats. */
export function periodPrice(unitPrice: Money, seats: number): Money {
  return sumMoney(unitPrice.currency, [{ amount: unitPrice.amount * seats, currency: unitPrice.currency }])
}

/** The default billing: a ledger priced by `prorate()`. Every charge succeeds; the host invoices what was sold. */
export function createLedgerBilling(): AddOnBilling {
  const paid = new Map<string, Money>()
  const cancelled = new Set<string>()
  return {
    preview({ account, seats, unitPrice, at }) {
      const whole = periodPrice(unitPrice, seats)
      const amount = prorate({ amount: whole.amount, period: account.billing.period, at })
      return { lines: [{ kind: 'prorated', amount: { amount, currency: unitPrice.currency } }] }
    },
    charge({ attemptId, preview }) {
      if (cancelled.has(attemptId)) return { status: 'declined' }
      paid.set(attemptId, preview.dueNow)
      return { status: 'paid', amount: preview.dueNow }
    },
    lookup(attemptId) {
      const amount = paid.get(attemptId)
      return amount ? { status: 'paid', amount } : { status: 'none' }
    },
    cancel(attemptId) {
      if (!paid.has(attemptId)) cancelled.add(attemptId)
    },
  }
}
