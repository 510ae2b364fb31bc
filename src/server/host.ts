import type { Account, Billing, Frequency, PurchasingMode } from '../domain/account.js'
import type { PurchaseTerms } from '../domain/purchase.js'
import { Mismatch, readIf } from '../protocol/forms.js'
import { accountSchema, currencyCode } from '../protocol/schemas.js'

/** Who is asking, as the host's session says. */
export interface Identity {
  readonly accountId: string
  readonly userId: string
  readonly name?: string | undefined
  readonly role: string
}

/** An account as the host knows it, with its billing. */
export interface HostAccount extends Omit<Account, 'billing'> {
  readonly billing: Billing & { readonly frequency: Frequency }
  /** What pays, e.g. "Visa ending 4242"; `null`: no payment method on file. @default { label: 'Invoice' } */
  readonly payment?: { readonly label: string } | null | undefined
}

/** Where the handler looks accounts up. */
export interface Accounts {
  get(accountId: string): Promise<HostAccount | null> | HostAccount | null
}

/** An add-on as the host sells it. */
export interface CatalogAddOn {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly lang?: string
  readonly imageUrl?: string
  readonly learnMoreUrl?: string
  readonly href?: string
  /** Per seat and period, in integer minor units, by currency and frequency. No price: sold by quote. */
  readonly prices?: Readonly<Record<string, Partial<Readonly<Record<Frequency, number>>>>>
  /** On which plans it is sold or included. */
  readonly plans: Readonly<Record<string, 'purchasable' | 'included'>>
  readonly trial?: { readonly days: number } | null
  readonly purchasingMode?: PurchasingMode
}

/** Everything the host sells on top of its plans, and the terms it sells under. */
export interface Catalog {
  readonly addOns: readonly CatalogAddOn[]
  /** @default { version: '1', consent: 'notice' } */
  readonly terms?: Omit<PurchaseTerms, 'final'>
}

/** Something that happened and that people should hear of. Told after it is recorded, once. */
export interface AddOnNotification {
  /** Stable: the same event has the same id. */
  readonly id: string
  readonly type: 'purchased' | 'quote-requested' | 'trial-started' | 'feature-requested'
  readonly at: string
  readonly account: { readonly id: string; readonly name: string }
  readonly addOn: { readonly id: string; readonly name: string }
  /** Who did it. */
  readonly from: { readonly id: string; readonly name: string; readonly role: string }
  /** Whom it is for: the Owners, or the account manager for a quote request. */
  readonly to: readonly { readonly name?: string; readonly email?: string; readonly url?: string }[]
  /** The note or message, as it was written. */
  readonly text?: string
}

const isCurrency = (code: string) => readIf(currencyCode, code) !== undefined

/**
 * Looks a catalogue over before anything is sold from it.
 * @throws TypeError that says what is wrong, where, and how to mend it.
 */
export function checkCatalog(catalog: Catalog): void {
  const seen = new Set<string>()
  catalog.addOns.forEach((addOn, index) => {
    const where = `catalog.addOns[${index}]`
    const fail = (what: string, mend: string): never => {
      throw new TypeError(`${where} ("${addOn.id}"): ${what}. ${mend}`)
    }
    if (!addOn.id || !addOn.name) fail('has no id or no name', 'Give it both as non-empty strings.')
    if (seen.has(addOn.id)) fail('has the id of an earlier add-on', 'Every add-on needs an id of its own.')
    seen.add(addOn.id)
    for (const [currency, prices] of Object.entries(addOn.prices ?? {})) {
      if (!isCurrency(currency)) fail(`prices.${currency} is no currency`, 'Use an ISO 4217 code such as USD.')
      for (const [frequency, price] of Object.entries(prices)) {
        if (frequency !== 'monthly' && frequency !== 'annual') {
          fail(`prices.${currency}.${frequency} is no frequency`, 'Use monthly or annual.')
        }
        if (!Number.isSafeInteger(price) || price < 0) {
          fail(`prices.${currency}.${frequency} is ${price}`, 'Give an integer in minor units: 1500 for $15.00.')
        }
      }
    }
    if (!addOn.plans) fail('has no plans', 'Say on which plans it is "purchasable" or "included".')
    for (const [plan, offer] of Object.entries(addOn.plans)) {
      if (offer !== 'purchasable' && offer !== 'included') {
        fail(`plans.${plan} is "${offer}"`, 'Use "purchasable" or "included", or leave the plan out.')
      }
    }
    const { purchasingMode } = addOn
    if (purchasingMode !== undefined && purchasingMode !== 'self-serve' && purchasingMode !== 'quote') {
      fail(`purchasingMode is "${purchasingMode}"`, 'Use "self-serve" or "quote", or leave it out.')
    }
    if (addOn.trial && !(Number.isSafeInteger(addOn.trial.days) && addOn.trial.days > 0)) {
      fail(`trial.days is ${addOn.trial.days}`, 'Give a whole number of days, or no trial.')
    }
  })
}

/**
 * Looks an account over as the host gives it, before anything is shown or sold from it.
 * @returns What the contract names of it: whatever else the host keeps there stays with it.
 * @throws TypeError that names the field and what it should be.
 */
export function checkAccount(account: HostAccount, id: string): Account {
  const mistake = (field: string, expected: string) =>
    new TypeError(`accounts.get("${id}"): ${field} must be ${expected}.`)
  const read = () => {
    try {
      return accountSchema(account)
    } catch (error) {
      throw error instanceof Mismatch ? mistake(error.path.join('.') || 'the account', error.message) : error
    }
  }
  // What a client reads leniently, so that it survives a newer server, is a mistake here.
  const named = read()
  const { purchasing, billing } = named
  if (account.id !== id) throw mistake('id', `"${id}"`)
  if (purchasing.mode !== account.purchasing.mode) throw mistake('purchasing.mode', '"self-serve" or "quote"')
  if (!billing) throw mistake('billing', 'an object')
  if (billing.frequency === 'unknown') throw mistake('billing.frequency', '"monthly" or "annual"')
  if (!isCurrency(billing.currency)) throw mistake('billing.currency', 'an ISO 4217 code such as "USD"')
  if (!(Date.parse(billing.period.start) < Date.parse(billing.period.end)))
    throw mistake('billing.period.end', 'after its start')
  if (billing.timeZone !== account.billing.timeZone)
    throw mistake('billing.timeZone', 'an IANA time zone such as "Europe/Paris"')
  if (account.payment && typeof account.payment.label !== 'string') throw mistake('payment.label', 'a string')
  return named
}

/** Says so where the account's period is over, or not begun: a renewal may be late, and the plan can be read meanwhile. */
export function warnOfPeriod({ id, billing: { period } }: HostAccount, now: string): void {
  const at = Date.parse(now)
  if (Date.parse(period.start) <= at && at < Date.parse(period.end)) return
  console.warn(
    `addon-kit: accounts.get("${id}"): billing.period must enclose now; ${period.start} to ${period.end} does not enclose ${now}, and nothing can be bought until it does.`,
  )
}
