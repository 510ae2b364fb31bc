/** What the names of kept attempts begin with. */
export const keptPrefix = 'addon-kit/attempt/'

/** Works with the page's storage, where it has one: it can be switched off, or full. */
export function inStorage<T>(work: (storage: Storage) => T): T | undefined {
  try {
    return work(localStorage)
  } catch {
    return undefined
  }
}

/** The names of all attempts that are kept. */
export function keptNames(): string[] {
  return (
    inStorage((storage) =>
      Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter((name) =>
        name.startsWith(keptPrefix),
      ),
    ) ?? []
  )
}
