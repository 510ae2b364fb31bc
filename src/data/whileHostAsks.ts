import type { FlowStore } from './flowStore.js'

/** Waits while the host asks the viewer something, with no dialog in front of it. Rejects as the host does. */
export async function whileHostAsks(store: FlowStore, ask: () => Promise<void> | void): Promise<void> {
  store.setState({ isHostAsking: true })
  try {
    // First the dialog goes: it would take clicks and focus from what the host shows.
    await new Promise((resolve) => setTimeout(resolve))
    await ask()
  } finally {
    store.setState({ isHostAsking: false })
  }
}
