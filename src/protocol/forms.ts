/** Reads something that came over the wire as a `T`: in an object of its own, or it throws a `Mismatch`. */
export type Schema<T> = (input: unknown) => T

/** What a schema reads. */
export type Read<S> = S extends Schema<infer T> ? T : never

const isObject = (input: unknown): input is object => typeof input === 'object' && input !== null

/** Something that came over the wire is not of the form that its message names. */
export class Mismatch extends Error {
  /** The fields that lead to it, the outermost first. */
  readonly path: string[] = []
  readonly received: string

  constructor(form: string, input: unknown) {
    super(form)
    const known = typeof input === 'string' ? `"${input}"` : isObject(input) ? 'an object' : String(input)
    // No more of it than names it: it may be huge.
    this.received = known.slice(0, 100)
  }
}

/** What a schema makes of something; `undefined` where it is of another form. */
export function readIf<T>(schema: Schema<T>, input: unknown): T | undefined {
  try {
    return schema(input)
  } catch (error) {
    if (error instanceof Mismatch) return undefined
    throw error
  }
}

/** A value of a form of its own, which `form` names. */
export const value =
  <T>(isRight: (input: unknown) => boolean, form: string): Schema<T> =>
  (input) => {
    if (!isRight(input)) throw new Mismatch(form, input)
    // What `isRight` has seen to.
    return input as T
  }

const anyObject = value<object>(isObject, 'an object')
const anyArray = value<readonly unknown[]>(Array.isArray, 'a list')

function readField<T>(schema: Schema<T>, input: unknown, name: string | number): T {
  try {
    return schema(input)
  } catch (error) {
    if (error instanceof Mismatch) error.path.unshift(String(name))
    throw error
  }
}

/** A list of what another schema reads. */
export const array =
  <T>(item: Schema<T>): Schema<T[]> =>
  (input) =>
    anyArray(input).map((entry, index) => readField(item, entry, index))

type Fields = Readonly<Record<string, Schema<unknown>>>
type ObjectOf<Required extends Fields, Optional extends Fields> = {
  [Name in keyof Required]: Read<Required[Name]>
} & { [Name in keyof Optional]?: Read<Optional[Name]> }

/** An object with some fields, and with others where they are there. What else it has is left out. */
export function object<Required extends Fields, Optional extends Fields = Record<never, never>>(
  required: Required,
  optional?: Optional,
): Schema<ObjectOf<Required, Optional>> {
  const fields = Object.entries({ ...required, ...optional })
  return (input) => {
    const given = anyObject(input)
    const read: Record<string, unknown> = {}
    for (const [name, schema] of fields) {
      const field = fieldOf(given, name)
      if (name in required || field !== undefined) read[name] = readField(schema, field, name)
    }
    // Field by field what the schemas read.
    return read as ObjectOf<Required, Optional>
  }
}

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
// Written back, a day is as it was read: some engines take 30 February for 2 March.
const isOnCalendar = (date: string) => String(new Date(date).toJSON()).startsWith(date.slice(0, 10))
/** An instant in UTC. */
export const instant = written(/^.{10}T\d\d:\d\d:\d\d(\.\d+)?Z$/, 'an instant in UTC', isOnCalendar)
/** A calendar date, or an instant of it. */
export const dateOrInstant = written(/^.{10}(T[\d:.]+Z)?$/, 'a date, or an instant in UTC', isOnCalendar)
/** Nothing, or something of a form. */
export const nullable =
  <T>(schema: Schema<T>): Schema<T | null> =>
  (input) =>
    input === null ? null : schema(input)
/** A word from a list; any other, also one this version does not know yet, reads as `other`. */
export const word =
  <const T extends string, const Other extends string>(known: readonly T[], other: Other): Schema<T | Other> =>
  (input) => {
    const given = text(input)
    return known.find((item) => item === given) ?? other
  }

/** A field of whatever came over the wire. */
export function fieldOf(input: unknown, name: string): unknown {
  return isObject(input) ? Reflect.get(input, name) : undefined
}
