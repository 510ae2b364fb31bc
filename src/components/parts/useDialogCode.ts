'use client'

import { useEffect, useState } from 'react'
import { useAddOnContext } from '../../data/AddOnContext.js'
import { loadDialogCode } from './loadDialogCode.js'

type DialogCode = Awaited<ReturnType<typeof loadDialogCode>>

/** The dialog's code, once it is here; it is fetched when it is wanted. */
export function useDialogCode(isWanted: boolean, onFailure: () => void): DialogCode | undefined {
  const { store } = useAddOnContext()
  const [code, setCode] = useState<DialogCode>()
  useEffect(() => {
    if (!isWanted || code) return
    let isOver = false
    loadDialogCode().then(
      (loaded) => {
        if (isOver) return
        setCode(loaded)
        store.setState({ isDialogReady: true })
      },
      () => {
        if (!isOver) onFailure()
      },
    )
    return () => {
      isOver = true
    }
  }, [isWanted, code, store, onFailure])
  return code
}
