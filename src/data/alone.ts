/** Runs `work` while no other page of this browser runs work of the same name, where the browser can see to that. */
export async function alone(name: string, work: () => Promise<void>): Promise<void> {
  const locks: LockManager | undefined = globalThis.navigator?.locks
  if (!locks) return work()
  let hasBegun = false
  try {
    await locks.request(name, () => {
      hasBegun = true
      return work()
    })
  } catch (error) {
    // A page without an origin of its own has no locks to give.
    if (hasBegun) throw error
    await work()
  }
}
