import type { Frequency, Seats } from './account.js'
import type { Money } from './money.js'
import type { AddOnId } from './Register.js'

/** One line of a preview. The due amount is the exact sum of the lines. */
export interface PreviewLine {
  readonly kind: 'prorated' | 'discount' | 'credit' | 'tax' | 'past-due' | 'other'
  readonly label?: string
  readonly amount: Money
}

/** The part of the billing period that is due now, as the backend computed it; a client shows it. */
export interface Proration {
  readonly from: string
  readonly to: string
  /** `unknown` stands for every unit this version does not know. */
  readonly unit: 'second' | 'day' | 'unknown'
  readonly used: number
  readonly of: number
}

/** What the buyer agrees to. */
export interface PurchaseTerms {
  readonly final: true
  readonly version: string
  readonly url?: string
  /** `checkbox`: the buyer must tick that they agree; `notice`: reading is enough. */
  readonly consent: 'notice' | 'checkbox'
}

/** What this add-on adds to the next invoice. */
export interface NextInvoice {
  readonly addOnAmount: Money
  readonly date: string
}

/** The price the backend locked for one purchase. */
export interface PurchasePreview {
  readonly previewId: string
  readonly accountId: string
  readonly addOnId: AddOnId
  readonly seats: Seats & { readonly total: number }
  readonly unitPrice: Money
  readonly frequency: Frequency
  readonly lines: readonly PreviewLine[]
  readonly dueNow: Money
  readonly taxNotIncluded?: true
  readonly proration: Proration
  readonly nextInvoice: NextInvoice
  /** What pays, e.g. "Visa ending 4242"; `null`: no payment method on file. */
  readonly payment: { readonly label: string } | null
  readonly terms: PurchaseTerms
  readonly expiresAt: string
  readonly serverTime: string
}

/** What the buyer saw and agreed to; the server charges exactly this or nothing. */
export interface ExpectedPurchase {
  readonly dueNow: Money
  readonly seats: number
  readonly termsVersion: string
}

/** Whether there is anything to pay this preview with, or nothing to pay. */
export function isPayable({ payment, dueNow }: PurchasePreview): boolean {
  return payment !== null || dueNow.amount <= 0
}

/** What a buyer agrees to by confirming this preview. */
export function expectedOf(preview: PurchasePreview): ExpectedPurchase {
  return { dueNow: preview.dueNow, seats: preview.seats.total, termsVersion: preview.terms.version }
}

/** What the payment asks of a person, e.g. a 3-D Secure challenge. Only `type` is the kit's; the rest is the host's. */
export interface PaymentAction {
  readonly type: string
  readonly [detail: string]: unknown
}

interface PurchaseFacts {
  readonly id: string
  readonly addOnId: AddOnId
  /** Total seats. */
  readonly seats: number
  readonly requestedAt: string
  readonly purchasedBy: string
}

/** A purchase that went through. */
export interface CompletedPurchase extends PurchaseFacts {
  readonly status: 'completed'
  readonly purchasedAt: string
  readonly charged: Money
  readonly nextInvoice: NextInvoice
  readonly receiptUrl?: string
}

/** A purchase, by what is known of it. */
export type Purchase =
  | CompletedPurchase
  | (PurchaseFacts & { readonly status: 'processing' })
  | (PurchaseFacts & { readonly status: 'action-needed'; readonly action: PaymentAction })
