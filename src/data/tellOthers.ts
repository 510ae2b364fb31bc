import type { FlowStore } from './flowStore.js'
import { openChannel } from './openChannel.js'

/** Tells the others that something of an account has changed. A provider does not hear itself, and speaks also after its end. */
export function tellOthers(store: FlowStore, accountId: string): void {
  const channel = store.channel ?? openChannel()
  channel?.postMessage(accountId)
  if (!store.channel) channel?.close()
}
