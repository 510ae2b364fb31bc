import type { FlowStore } from './flowStore.js'

/**
 * Runs `work` unless the same name is at work already: taken before the first `await`, so a double click runs once.
 * @returns Whether it ran.
 */
export async function once({ atWork }: FlowStore, name: string, work: () => Promise<void>): Promise<boolean> {
  if (atWork.has(name)) return false
  atWork.add(name)
  try {
    await work()
  } finally {
    atWork.delete(name)
  }
  return true
}
