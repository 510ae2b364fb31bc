import type { AddOnOperation } from '../protocol/routes.js'
import type { KeyedCall } from './call.js'
import { type Outcome, refuse } from './outcome.js'
import type { AccountRecords } from './store.js'

/** What is known of the call's key (step 7): its stored outcome or a refusal; `undefined` for one to go on with. */
export async function knownOutcome(call: KeyedCall<unknown>, records: AccountRecords): Promise<Outcome | undefined> {
  const known = await records.readKey(call.keyId)
  if (!known) return undefined
  if (known.body !== JSON.stringify(call.body)) return refuse('idempotency-key-reused')
  return known.outcome ?? undefined
}

/** Names a key within an account: a key belongs to viewer, operation and add-on. */
export function keyIdOf(viewerId: string, operation: AddOnOperation, addOnId: string, idempotencyKey: string): string {
  return JSON.stringify([viewerId, operation, addOnId, idempotencyKey])
}

/** Keeps the call's outcome under its key; `null`: not final yet. */
export async function keepOutcome(
  call: KeyedCall<unknown>,
  records: AccountRecords,
  outcome: Outcome | null,
): Promise<void> {
  await records.writeKey(call.keyId, { body: JSON.stringify(call.body), createdAt: call.now, outcome })
}

/** Runs an operation that is one transaction: once per key, and the stored outcome from then on. */
export async function runOnce<TBody>(
  call: KeyedCall<TBody>,
  work: (records: AccountRecords) => Promise<Outcome>,
): Promise<{ outcome: Outcome; isNew: boolean }> {
  return call.context.store.transaction(call.account.id, async (records) => {
    const known = await knownOutcome(call, records)
    if (known) return { outcome: known, isNew: false }
    const outcome = await work(records)
    await keepOutcome(call, records, outcome)
    return { outcome, isNew: 'status' in outcome && outcome.status === 201 }
  })
}
