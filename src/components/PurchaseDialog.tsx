'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { useAddOnContext } from '../data/AddOnContext.js'
import { callHost } from '../data/callHost.js'
import type { AddOnAction } from '../domain/policy.js'
import type { AddOnId } from '../domain/Register.js'
import type { MessageOverrides } from '../messages/Messages.js'
import type { PurchaseDialogSlot } from './dialog/FlowDialog.js'
import { contained } from './parts/contained.js'
import type { ClassNames } from './parts/slots.js'
import { useDialogCode } from './parts/useDialogCode.js'

export type { PurchaseDialogSlot }

/** Props of the dialog in which an add-on is bought, tried, quoted or asked for. */
export interface PurchaseDialogProps {
  /** The add-on, by its id in the catalogue. */
  addOnId: AddOnId
  /** Without one, the dialog shows the add-on with the actions this viewer has. */
  action?: AddOnAction | undefined
  /** Whether it is open, if the host keeps that. */
  open?: boolean | undefined
  /** Whether it is open at first, if the host does not keep that. @default false */
  defaultOpen?: boolean | undefined
  /** Is told when it opens or closes. */
  onOpenChange?: ((open: boolean) => void) | undefined
  /** Goes on the dialog itself. */
  className?: string | undefined
  /** Class names by slot. */
  classNames?: ClassNames<PurchaseDialogSlot> | undefined
  /** Texts to be used instead of the catalogue's. */
  messages?: MessageOverrides | undefined
}

/**
 * The dialog in which an add-on is bought, tried, quoted or asked for. Closing it never cancels a purchase.
 * @selector [data-step] [data-state]
 */
export const PurchaseDialog = contained<PurchaseDialogProps, never>('PurchaseDialog', HostDialog)

function HostDialog({
  addOnId,
  action,
  open,
  defaultOpen = false,
  onOpenChange,
  className,
  classNames,
}: Omit<PurchaseDialogProps, 'messages'>) {
  const { store, emit } = useAddOnContext()
  const [isOpenHere, setOpenHere] = useState(defaultOpen)
  const [chosen, setChosen] = useState<AddOnAction>()
  const isOpen = open ?? isOpenHere
  // While it closes, it still knows where the focus was.
  const [opener, setOpener] = useState<Element | null>(null)
  const [wasOpen, setWasOpen] = useState(false)
  if (isOpen !== wasOpen) {
    setWasOpen(isOpen)
    if (isOpen && typeof document !== 'undefined') setOpener(document.activeElement)
  }
  const change = useCallback(
    (next: boolean) => {
      setOpenHere(next)
      if (!next) setChosen(undefined)
      callHost(emit, 'onOpenChange', () => onOpenChange?.(next))
    },
    [emit, onOpenChange],
  )
  // A host that leaves it open has it fetched once, not once per callback.
  const latest = useRef(change)
  useEffect(() => {
    latest.current = change
  }, [change])
  const onFailure = useCallback(() => {
    store.setState({ hasDialogFailed: true })
    latest.current(false)
  }, [store])
  const code = useDialogCode(isOpen, onFailure)
  return (
    code && (
      <code.FlowDialog
        open={isOpen}
        onOpenChange={change}
        addOnId={addOnId}
        action={chosen ?? action}
        onAction={setChosen}
        opener={opener}
        className={className}
        classNames={classNames}
      />
    )
  )
}
