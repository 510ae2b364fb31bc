import { setTimeout as sleep } from 'node:timers/promises'
import type { AddOnAdapter } from '../adapter/AddOnAdapter.js'
import { AddOnError } from '../domain/errors.js'

/** The adapter, with patience: what comes too often is sent again, with the same key, when the backend allows it. */
export function patient(adapter: AddOnAdapter, say: (line: string) => void): AddOnAdapter {
  async function send<T>(call: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await call()
      } catch (error) {
        if (!(error instanceof AddOnError) || error.code !== 'rate-limited' || tries > 5) throw error
        const seconds = error.retryAfter ?? 60
        say(`… the backend asks to wait for ${seconds} s`)
        await sleep(seconds * 1000)
      }
    }
  }
  return {
    getPlan: (options) => send(() => adapter.getPlan(options)),
    previewPurchase: (input, options) => send(() => adapter.previewPurchase(input, options)),
    purchase: (input, options) => send(() => adapter.purchase(input, options)),
    requestQuote: (input, options) => send(() => adapter.requestQuote(input, options)),
    startTrial: (input, options) => send(() => adapter.startTrial(input, options)),
    requestFeature: (input, options) => send(() => adapter.requestFeature(input, options)),
  }
}
