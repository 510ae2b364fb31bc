'use client'

import { type ReactNode, useCallback, useState } from 'react'
import { useStore } from 'zustand'
import { useAddOnContext } from '../../data/AddOnContext.js'
import type { FlowTarget } from '../../data/flowStore.js'
import { useMessages } from '../../data/useMessages.js'
import { AddOnError } from '../../domain/errors.js'
import type { AddOnAction } from '../../domain/policy.js'
import { Boundary } from './Boundary.js'
import { Button } from './Button.js'
import { Failure } from './Failure.js'
import { HandsOver } from './HandsOver.js'
import { Note } from './Note.js'
import { useDialogCode } from './useDialogCode.js'
import { useSurface } from './useSurface.js'

/** The provider's own dialog, for flows opened by a card, a sidebar entry or `useAddOnFlow()`. */
export function ProviderDialog() {
  const { store } = useAddOnContext()
  const current = useStore(store, (state) => state.current)
  const hasFailed = useStore(store, (state) => state.hasDialogFailed)
  const notice = useStore(store, (state) => state.notice)
  // While it closes, the dialog still shows what it was open for.
  const [last, setLast] = useState<FlowTarget | null>(current)
  if (current && current !== last) setLast(current)
  const onFailure = useCallback(() => store.setState({ current: null, hasDialogFailed: true }), [store])
  const Dialog = useDialogCode(current !== null, onFailure)
  const target = current ?? last
  // One that has crashed is gone until it is opened the next time.
  const [crashed, setCrashed] = useState<FlowTarget | null>(null)
  const onCrash = () => {
    setCrashed(target)
    store.setState({ current: null })
  }
  return (
    <>
      {Dialog && target && target !== crashed && (
        <Boundary fallback={null} onCrash={onCrash}>
          <Dialog
            key={target.addOnId}
            open={current !== null}
            onOpenChange={(open) => !open && store.setState({ current: null })}
            addOnId={target.addOnId}
            action={target.action}
            isContinued={target.isContinued}
            onAction={(action: AddOnAction) => store.setState({ current: { ...target, action } })}
            opener={target.opener}
            returnFocus={target.returnFocus}
          />
        </Boundary>
      )}
      {hasFailed && (
        <Toast onClose={() => store.setState({ hasDialogFailed: false })}>
          <Failure error={notLoaded} />
        </Toast>
      )}
      {notice && (
        <Toast onClose={() => store.setState({ notice: '' })}>
          <Note tone="wait">{notice}</Note>
        </Toast>
      )}
    </>
  )
}

/** The dialog's code could not be fetched: nothing was opened, and the next press tries again. */
const notLoaded = new AddOnError('network')

/** A remark that belongs to no part of the page. */
function Toast({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const surface = useSurface()
  const { t } = useMessages()
  return (
    <HandsOver {...surface} data-slot="toast">
      {children}
      <Button variant="quiet" onClick={onClose}>
        {t('action.close')}
      </Button>
    </HandsOver>
  )
}
