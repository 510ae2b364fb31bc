import { setTimeout as sleep } from 'node:timers/promises'
import type { AddOnAdapter, CallOptions } from '../adapter/AddOnAdapter.js'
import { AddOnError } from '../domain/errors.js'

/** How often a call is sent again. */
const maxRepeats = 5

/** Nobody waits longer than this, in seconds. */
const maxWait = 300

/**
 * Gives adapters patience: what comes too often is sent again, with the same key, when the backend allows it. It stands
 * outside of what bounds a call: waiting is not a part of any call.
 * @param say Is told of each wait, once for all calls that wait together.
 */
export function createPatience(say: (line: string) => void): (adapter: AddOnAdapter) => AddOnAdapter {
  let saidUntil = 0

  function announce(seconds: number): void {
    const now = Date.now()
    if (now >= saidUntil) {
      say(`… too many requests: the backend asks to wait for ${seconds} s`)
      saidUntil = now + seconds * 1000
    }
  }

  async function send<T>(call: () => Promise<T>, { signal }: CallOptions = {}): Promise<T> {
    for (let repeats = 0; ; repeats += 1) {
      try {
        return await call()
      } catch (error) {
        if (!(error instanceof AddOnError) || error.code !== 'rate-limited' || repeats === maxRepeats) throw error
        const seconds = error.retryAfter ?? 60
        if (!(seconds <= maxWait)) throw error
        announce(seconds)
        await sleep(seconds * 1000, undefined, { signal }).catch((reason: unknown) => {
          throw signal?.reason ?? reason
        })
      }
    }
  }

  return (adapter) => ({
    getPlan: (options) => send(() => adapter.getPlan(options), options),
    previewPurchase: (input, options) => send(() => adapter.previewPurchase(input, options), options),
    purchase: (input, options) => send(() => adapter.purchase(input, options), options),
    requestQuote: (input, options) => send(() => adapter.requestQuote(input, options), options),
    startTrial: (input, options) => send(() => adapter.startTrial(input, options), options),
    requestFeature: (input, options) => send(() => adapter.requestFeature(input, options), options),
  })
}
