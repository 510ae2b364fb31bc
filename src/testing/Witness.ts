import type { AddOnAdapter, AddOnTarget, PurchaseInput } from '../adapter/AddOnAdapter.js'
import { AddOnError } from '../domain/errors.js'
import { isSameMoney, type Money } from '../domain/money.js'
import type { CompletedPurchase, PurchasePreview } from '../domain/purchase.js'
import type { Charge } from './ContractHarness.js'
import { ContractViolation } from './ContractViolation.js'
import { rules } from './rules.js'

/** Remembers what the backend showed, what was confirmed and what it said of it: I1 and I2 must hold in every test. */
export class Witness {
  /** Every price that was shown. */
  readonly shown: PurchasePreview[] = []
  readonly #confirmed: PurchaseInput[] = []
  readonly #completed: { input: PurchaseInput; purchase: CompletedPurchase }[] = []

  /** An adapter that is listened to. */
  watch(adapter: AddOnAdapter): AddOnAdapter {
    return {
      getPlan: (options) => adapter.getPlan(options),
      requestQuote: (input, options) => adapter.requestQuote(input, options),
      startTrial: (input, options) => adapter.startTrial(input, options),
      requestFeature: (input, options) => adapter.requestFeature(input, options),
      previewPurchase: async (input, options) => {
        const preview = await adapter.previewPurchase(input, options)
        this.shown.push(preview)
        return preview
      },
      purchase: async (input, options) => {
        this.#confirmed.push(input)
        try {
          const answer = await adapter.purchase(input, options)
          if (answer.purchase.status === 'completed') this.#completed.push({ input, purchase: answer.purchase })
          return answer
        } catch (error) {
          if (error instanceof AddOnError && error.preview) this.shown.push(error.preview)
          throw error
        }
      },
    }
  }

  /** What the answers themselves say. @throws ContractViolation */
  expectInvariants(): void {
    const bought = new Map<string, string>()
    for (const { input, purchase } of this.#completed) {
      const target = nameOf(input)
      const other = bought.get(target)
      expectKept(other === undefined || other === purchase.id, rules.oneCharge, {
        what: `the completed purchases of ${target}`,
        expected: 'one',
        received: `${other} and ${purchase.id}`,
      })
      bought.set(target, purchase.id)
      expectKept(isSameMoney(purchase.charged, input.expected.dueNow), rules.shown, {
        what: `what the answer says was charged for ${target}`,
        expected: amountInWords(input.expected.dueNow),
        received: amountInWords(purchase.charged),
      })
    }
  }

  /** What really moved. @throws ContractViolation */
  expectCharges(charges: readonly Charge[]): void {
    for (const charge of charges) {
      const target = nameOf(charge)
      const same = charges.filter((other) => nameOf(other) === target)
      expectKept(same.length === 1, rules.oneCharge, {
        what: `the charges for ${target}`,
        expected: 'one',
        received: amountsInWords(same.map(({ amount }) => amount)),
      })
      const shown = this.shown.filter((preview) => nameOf(preview) === target).map(({ dueNow }) => dueNow)
      const agreed = this.#confirmed.filter((input) => nameOf(input) === target).map(({ expected }) => expected.dueNow)
      expectKept(includes(shown, charge.amount) && includes(agreed, charge.amount), rules.shown, {
        what: `the charge for ${target}`,
        expected: `an amount that was shown (${amountsInWords(shown)}) and confirmed (${amountsInWords(agreed)})`,
        received: amountInWords(charge.amount),
      })
    }
  }
}

function nameOf({ accountId, addOnId }: AddOnTarget): string {
  return `${addOnId} of ${accountId}`
}

function amountInWords({ amount, currency }: Money): string {
  return `${amount} ${currency} in minor units`
}

function amountsInWords(amounts: readonly Money[]): string {
  return amounts.map(amountInWords).join(', ') || 'none'
}

function includes(amounts: readonly Money[], amount: Money): boolean {
  return amounts.some((item) => isSameMoney(item, amount))
}

function expectKept(
  isKept: boolean,
  rule: string,
  details: { what: string; expected: string; received: string },
): void {
  if (!isKept) throw new ContractViolation({ ...details, rule })
}
