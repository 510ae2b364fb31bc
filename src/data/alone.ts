/** How long to wait for another page at the most, in milliseconds: the browser may have frozen it. */
const longestTurn = 60_000

/**
 * Runs `work` while no other page of this browser runs work of the same name, where the browser can see to that. It is for
 * work that two pages may do at once if need be.
 */
export async function alone(name: string, work: () => Promise<void>): Promise<void> {
  const locks: LockManager | undefined = globalThis.navigator?.locks
  if (!locks) return work()
  let hasBegun = false
  try {
    await locks.request(name, { signal: AbortSignal.timeout(longestTurn) }, () => {
      hasBegun = true
      return work()
    })
  } catch (error) {
    // It took too long, or a page without an origin of its own has no locks to give.
    if (hasBegun) throw error
    await work()
  }
}
