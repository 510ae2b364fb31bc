import type { Money } from 'addon-kit'

/** ISO 4217's minor units, where a currency you sell in has not two of them; Intl's own numbers differ here and there. */
const unusualDigits: Readonly<Record<string, number>> = { JPY: 0, KWD: 3 }

/** Money is a whole number of minor units: it is shown as it came, and never computed with. */
export function formatMoney({ amount, currency }: Money): string {
  const digits = unusualDigits[currency] ?? 2
  const format = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  const decimal = `${amount}E-${digits}` as `${number}`
  return new Intl.NumberFormat('en', { style: 'currency', currency, ...format }).format(decimal)
}

/** A calendar date, e.g. "Dec 1, 2026". */
export function formatDate(instant: string): string {
  return new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(instant))
}
