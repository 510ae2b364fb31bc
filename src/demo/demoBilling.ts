import { type AddOnBilling, type ChargeResult, createLedgerBilling } from '../server/index.js'

/** What the demo's bank can do with a charge instead of paying it at once. */
type BankMood = 'declined' | 'processing' | 'action-needed'

/** The ledger with a bank in front of it whose mood can be set for the next charge. */
export interface DemoBilling extends AddOnBilling {
  nextCharge(mood: BankMood | undefined): void
  /** The buyer came back to a purchase of this add-on: with the bank's answer, or to ask what became of it. */
  cameBack(addOnId: string): void
}

/** How often a buyer has to come back until the bank has made up its mind. */
const returnsUntilPaid: Readonly<Record<Exclude<BankMood, 'declined'>, number>> = { 'action-needed': 1, processing: 2 }

/** Makes the demo's billing. */
export function createDemoBilling(): DemoBilling {
  const ledger = createLedgerBilling()
  const waiting = new Map<
    string,
    { input: Parameters<AddOnBilling['charge']>[0]; result: ChargeResult; left: number }
  >()
  let mood: BankMood | undefined
  return {
    ...ledger,
    charge(input) {
      const now = mood
      mood = undefined
      if (!now) return ledger.charge(input)
      if (now === 'declined') return { status: 'declined' }
      const result: ChargeResult =
        now === 'processing'
          ? { status: 'processing' }
          : { status: 'action-needed', action: { type: 'demo-challenge' } }
      waiting.set(input.attemptId, { input, result, left: returnsUntilPaid[now] })
      return result
    },
    lookup(attemptId) {
      const entry = waiting.get(attemptId)
      if (!entry) return ledger.lookup(attemptId)
      if (entry.left > 0) return entry.result
      waiting.delete(attemptId)
      return ledger.charge(entry.input)
    },
    cancel(attemptId) {
      waiting.delete(attemptId)
    },
    nextCharge(next) {
      mood = next
    },
    cameBack(addOnId) {
      for (const entry of waiting.values()) if (entry.input.preview.addOnId === addOnId) entry.left -= 1
    },
  }
}
