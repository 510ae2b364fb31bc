import type { FlowStore } from './flowStore.js'

/** Opens the way to the other tabs and providers of this browser, where there is one. */
export function openChannel(): BroadcastChannel | undefined {
  return typeof BroadcastChannel === 'function' ? new BroadcastChannel('addon-kit') : undefined
}

/** Tells the others that something of an account has changed. A provider does not hear itself, and speaks also after its end. */
export function tellOthers(store: FlowStore, accountId: string): void {
  const channel = store.channel ?? openChannel()
  channel?.postMessage(accountId)
  if (!store.channel) channel?.close()
}
