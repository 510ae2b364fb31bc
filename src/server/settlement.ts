import type { CompletedPurchase, Purchase } from '../domain/purchase.js'
import type { AddOnBilling, ChargeResult } from './billing.js'
import type { AddOnCall, Session } from './call.js'
import { keyIdOf } from './keyed.js'
import { notify } from './notify.js'
import { type Answer, type Outcome, refuse } from './outcome.js'
import { type AccountRecords, type PendingRecord, sold } from './store.js'

/** How long one request may talk to billing before another one may take the attempt over, in milliseconds. */
const leaseTime = 60_000
/** After this time the server tries to cancel what is still pending, in milliseconds: 30 minutes. */
export const cancelAfter = 30 * 60 * 1000

/** Until when a request that starts now has the attempt to itself. */
export function leaseFrom(now: string): string {
  return new Date(Date.parse(now) + leaseTime).toISOString()
}

/** How long ago an attempt began, in milliseconds. */
export function ageOf({ startedAt }: PendingRecord, now: string): number {
  return Date.parse(now) - Date.parse(startedAt)
}

/** Whether a request is talking to billing about this attempt. */
export function isLeased({ leaseUntil }: PendingRecord, now: string): boolean {
  return leaseUntil !== null && Date.parse(now) < Date.parse(leaseUntil)
}

/** How an attempt is sent to billing: for the first time, again, or again when it must not be charged any more. */
export type Sending = 'first' | 'again' | 'lookup-only'

/** Charges an attempt, or finds out what became of it; `none` where billing does not say. */
export async function chargeOnce(
  billing: AddOnBilling,
  { attemptId, preview }: PendingRecord,
  sending: Sending,
): Promise<ChargeResult> {
  if (preview.dueNow.amount <= 0) {
    return sending === 'lookup-only' ? { status: 'none' } : { status: 'paid', amount: preview.dueNow }
  }
  try {
    const known: ChargeResult = sending === 'first' ? { status: 'none' } : await billing.lookup(attemptId)
    const isToCharge = known.status === 'none' && sending !== 'lookup-only'
    return isToCharge ? await billing.charge({ attemptId, preview }) : known
  } catch {
    return (await lookup(billing, attemptId)) ?? { status: 'none' }
  }
}

async function lookup(billing: AddOnBilling, attemptId: string): Promise<ChargeResult | undefined> {
  try {
    return await billing.lookup(attemptId)
  } catch {
    return undefined
  }
}

/** Records what became of an attempt, under its buyer's key too, and says it as an outcome. */
export async function settle(
  call: AddOnCall,
  pending: PendingRecord,
  result: ChargeResult,
  isCancelled = false,
): Promise<Outcome> {
  const { store } = call.context
  const settled = await store.transaction(call.account.id, (records) =>
    record(call, records, pending, result, isCancelled),
  )
  if (settled.isSold) {
    const buyer = { id: pending.viewerId, name: pending.viewerName, role: pending.viewerRole, grants: [] }
    await notify({ ...call, viewer: buyer }, 'purchased')
  }
  return settled.outcome
}

