import { isSameMoney } from '../domain/money.js'
import { type ExpectedPurchase, expectedOf, isPayable, type PurchasePreview } from '../domain/purchase.js'
import type { RequestBody } from '../protocol/requests.js'
import { type AddOnCall, displayName, type KeyedCall } from './call.js'
import { refusalOf } from './decide.js'
import { keepOutcome, knownOutcome } from './keyed.js'
import { type Outcome, type Refusal, refuse } from './outcome.js'
import { statusOf } from './overview.js'
import { isPriceCurrent, isUsable, makePreview } from './previews.js'
import { ageOf, cancelAfter, chargeOnce, isLeased, leaseFrom, type Sending, settle } from './settlement.js'
import type { AccountRecords, PendingRecord } from './store.js'

type PurchaseCall = KeyedCall<RequestBody<'purchase'>>

/** Locks a price for one purchase. Nothing is bought. */
export async function previewPurchase(call: AddOnCall): Promise<Refusal | { preview: PurchasePreview }> {
  return call.context.store.transaction(call.account.id, async (records) => {
    const refusal = refusalOf(call, 'subscribe', await records.readAddOn(call.entry.id))
    return refusal ?? { preview: await makePreview(call, records) }
  })
}

/**
 * Buys what a preview shows, once. The attempt is reserved before billing is called; the same key finds out what became
 * of it.
 */
export async function purchase(call: PurchaseCall): Promise<Outcome> {
  const begun = await call.context.store.transaction(call.account.id, (records) => begin(call, records))
  if ('outcome' in begun) return begun.outcome
  return settle(call, begun.pending, await chargeOnce(call.context.billing, begun.pending, begun.sending))
}

type Begun = { outcome: Outcome } | { pending: PendingRecord; sending: Sending }

async function begin(call: PurchaseCall, records: AccountRecords): Promise<Begun> {
  const known = await knownOutcome(call, records)
  if (known) return { outcome: known }
  const record = await records.readAddOn(call.entry.id)
  const { pending } = record
  if (pending?.viewerId === call.viewer.id && pending.idempotencyKey === call.idempotencyKey) {
    if (isLeased(pending, call.now)) return { outcome: refuse('request-in-progress', { retryAfter: 1 }) }
    const resumed = { ...pending, leaseUntil: leaseFrom(call.now) }
    await records.writeAddOn(call.entry.id, { ...record, pending: resumed })
    // Sold outside of the kit or included meanwhile: a charge that has not arrived yet would be one too many. An old one
    // that could not be cancelled would be at a price that nobody expects any more.
    const { kind } = statusOf(call.entry, call.account, record, call.now)
    const isOver = kind === 'active' || kind === 'included' || ageOf(pending, call.now) >= cancelAfter
    return { pending: resumed, sending: isOver ? 'lookup-only' : 'again' }
  }
  const refusal = refusalOf(call, 'subscribe', record)
  const reserved = refusal ?? (await reserve(call, records))
  await keepOutcome(call, records, 'refusal' in reserved ? reserved : null)
  if ('refusal' in reserved) return { outcome: reserved }
  await records.writeAddOn(call.entry.id, { ...record, pending: reserved })
  return { pending: reserved, sending: 'first' }
}

/** Takes the preview for this attempt, where it still is what the buyer saw and what the account would pay. */
async function reserve(call: PurchaseCall, records: AccountRecords): Promise<PendingRecord | Refusal> {
  const { viewer, body, now } = call
  const locked = await records.readPreview(body.previewId)
  if (!locked || !isUsable(call, locked)) return refuse('preview-expired')
  const payment = call.account.payment === null ? null : locked.preview.payment
  if (!isPayable({ ...locked.preview, payment })) return refuse('payment-declined')
  if (!isSameExpected(body.expected, expectedOf(locked.preview)) || !isPriceCurrent(call, locked)) {
    return refuse('preview-changed', { preview: await makePreview(call, records) })
  }
  const attemptId = createReference()
  await records.writePreview({ ...locked, usedBy: attemptId })
  return {
    attemptId,
    idempotencyKey: call.idempotencyKey,
    viewerId: viewer.id,
    viewerName: displayName(viewer),
    viewerRole: viewer.role,
    preview: locked.preview,
    expected: body.expected,
    state: 'processing',
    startedAt: now,
    leaseUntil: leaseFrom(now),
  }
}

function isSameExpected(a: ExpectedPurchase, b: ExpectedPurchase): boolean {
  return isSameMoney(a.dueNow, b.dueNow) && a.seats === b.seats && a.termsVersion === b.termsVersion
}

/** A purchase's id: 60 random bits that a person can read out (Crockford's base 32). */
function createReference(): string {
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
  return `pur_${Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => letters[byte % 32]).join('')}`
}
