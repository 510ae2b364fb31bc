import { analytics, type Backend } from '../components/harness.js'

/** What a page keeps of a purchase attempt. */
export interface KeptRecord {
  idempotencyKey: string
  accountId: string
  viewerId: string
  addOnId: string
  previewId: string
  expected: { dueNow: { amount: number; currency: string }; seats: number; termsVersion: string }
  acceptedFinalSale: true
  sentAt: number
}

/** The name under which a page keeps an attempt. */
export const attemptName = (idempotencyKey: string) => `addon-kit/attempt/${idempotencyKey}`

/** Everything that is kept now, by name. */
export const keptAttempts = (): Record<string, string> =>
  Object.fromEntries(Object.entries(localStorage).filter(([name]) => name.startsWith('addon-kit/')))

/**
 * Leaves an attempt of the signed-in viewer's behind, as a page that is gone left it: its price was locked for real, and
 * its purchase reached the backend or did not. What the backend was asked for this is not counted.
 */
export async function leaveAttempt(
  backend: Backend,
  how: 'sent' | 'not sent',
  change: Partial<KeptRecord> = {},
): Promise<KeptRecord> {
  const { account, viewer } = await backend.getPlan()
  const place = { accountId: account.id, addOnId: change.addOnId ?? analytics }
  const { previewId, dueNow, seats, terms } = await backend.previewPurchase(place)
  const record: KeptRecord = {
    ...place,
    idempotencyKey: crypto.randomUUID(),
    viewerId: viewer.id,
    previewId,
    expected: { dueNow, seats: seats.total, termsVersion: terms.version },
    acceptedFinalSale: true,
    sentAt: Date.now(),
    ...change,
  }
  const { viewerId: _, sentAt: __, ...input } = record
  // What came of it never reached that page.
  if (how === 'sent') await backend.purchase(input).catch(() => undefined)
  localStorage.setItem(attemptName(record.idempotencyKey), JSON.stringify(record))
  backend.calls.length = 0
  return record
}
