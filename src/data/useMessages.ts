'use client'

import { createElement, Fragment, type ReactNode, useMemo } from 'react'
import type { PlanOverview } from '../domain/planOverview.js'
import { createFormatter, type Formatter } from '../messages/format.js'
import { type MessageKey, type MessageOverrides, type MessageParams, splitMessage } from '../messages/Messages.js'
import { useAddOnContext } from './AddOnContext.js'
import { usePlanData } from './usePlan.js'

type Params<Key extends MessageKey> = keyof MessageParams<Key> extends never ? [] : [params: MessageParams<Key>]

/** The catalogue in one locale. */
export interface MessageTools {
  /** A text as a plain string, for attributes. */
  t<Key extends MessageKey>(key: Key, ...params: Params<Key>): string
  /** A text as nodes: what is put into it, names above all, is isolated from its direction; elements stay elements. */
  rich<Key extends MessageKey>(key: Key, ...params: Params<Key>): ReactNode
  readonly format: Formatter
}

const billingZone = ({ account }: PlanOverview) => account.billing?.timeZone ?? 'UTC'

/** The texts and formats for this place: the catalogue, the provider's overrides, then these. */
export function useMessages(overrides?: MessageOverrides): MessageTools {
  const { messages, formats, timeZone } = useAddOnContext()
  const planZone = usePlanData(billingZone, false)
  const zone = timeZone ?? planZone ?? 'UTC'
  return useMemo(() => {
    const all = overrides ? { ...messages, ...overrides } : messages
    const format = createFormatter(formats ?? String(all.lang), zone)
    const pieces = (key: MessageKey, given: unknown = {}) => {
      const params = given as Readonly<Record<string, unknown>>
      return splitMessage(all, key, params as never, format).map((piece, index) => {
        const value = index % 2 ? params[piece] : piece
        return typeof value === 'number' ? format.number(value) : value
      })
    }
    return {
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
  }, [messages, overrides, formats, zone])
}
