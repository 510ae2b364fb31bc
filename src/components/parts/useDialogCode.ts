'use client'

import { type ComponentType, useEffect, useState } from 'react'
import { useAddOnContext } from '../../data/AddOnContext.js'
import type { FlowDialogProps } from '../dialog/FlowDialog.js'
import { loadDialogCode } from './loadDialogCode.js'

/** The dialog, once its code is here; it is fetched when it is wanted. */
export function useDialogCode(isWanted: boolean, onFailure: () => void): ComponentType<FlowDialogProps> | undefined {
  const { store } = useAddOnContext()
  const [Dialog, setDialog] = useState<ComponentType<FlowDialogProps>>()
  useEffect(() => {
    if (!isWanted || Dialog) return
    let isOver = false
    loadDialogCode().then(
      ({ FlowDialog }) => {
        if (isOver) return
        setDialog(() => FlowDialog)
        store.setState({ isDialogReady: true })
      },
      () => {
        if (!isOver) onFailure()
      },
    )
    return () => {
      isOver = true
    }
  }, [isWanted, Dialog, store, onFailure])
  return Dialog
}