async function record(
  { entry, now }: AddOnCall,
  records: AccountRecords,
  pending: PendingRecord,
  result: ChargeResult,
  isCancelled: boolean,
): Promise<{ outcome: Outcome; isSold: boolean }> {
  const addOn = await records.readAddOn(entry.id)
  const keyId = keyIdOf(pending.viewerId, 'purchase', entry.id, pending.idempotencyKey)
  const key = await records.readKey(keyId)
  const isGone = addOn.pending?.attemptId !== pending.attemptId
  // Released while its request still talked to billing: money that moved after all is recorded all the same.
  const isLate = isGone && result.status === 'paid' && !addOn.pending && !addOn.sale
  // Another request talks to billing about it now: only money that moved is recorded over its head.
  const isTakenOver = !isGone && addOn.pending?.leaseUntil !== pending.leaseUntil
  if (isGone && !isLate && result.status === 'paid' && addOn.sale?.reference !== pending.attemptId) {
    console.error(
      `addon-kit: billing was paid for ${pending.attemptId} ("${entry.id}") after it had been released and somebody else had bought. Refund it.`,
    )
  }
  if ((isGone && !isLate) || (isTakenOver && result.status !== 'paid')) {
    return { outcome: key?.outcome ?? refuse('request-in-progress', { retryAfter: 1 }), isSold: false }
  }
  const end = async (outcome: Outcome, isSold: boolean) => {
    if (key) await records.writeKey(keyId, { ...key, outcome })
    return { outcome, isSold }
  }
  const release = () => records.writeAddOn(entry.id, { ...addOn, pending: null })
  const wait = (change: Partial<PendingRecord>) =>
    records.writeAddOn(entry.id, { ...addOn, pending: { ...pending, ...change, leaseUntil: null } })

  switch (result.status) {
    case 'paid': {
      const purchase = completed(pending, result, now)
      const { seats, receiptUrl, id: reference } = purchase
      const sale = { since: now, by: pending.viewerName, seats, reference, ...(receiptUrl && { receiptUrl }) }
      await records.writeAddOn(entry.id, { ...sold(addOn, sale), pending: null })
      return end({ status: 201, body: { purchase } }, true)
    }
    case 'processing':
      await wait({ state: 'processing' })
      return { outcome: accepted({ ...factsOf(pending), status: 'processing' }), isSold: false }
    case 'action-needed': {
      const { action } = result
      await wait({ state: 'action-needed' })
      return { outcome: accepted({ ...factsOf(pending), status: 'action-needed', action }), isSold: false }
    }
    case 'declined': {
      await release()
      const locked = await records.readPreview(pending.preview.previewId)
      if (locked) await records.writePreview({ ...locked, usedBy: null })
      return end(refuse('payment-declined'), false)
    }
    case 'none':
      if (isCancelled) {
        await release()
        return end(refuse('preview-expired'), false)
      }
      await wait({})
      return { outcome: refuse('unavailable', { retryAfter: 2 }), isSold: false }
  }
}

function accepted(purchase: Purchase): Answer {
  return { status: 202, body: { purchase } }
}

function factsOf({ attemptId, preview, startedAt, viewerName }: PendingRecord) {
  return {
    id: attemptId,
    addOnId: preview.addOnId,
    seats: preview.seats.total,
    requestedAt: startedAt,
    purchasedBy: viewerName,
  }
}

function completed(
  pending: PendingRecord,
  { amount, receiptUrl }: Extract<ChargeResult, { status: 'paid' }>,
  now: string,
): CompletedPurchase {
  return {
    ...factsOf(pending),
    status: 'completed',
    purchasedAt: now,
    charged: amount,
    nextInvoice: pending.preview.nextInvoice,
    ...(receiptUrl && { receiptUrl }),
  }
}

/**
 * Asks billing about the purchases that are still pending, so that one whose buyer left does not stay open. After 30
 * minutes it is cancelled first; it is released only when billing says that it can no longer succeed.
 * @param minimumAge Leaves younger purchases alone, in milliseconds.
 */
export async function settlePending(session: Session, addOnIds: readonly string[], minimumAge = 0): Promise<void> {
  const { context, now } = session
  for (const entry of context.catalog.addOns.filter(({ id }) => addOnIds.includes(id))) {
    const call = { ...session, entry }
    const pending = await takePending(call, minimumAge)
    if (!pending) continue
    const isOld = ageOf(pending, now) >= cancelAfter
    const isCancelled = isOld && (await cancel(context.billing, pending.attemptId))
    const result = await lookup(context.billing, pending.attemptId)
    // Without an answer nothing is known, and nothing is released.
    await settle(call, pending, result ?? { status: 'none' }, isCancelled && result !== undefined)
  }
}

/** Takes an attempt nobody talks to billing about, so that no other request does meanwhile. */
async function takePending(
  { context, account, entry, now }: AddOnCall,
  minimumAge: number,
): Promise<PendingRecord | undefined> {
  return context.store.transaction(account.id, async (records) => {
    const addOn = await records.readAddOn(entry.id)
    const { pending } = addOn
    if (!pending || isLeased(pending, now) || ageOf(pending, now) < minimumAge) return
    const taken = { ...pending, leaseUntil: leaseFrom(now) }
    await records.writeAddOn(entry.id, { ...addOn, pending: taken })
    return taken
  })
}

async function cancel(billing: AddOnBilling, attemptId: string): Promise<boolean> {
  try {
    await billing.cancel(attemptId)
    return true
  } catch {
    return false
  }
}
