'use client'

import { useState } from 'react'
import { useAddOnContext } from '../../data/AddOnContext.js'
import type { FlowTarget } from '../../data/flowStore.js'
import { useFlow } from '../../data/useFlow.js'
import type { AddOnAction } from '../../domain/policy.js'
import { Boundary } from '../parts/Boundary.js'
import { Note } from '../parts/Note.js'
import { Toast } from '../parts/Toast.js'
import { FlowDialog } from './FlowDialog.js'

/** The provider's own dialog, and why it closed by itself. */
export function ProviderFlow() {
  const { store } = useAddOnContext()
  const current = useFlow((state) => state.current)
  const notice = useFlow((state) => state.notice)
  // While it closes, the dialog still shows what it was open for.
  const [last, setLast] = useState<FlowTarget | null>(current)
  if (current && current !== last) setLast(current)
  const target = current ?? last
  // One that has crashed is gone until it is opened the next time.
  const [crashed, setCrashed] = useState<FlowTarget | null>(null)
  const onCrash = () => {
    setCrashed(target)
    store.setState({ current: null })
  }
  return (
    <>
      {target && target !== crashed && (
        <Boundary fallback={null} onCrash={onCrash}>
          <FlowDialog
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
      {notice && (
        <Toast onClose={() => store.setState({ notice: '' })}>
          <Note tone="wait">{notice}</Note>
        </Toast>
      )}
    </>
  )
}
