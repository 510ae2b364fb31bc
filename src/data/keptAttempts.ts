import type { KeptAttempt } from '../adapter/parseKeptAttempt.js'
import type { Attempt } from '../domain/purchaseFlow.js'

const prefix = 'addon-kit/attempt/'

/** The name of an attempt: each is an item of its own, so that two pages never write the same one. */
export function attemptName({ idempotencyKey }: Attempt): string {
  return prefix + idempotencyKey
}

/** Works with the page's storage, where it has one: it can be switched off, or full. */
function inStorage<T>(work: (storage: Storage) => T): T | undefined {
  try {
    return work(localStorage)
  } catch {
    return undefined
  }
}

/** Keeps an attempt, so that it outlives its page. */
export function keepAttempt(attempt: Attempt, isForPress = false): void {
  const kept: KeptAttempt = { ...attempt, acceptedFinalSale: true, ...(isForPress && { isForPress }) }
  inStorage((storage) => storage.setItem(attemptName(attempt), JSON.stringify(kept)))
}

/** Keeps what has this name no longer. */
export function forgetAttempt(name: string): void {
  inStorage((storage) => storage.removeItem(name))
}

/** The names of all that is kept. */
export function keptNames(): string[] {
  return (
    inStorage((storage) =>
      Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter((name) =>
        name.startsWith(prefix),
      ),
    ) ?? []
  )
}

/** What is kept under a name, as it was written. */
export function keptText(name: string): string | undefined {
  return inStorage((storage) => storage.getItem(name)) ?? undefined
}
