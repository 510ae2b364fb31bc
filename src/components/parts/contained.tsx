'use client'

import { type FunctionComponent, forwardRef, memo, type Ref, useContext } from 'react'
import { AddOnContext } from '../../data/AddOnContext.js'
import type { MessageOverrides } from '../../messages/Messages.js'
import { Boundary } from './Boundary.js'
import { MessagesProvider } from './MessagesProvider.js'

interface WithMessages {
  messages?: MessageOverrides | undefined
}

/**
 * Makes an exported component: its own texts go before the provider's, its ref goes to its root, and a crash inside it
 * stays inside it. A missing provider still throws, with its way out.
 */
export function contained<Props extends WithMessages, Element>(
  name: string,
  Inner: FunctionComponent<Omit<Props, 'messages'> & { rootRef: Ref<Element> }>,
  defaults?: MessageOverrides,
) {
  const Contained = forwardRef<Element, Props>(({ messages, ...props }, rootRef) => {
    const inner = <Inner {...(props as Omit<Props, 'messages'>)} rootRef={rootRef} />
    const context = useContext(AddOnContext)
    if (!context) return inner
    return (
      <Boundary key={context.session}>
        <MessagesProvider defaults={defaults} overrides={messages}>
          {inner}
        </MessagesProvider>
      </Boundary>
    )
  })
  // A plan of which something else has changed is no reason to render it again.
  const Component = memo(Contained)
  Component.displayName = name
  return Component
}
