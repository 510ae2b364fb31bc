import type { NextPurchase } from 'addon-kit/demo'
import { idempotencyKeyHeader } from '../src/protocol/routes.js'

/** What a buyer says when the bank asks; who leaves has not answered. */
export type BankAnswer = 'approved' | 'declined' | 'left'

/** The bank's question, where a story's host shows it: the demo's own bank takes every return of the buyer for a yes. */
export class StoryBank {
  readonly #answers = new Map<string, BankAnswer>()
  #latestKey = ''

  /** The buyer was asked about the purchase that was sent last. */
  note(answer: BankAnswer): void {
    this.#answers.set(this.#latestKey, answer)
  }

  /** What a purchase comes to that is sent once more; nothing where that is for the demo to say. */
  outcomeOf({ url, headers }: Request): NextPurchase | undefined {
    const key = headers.get(idempotencyKeyHeader)
    if (!key || !url.endsWith('/purchases')) return undefined
    this.#latestKey = key
    switch (this.#answers.get(key)) {
      case 'declined':
        return 'declined'
      case 'left':
        return 'action-needed'
      default:
        return undefined
    }
  }
}
