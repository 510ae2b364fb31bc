'use client'

import { useCallback } from 'react'
import { useAddOnContext } from '../../data/AddOnContext.js'
import { useFlow } from '../../data/useFlow.js'
import { AddOnError } from '../../domain/errors.js'
import { Failure } from './Failure.js'
import { Toast } from './Toast.js'
import { useDialogCode } from './useDialogCode.js'

/** The provider's own dialog, for flows opened by a card, a sidebar entry or `useAddOnFlow()`: fetched when one opens. */
export function ProviderDialog() {
  const { store } = useAddOnContext()
  // A host's own dialog, too, says here why it closed by itself.
  const isWanted = useFlow(({ current, notice }) => current !== null || notice !== '')
  const hasFailed = useFlow((state) => state.hasDialogFailed)
  const onFailure = useCallback(() => store.setState({ current: null, hasDialogFailed: true }), [store])
  const code = useDialogCode(isWanted, onFailure)
  return (
    <>
      {code && <code.ProviderFlow />}
      {hasFailed && (
        <Toast onClose={() => store.setState({ hasDialogFailed: false })}>
          <Failure error={notLoaded} />
        </Toast>
      )}
    </>
  )
}

/** The dialog's code could not be fetched: nothing was opened, and the next press tries again. */
const notLoaded = new AddOnError('network')
