import { totalSeats } from '../domain/account.js'
import { isSameMoney, sumMoney } from '../domain/money.js'
import { remainingSeconds } from '../domain/proration.js'
import type { PurchasePreview } from '../domain/purchase.js'
import { purchasePreviewSchema } from '../protocol/schemas.js'
import { createUuid } from '../protocol/uuid.js'
import { periodPrice } from './billing.js'
import type { AddOnCall } from './call.js'
import { unitPriceOf } from './overview.js'
import type { AccountRecords, PreviewRecord } from './store.js'

/** How long a price is locked at the most, in milliseconds: 15 minutes. */
const lockTime = 15 * 60 * 1000

const defaultTerms = { version: '1', consent: 'notice' } as const

/** Locks a price for one purchase and keeps it. */
export async function makePreview(call: AddOnCall, records: AccountRecords): Promise<PurchasePreview> {
  const { context, account, viewer, entry, now } = call
  const { period, seats, frequency, nextInvoiceDate } = account.billing
  const unitPrice = unitPriceOf(entry, account)
  if (!unitPrice) throw new TypeError(`"${entry.id}" has no price in ${account.billing.currency}; it is sold by quote.`)
  const total = totalSeats(seats)
  const at = new Date(Math.floor(Date.parse(now) / 1000) * 1000).toISOString()
  const priced = await context.billing.preview({ account, addOnId: entry.id, seats: total, unitPrice, at })
  // Read back: what the host keeps beside its seats, its payment method, its lines and its terms stays with it.
  const preview = purchasePreviewSchema({
    previewId: createUuid(),
    accountId: account.id,
    addOnId: entry.id,
    seats: { ...seats, total },
    unitPrice,
    frequency,
    lines: priced.lines,
    dueNow: sumMoney(
      unitPrice.currency,
      priced.lines.map((line) => line.amount),
    ),
    ...(priced.taxNotIncluded && { taxNotIncluded: true }),
    proration: { from: at, to: period.end, unit: 'second', ...remainingSeconds(period, at) },
    nextInvoice: { addOnAmount: periodPrice(unitPrice, total), date: nextInvoiceDate },
    payment: account.payment === undefined ? { label: 'Invoice' } : account.payment,
    terms: { final: true, ...(context.catalog.terms ?? defaultTerms) },
    expiresAt: new Date(Math.min(Date.parse(now) + lockTime, Date.parse(period.end))).toISOString(),
    serverTime: now,
  } satisfies PurchasePreview)
  await records.writePreview({ preview, viewerId: viewer.id, period, usedBy: null })
  return preview
}

/** Whether this viewer can still buy a preview: it is neither somebody else's nor used up nor expired. */
export function isUsable({ viewer, account, entry, now }: AddOnCall, record: PreviewRecord): boolean {
  const { preview } = record
  return (
    record.viewerId === viewer.id &&
    preview.accountId === account.id &&
    preview.addOnId === entry.id &&
    !record.usedBy &&
    Date.parse(now) < Date.parse(preview.expiresAt)
  )
}

/** Whether the account still is what the preview was made for. Time passing does not change it. */
export function isPriceCurrent({ account, entry, context }: AddOnCall, { preview, period }: PreviewRecord): boolean {
  const { billing } = account
  const unitPrice = unitPriceOf(entry, account)
  return (
    unitPrice !== null &&
    isSameMoney(unitPrice, preview.unitPrice) &&
    billing.frequency === preview.frequency &&
    billing.seats.standardLicenses === preview.seats.standardLicenses &&
    billing.seats.additionalUsers === preview.seats.additionalUsers &&
    billing.period.start === period.start &&
    billing.period.end === period.end &&
    (context.catalog.terms ?? defaultTerms).version === preview.terms.version
  )
}
