import type { FlowStore } from './flowStore.js'

/**
 * Waits while the host asks the viewer something, with no dialog in front of it. Rejects as the host does.
 * @param wait How to wait for the host; it may end before the host has answered.
 */
export async function whileHostAsks(
  store: FlowStore,
  ask: () => Promise<void> | void,
  wait: (answer: Promise<void>) => Promise<void> = (answer) => answer,
): Promise<void> {
  const question = Symbol()
  store.questions.add(question)
  store.setState({ isHostAsking: true })
  try {
    // First the dialog goes: it would take clicks and focus from what the host shows.
    await new Promise((resolve) => setTimeout(resolve))
    await wait(Promise.resolve(ask()))
  } finally {
    store.questions.delete(question)
    store.setState({ isHostAsking: store.questions.size > 0 })
  }
}
