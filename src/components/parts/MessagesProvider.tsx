'use client'

import { type ReactNode, useMemo } from 'react'
import { AddOnContext, useAddOnContext } from '../../data/AddOnContext.js'
import { withMessages } from '../../data/useMessages.js'
import type { MessageOverrides } from '../../messages/Messages.js'

interface MessagesProviderProps {
  /** Texts that come with the code inside; those given further out go before them. */
  defaults?: MessageOverrides | undefined
  /** A component's own texts, before all others. */
  overrides?: MessageOverrides | undefined
  children: ReactNode
}

/** Adds texts to the catalogue for everything inside of it. */
export function MessagesProvider({ defaults, overrides, children }: MessagesProviderProps) {
  const context = useAddOnContext()
  const own = useMemo(
    () => (defaults || overrides ? withMessages(context, { ...defaults, ...context.messages, ...overrides }) : context),
    [context, defaults, overrides],
  )
  return <AddOnContext.Provider value={own}>{children}</AddOnContext.Provider>
}
