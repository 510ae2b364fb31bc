import { formatMoney, type Money } from '../domain/money.js'

/** Writes numbers, dates and money the way one locale does. */
export interface Formatter {
  readonly locale: string
  number(value: number): string
  money(value: Money): string
  /** A calendar date, e.g. "Dec 1, 2026". */
  date(instant: string): string
  /** A date and a time, e.g. "Nov 23, 2026, 2:07 PM". */
  dateTime(instant: string): string
  /** Names in a row, e.g. "Olive and Otto". */
  list(items: readonly string[]): string
  /** Picks the form that the locale uses for this number. */
  plural(count: number, forms: { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>): string
}

/** The parameters of a text that counts something. */
export interface Count {
  count: number
}

/** Makes a formatter; Intl objects are made once and kept. */
export function createFormatter(locale: string, timeZone: string): Formatter {
  const kept = new Map<string, unknown>()
  const once = <T>(name: string, make: () => T): T => {
    if (!kept.has(name)) kept.set(name, make())
    return kept.get(name) as T
  }
  const dates = (name: string, options: Intl.DateTimeFormatOptions) => (instant: string) => {
    // A date without a time is the same day everywhere.
    const zone = instant.length === 10 ? 'UTC' : timeZone
    const format = once(name + zone, () => new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }))
    // A line may end between day and time, and nowhere else.
    return format.format(new Date(instant)).replace(/ (?!\d+:)/g, '\u00a0')
  }
  const day = { day: 'numeric', month: 'short', year: 'numeric' } as const
  return {
    locale,
    number: (value) => once('number', () => new Intl.NumberFormat(locale)).format(value),
    // Without the mark at its end the sign of "US$" would stand before its letters where texts run from right to left.
    money: (value) => formatMoney(value, locale) + (directionOf(locale) === 'rtl' ? '\u200e' : ''),
    date: dates('date', day),
    dateTime: dates('dateTime', { ...day, hour: 'numeric', minute: '2-digit' }),
    list: (items) => once('list', () => new Intl.ListFormat(locale, { type: 'conjunction' })).format(items),
    plural: (count, forms) => forms[once('plural', () => new Intl.PluralRules(locale)).select(count)] ?? forms.other,
  }
}

/** The direction a locale is written in. */
export function directionOf(locale: string): 'ltr' | 'rtl' {
  return /^(ar|arc|ckb|dv|fa|he|ks|ps|sd|ug|ur|yi|\w+-Arab)\b/i.test(locale) ? 'rtl' : 'ltr'
}
