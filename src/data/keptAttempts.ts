import { type KeptAttempt, parseKeptAttempt } from '../adapter/parseKeptAttempt.js'
import type { Attempt } from '../domain/purchaseState.js'
import type { FlowStore } from './flowStore.js'
import { inStorage, keptNames, keptPrefix } from './keptNames.js'

/** How long an attempt is kept, in milliseconds: 30 days, as long as its key lives. */
const longestKept = 30 * 24 * 60 * 60 * 1000

/** The name of an attempt: each is an item of its own, so that two pages never write the same one. */
export function attemptName({ idempotencyKey }: Attempt): string {
  return keptPrefix + idempotencyKey
}

/** Keeps an attempt, so that it outlives its page, but not the session of its buyer. */
export function keepAttempt(store: FlowStore, attempt: Attempt, isForPress = false): void {
  const { signal } = store.over
  if (signal.aborted) return
  const name = attemptName(attempt)
  signal.addEventListener('abort', () => forgetAttempt(store, name))
  const kept: KeptAttempt = { ...attempt, acceptedFinalSale: true, ...(isForPress && { isForPress }) }
  const text = inStorage((storage) => {
    storage.setItem(name, JSON.stringify(kept))
    return storage.getItem(name)
  })
  if (!text) store.unkept.add(name)
}

/** Keeps what has this name no longer. */
export function forgetAttempt({ unkept }: FlowStore, name: string): void {
  unkept.delete(name)
  inStorage((storage) => storage.removeItem(name))
}

/** Whether what became of an attempt is still to be found out, as far as any page of this browser knows. */
export function isKept({ unkept }: FlowStore, attempt: Attempt): boolean {
  const name = attemptName(attempt)
  return unkept.has(name) || keptText(name) !== undefined
}

/** What is kept under a name; `undefined` for what is no attempt of that name, or too old a one. */
export function keptAttempt(name: string): KeptAttempt | undefined {
  const attempt = parseKeptAttempt(keptText(name) ?? '')
  return attempt && attemptName(attempt) === name && Date.now() - attempt.sentAt <= longestKept ? attempt : undefined
}

/** Whose attempts, and at which add-on. */
export type Buyer = Pick<Attempt, 'accountId' | 'viewerId' | 'addOnId'>

/** The attempts that this buyer has left open at this add-on, the oldest first. */
export function keptFor({ accountId, viewerId, addOnId }: Buyer): KeptAttempt[] {
  return keptNames()
    .flatMap((name) => keptAttempt(name) ?? [])
    .filter((kept) => kept.accountId === accountId && kept.viewerId === viewerId && kept.addOnId === addOnId)
    .sort((a, b) => a.sentAt - b.sentAt)
}

function keptText(name: string): string | undefined {
  return inStorage((storage) => storage.getItem(name)) ?? undefined
}
