import * as v from 'valibot'

/** What reads something that came over the wire as a `T`. */
export type Schema<T> = v.GenericSchema<unknown, T>

/** A value of a form of its own; `form` says which, for whoever has to mend an adapter. */
export const value = <T>(isRight: (input: unknown) => boolean, form: string) => v.custom<T>(isRight, form)
/** A string. */
export const text = value<string>((input) => typeof input === 'string', 'a string')
/** One of these words, or of these truth values. */
export const oneOf = <const T extends string | boolean>(...known: T[]) =>
  value<T>((input) => known.some((item) => item === input), known.join(' or '))
/** A whole number that is exact. */
export const integer = value<number>(Number.isSafeInteger, 'a safe integer')
/** How many of something: a whole number, not below zero. */
export const count = value<number>(
  (input) => Number.isSafeInteger(input) && Number(input) >= 0,
  'a safe integer, at least 0',
)
/** A string written in a form. */
export const written = (form: RegExp, name: string, isRight = (_text: string) => true) =>
  value<string>((input) => typeof input === 'string' && form.test(input) && isRight(input), name)
const isOnCalendar = (date: string) => !Number.isNaN(Date.parse(date))
/** An instant in UTC. */
export const instant = written(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/, 'an instant in UTC (…Z)', isOnCalendar)
/** A calendar date, or an instant of it. */
export const dateOrInstant = written(/^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/, 'a date, or an instant in UTC', isOnCalendar)
const nothing = value<null>((input) => input === null, 'null')
/** Nothing, or something of a form. */
export const nullable = <T>(schema: Schema<T>) =>
  v.lazy((input): Schema<T | null> => (input === null ? nothing : schema))
/** A word from a list; a word this version does not know yet reads as `unknown`. */
export function word<const T extends string>(known: readonly T[], unknown: NoInfer<T>): Schema<T> {
  return v.pipe(
    text,
    v.transform((value) => known.find((item) => item === value) ?? unknown),
  )
}

/** A field of whatever came over the wire. */
export function fieldOf(input: unknown, name: string): unknown {
  return typeof input === 'object' && input !== null ? Reflect.get(input, name) : undefined
}
