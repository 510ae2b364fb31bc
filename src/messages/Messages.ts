import type { en } from './en.js'
import type { Formatter } from './format.js'

/** The names of the catalogue's texts. */
export type MessageKey = keyof typeof en

type Placeholders<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never

/** The parameters a text takes, by name. */
export type MessageParams<Key extends MessageKey> = (typeof en)[Key] extends (params: infer Params, f: never) => string
  ? Params
  : (typeof en)[Key] extends string
    ? Record<Placeholders<(typeof en)[Key]>, unknown>
    : never

/** A complete catalogue: each text a string with `{placeholders}`, or a function that makes one. */
export type Messages = {
  readonly [Key in MessageKey]: string | ((params: MessageParams<Key>, format: Formatter) => string)
}

/** Texts to be used instead of the catalogue's. */
export type MessageOverrides = Partial<Messages>

/** A text as its literal pieces and the names of its placeholders, in turn: text, name, text, name, … text. */
export function splitMessage<Key extends MessageKey>(
  messages: MessageOverrides,
  key: Key,
  params: MessageParams<Key>,
  format: Formatter,
): string[] {
  const message: unknown = messages[key]
  const made: unknown = typeof message === 'function' ? message(params, format) : message
  const text = typeof made === 'string' ? made : key
  return text.split(/\{(\w+)\}/)
}
