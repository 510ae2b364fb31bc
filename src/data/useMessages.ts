'use client'

import { createElement, Fragment, type ReactNode } from 'react'
import { createFormatter, type Formatter } from '../messages/format.js'
import { type MessageKey, type MessageOverrides, type MessageParams, splitMessage } from '../messages/Messages.js'
import { type ProvidedContext, useAddOnContext } from './AddOnContext.js'

type Params<Key extends MessageKey> = keyof MessageParams<Key> extends never ? [] : [params: MessageParams<Key>]

/** The catalogue in one locale. */
export interface MessageTools {
  /** A text as a plain string, for attributes. */
  t<Key extends MessageKey>(key: Key, ...params: Params<Key>): string
  /** A text as nodes: what is put into it, names above all, is isolated from its direction; elements stay elements. */
  rich<Key extends MessageKey>(key: Key, ...params: Params<Key>): ReactNode
  readonly format: Formatter
}

/** The texts and formats for this place: the catalogue, the provider's overrides, then those of the component around. */
export function useMessages(): MessageTools {
  return useAddOnContext().texts
}

/** A context with these texts, and what writes them: made once for all below it, a page has thousands of texts. */
export function withMessages<T extends Pick<ProvidedContext, 'formats' | 'zone'>>(
  context: T,
  messages: MessageOverrides,
) {
  const format = createFormatter(context.formats || String(messages.lang), context.zone)
  const pieces = (key: MessageKey, given: unknown = {}) => {
    const params = given as Readonly<Record<string, unknown>>
    return splitMessage(messages, key, params as never, format).map((piece, index) => {
      const value = index % 2 ? params[piece] : piece
      return typeof value === 'number' ? format.number(value) : value
    })
  }
  const texts: MessageTools = {
    t: (key, ...[params]) => pieces(key, params).join(''),
    rich: (key, ...[params]) =>
      createElement(
        Fragment,
        null,
        ...pieces(key, params).map((piece, index) =>
          index % 2 && typeof piece === 'string' ? createElement('bdi', null, piece) : (piece as ReactNode),
        ),
      ),
    format,
  }
  return { ...context, messages, texts }
}
