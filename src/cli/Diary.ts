import type { AddOnAdapter } from '../adapter/AddOnAdapter.js'
import type { Person } from '../testing/ContractHarness.js'

/** Keeps a list of all that was created in a backend. */
export class Diary {
  readonly #entries = new Map<string, string>()

  /** What was created, in order. */
  get entries(): readonly string[] {
    return [...this.#entries.values()]
  }

  /** The adapter, with every effect of it written down. */
  watch(person: Person, adapter: AddOnAdapter): AddOnAdapter {
    const note = (key: string, text: string) => void this.#entries.set(key, text)
    return {
      getPlan: (options) => adapter.getPlan(options),
      previewPurchase: (input, options) => adapter.previewPurchase(input, options),
      purchase: async (input, options) => {
        const answer = await adapter.purchase(input, options)
        const { id, status } = answer.purchase
        const amount = `${input.expected.dueNow.amount} ${input.expected.dueNow.currency} in minor units`
        const what = `purchase ${id} of ${input.addOnId}, account ${input.accountId}, by the ${person}`
        note(id, `${what}: ${amount}, ${status}`)
        return answer
      },
      requestQuote: async (input, options) => {
        const answer = await adapter.requestQuote(input, options)
        const { requestedAt } = answer.quoteRequest
        const what = `quote request for ${input.addOnId}, account ${input.accountId}`
        note(`${what} ${requestedAt}`, `${what}, open since ${requestedAt}`)
        return answer
      },
      startTrial: async (input, options) => {
        const answer = await adapter.startTrial(input, options)
        const what = `trial of ${input.addOnId}, account ${input.accountId}`
        note(what, `${what}, started by the ${person}`)
        return answer
      },
      requestFeature: async (input, options) => {
        const answer = await adapter.requestFeature(input, options)
        const { requestedAt } = answer.featureRequest
        const what = `feature request for ${input.addOnId}, account ${input.accountId}, by the ${person}`
        note(`${what} ${requestedAt}`, `${what}, at ${requestedAt}`)
        return answer
      },
    }
  }
}
