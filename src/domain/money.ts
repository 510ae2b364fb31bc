/** An exact amount: `amount` is an integer in the currency's minor units (cents for USD, yen for JPY, fils for KWD). */
export interface Money {
  readonly amount: number
  /** ISO 4217 code, e.g. `USD`. */
  readonly currency: string
}

/** ISO 4217's currencies that have no minor units, three digits of them, or four; all others have two. */
const unusualDigits: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
}

const formats = new Map<string, { format: Intl.NumberFormat; digits: number }>()

function formatFor(currency: string, locale: string) {
  const key = `${locale} ${currency}`
  let entry = formats.get(key)
  if (!entry) {
    const unusual = Object.entries(unusualDigits).find(([, codes]) => codes.includes(currency.toUpperCase()))
    const digits = unusual ? Number(unusual[0]) : 2
    // Told explicitly: some engines show e.g. HUF, IDR and IQD in whole units, which would be off by a factor of 100.
    const fractionDigits = { minimumFractionDigits: digits, maximumFractionDigits: digits }
    entry = { format: new Intl.NumberFormat(locale, { style: 'currency', currency, ...fractionDigits }), digits }
    formats.set(key, entry)
  }
  return entry
}

/**
 * How many digits the currency has after the decimal point (USD 2, JPY 0, KWD 3), as ISO 4217 gives it.
 * @throws RangeError if `currency` is not a well-formed currency code.
 */
export function minorUnitDigits(currency: string): number {
  return formatFor(currency, 'en').digits
}

/**
 * Writes money the way `locale` does, exactly: the integer goes to Intl as a decimal string, never through a float.
 * @throws RangeError if the currency code or the locale is not well-formed.
 */
export function formatMoney({ amount, currency }: Money, locale: string): string {
  const { format, digits } = formatFor(currency, locale)
  return format.format(`${amount}E-${digits}` as `${number}`)
}

/**
 * Adds amounts of one currency.
 * @throws RangeError if the currencies differ, an amount is no integer, or a sum on the way is beyond a safe one.
 */
export function sumMoney(currency: string, amounts: readonly Money[]): Money {
  let amount = 0
  for (const money of amounts) {
    if (money.currency !== currency) throw new RangeError(`Cannot add ${money.currency} to ${currency}.`)
    amount += money.amount
    if (!Number.isSafeInteger(amount)) throw new RangeError(`The sum ${amount} ${currency} is not an exact integer.`)
  }
  return { amount, currency }
}

/** Whether two amounts are the same money. */
export function isSameMoney(a: Money, b: Money): boolean {
  return a.amount === b.amount && a.currency === b.currency
}
