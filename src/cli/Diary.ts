import type { AddOnAdapter, KeyedTarget } from '../adapter/AddOnAdapter.js'
import { toAddOnError } from '../domain/errors.js'
import { isOutcomeUnknown } from '../domain/isOutcomeUnknown.js'
import type { Person } from '../testing/ContractHarness.js'

/** Keeps a list of all that was created in a backend, and of what may have been created there. */
export class Diary {
  readonly #entries = new Map<string, string>()

  /** What was created, in order. */
  get entries(): readonly string[] {
    return [...this.#entries.values()]
  }

  /** The adapter, with every effect of it written down. */
  watch(person: Person, adapter: AddOnAdapter): AddOnAdapter {
    const by = person === 'nobody' ? 'by somebody who is not signed in' : `by the ${person}`
    const note = (key: string, text: string) => void this.#entries.set(key, text)
    return {
      getPlan: (options) => adapter.getPlan(options),
      previewPurchase: (input, options) => adapter.previewPurchase(input, options),
      purchase: async (input, options) => {
        const what = `of ${input.addOnId}, account ${input.accountId}, ${by}: ${amountOf(input)}`
        const answer = await this.#follow(`purchase ${what}`, input, adapter.purchase(input, options))
        const { id, status } = answer.purchase
        note(id, `purchase ${id} ${what}, ${status}`)
        return answer
      },
      requestQuote: async (input, options) => {
        const what = `quote request for ${input.addOnId}, account ${input.accountId}`
        const answer = await this.#follow(`${what}, ${by}`, input, adapter.requestQuote(input, options))
        const { requestedAt } = answer.quoteRequest
        note(`${what} ${requestedAt}`, `${what}, open since ${requestedAt}`)
        return answer
      },
      startTrial: async (input, options) => {
        const what = `trial of ${input.addOnId}, account ${input.accountId}`
        const answer = await this.#follow(`${what}, ${by}`, input, adapter.startTrial(input, options))
        note(what, `${what}, started ${by}`)
        return answer
      },
      requestFeature: async (input, options) => {
        const what = `feature request for ${input.addOnId}, account ${input.accountId}, ${by}`
        const answer = await this.#follow(what, input, adapter.requestFeature(input, options))
        const { requestedAt } = answer.featureRequest
        note(`${what} ${requestedAt}`, `${what}, at ${requestedAt}`)
        return answer
      },
    }
  }

  /** While nobody knows what became of a call, and where nobody finds out, it may have had its effect. */
  async #follow<T>(what: string, { idempotencyKey }: KeyedTarget, call: Promise<T>): Promise<T> {
    const key = `key ${idempotencyKey}`
    this.#entries.set(key, `perhaps a ${what} (not answered)`)
    try {
      const answer = await call
      this.#entries.delete(key)
      return answer
    } catch (cause) {
      const error = toAddOnError(cause)
      if (isOutcomeUnknown(error)) this.#entries.set(key, `perhaps a ${what} (${error.code})`)
      else this.#entries.delete(key)
      throw cause
    }
  }
}

/** Also of an input that is wrong on purpose. */
function amountOf({ expected }: { expected?: { dueNow?: { amount: number; currency: string } } }): string {
  return expected?.dueNow ? `${expected.dueNow.amount} ${expected.dueNow.currency} in minor units` : 'no amount'
}
