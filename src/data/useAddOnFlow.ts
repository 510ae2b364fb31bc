'use client'

import { useCallback } from 'react'
import type { AddOnAction } from '../domain/policy.js'
import type { AddOnId } from '../domain/Register.js'
import { type AddOnContextValue, useAddOnContext } from './AddOnContext.js'
import { callHost } from './callHost.js'
import type { FlowTarget, ReturnFocus } from './flowStore.js'
import { takeFront } from './takeFront.js'
import { useFlow } from './useFlow.js'

/** How the flow's dialog is opened and closed from anywhere. */
export interface AddOnFlow {
  /** Opens the dialog; without an action it shows the add-on with the actions this viewer has. */
  open(addOnId: AddOnId, action?: AddOnAction, options?: { returnFocus?: ReturnFocus }): void
  /** Closes the dialog. It never cancels a purchase. */
  close(): void
  /** What the dialog is open for. */
  readonly current: { readonly addOnId: AddOnId; readonly action?: AddOnAction | undefined } | null
}

/** Opens the provider's dialog and remembers where focus was. */
export function openFlow({ store, emit }: AddOnContextValue, target: FlowTarget): void {
  const opener = target.opener ?? (typeof document === 'undefined' ? null : document.activeElement)
  takeFront(store)
  store.setState({ current: { ...target, opener } })
  emit({ type: 'opened', addOnId: target.addOnId, action: target.action })
}

/** The provider's dialog: the same one that cards and sidebar entries open. */
export function useAddOnFlow(): AddOnFlow {
  const context = useAddOnContext()
  const current = useFlow((state) => state.current)
  const open = useCallback<AddOnFlow['open']>(
    (addOnId, action, { returnFocus } = {}) => {
      const place =
        typeof returnFocus === 'function'
          ? () => callHost(context.emit, 'returnFocus', returnFocus) ?? null
          : returnFocus
      openFlow(context, { addOnId, action, returnFocus: place })
    },
    [context],
  )
  const close = useCallback(() => context.store.setState({ current: null }), [context])
  return { open, close, current }
}
