import type { Period } from '../domain/proration.js'
import type { ExpectedPurchase, PaymentAction, PurchasePreview } from '../domain/purchase.js'
import type { Outcome } from './outcome.js'

/** An add-on that was sold. */
export interface SaleRecord {
  readonly since: string
  /** The buyer's name. */
  readonly by?: string
  /** Total seats. */
  readonly seats?: number
  readonly receiptUrl?: string
  readonly reference?: string
}

/** A purchase that is reserved, and whose outcome is not known yet. */
export interface PendingRecord {
  readonly attemptId: string
  readonly idempotencyKey: string
  readonly viewerId: string
  readonly viewerName: string
  readonly viewerRole: string
  readonly preview: PurchasePreview
  readonly expected: ExpectedPurchase
  readonly state: 'processing' | 'action-needed'
  readonly action?: PaymentAction
  readonly startedAt: string
  /** Until then one request is talking to billing, and every other one is `request-in-progress`. */
  readonly leaseUntil: string | null
}

/** One viewer's request for an add-on. */
interface FeatureRequestRecord {
  readonly viewerId: string
  readonly name: string
  readonly requestedAt: string
  readonly askAgainAt: string
  readonly note?: string
}

/** Everything that is recorded of one add-on of one account. */
export interface AddOnRecord {
  readonly sale: SaleRecord | null
  /** Kept when it is over: there is one trial per add-on and account, ever. */
  readonly trial: { readonly startedAt: string; readonly endsAt: string } | null
  readonly pending: PendingRecord | null
  readonly quoteRequest: {
    readonly requestedAt: string
    readonly requestedBy: string
    readonly message?: string
  } | null
  readonly featureRequests: readonly FeatureRequestRecord[]
  /** When the Owners were last told of feature requests. */
  readonly notifiedAt: string | null
}

/** An add-on nothing has happened to. */
export const emptyAddOnRecord: AddOnRecord = {
  sale: null,
  trial: null,
  pending: null,
  quoteRequest: null,
  featureRequests: [],
  notifiedAt: null,
}

/** A price that was locked, and the facts that it rests on. */
export interface PreviewRecord {
  readonly preview: PurchasePreview
  readonly viewerId: string
  readonly period: Period
  /** The attempt that uses it up. */
  readonly usedBy: string | null
}

/** What was done under an idempotency key. */
export interface KeyRecord {
  /** The parsed body, as text. */
  readonly body: string
  readonly createdAt: string
  /** `null` while it is not final. */
  readonly outcome: Outcome | null
}

/** One account's records within a transaction. Records are values: write a new one, never change one. */
export interface AccountRecords {
  readAddOn(addOnId: string): Promise<AddOnRecord>
  writeAddOn(addOnId: string, record: AddOnRecord): Promise<void>
  readPreview(previewId: string): Promise<PreviewRecord | undefined>
  writePreview(record: PreviewRecord): Promise<void>
  readKey(key: string): Promise<KeyRecord | undefined>
  writeKey(key: string, record: KeyRecord): Promise<void>
}

/** The one truth of status. */
export interface AddOnStore {
  /**
   * Runs `work` alone for this account: no other transaction of the account runs meanwhile. All it wrote is kept when it
   * resolves, nothing of it when it rejects.
   */
  transaction<T>(accountId: string, work: (records: AccountRecords) => Promise<T>): Promise<T>
  /** Counts a viewer's POST, and tells how many there were in the minute before `at` with it. */
  countPost(accountId: string, viewerId: string, at: string): Promise<number>
  /** Records a sale made outside of the kit. It ends a trial and closes open quote and feature requests. */
  recordSale(accountId: string, addOnId: string, sale: SaleRecord): Promise<void>
  /** Records that the account has the add-on no longer. */
  endAddOn(accountId: string, addOnId: string): Promise<void>
  /** Records that a quote request was answered or dropped. */
  closeQuoteRequest(accountId: string, addOnId: string): Promise<void>
}

/** What a sale does to an add-on's record. */
export function sold(record: AddOnRecord, sale: SaleRecord): AddOnRecord {
  const { trial } = record
  const isTrialCut = trial !== null && Date.parse(trial.endsAt) > Date.parse(sale.since)
  return {
    ...emptyAddOnRecord,
    pending: record.pending,
    sale,
    trial: isTrialCut ? { ...trial, endsAt: sale.since } : trial,
  }
}

/** The three things a store is told from outside, over its transactions. */
export function outsideEvents(
  transaction: AddOnStore['transaction'],
): Pick<AddOnStore, 'recordSale' | 'endAddOn' | 'closeQuoteRequest'> {
  const update = (accountId: string, addOnId: string, change: (record: AddOnRecord) => AddOnRecord) =>
    transaction(accountId, async (records) => records.writeAddOn(addOnId, change(await records.readAddOn(addOnId))))
  return {
    recordSale: (accountId, addOnId, sale) => update(accountId, addOnId, (record) => sold(record, sale)),
    endAddOn: (accountId, addOnId) => update(accountId, addOnId, (record) => ({ ...record, sale: null })),
    closeQuoteRequest: (accountId, addOnId) =>
      update(accountId, addOnId, (record) => ({ ...record, quoteRequest: null })),
  }
}
