import type { ComponentType } from 'react'
import type { FlowDialogProps } from '../dialog/FlowDialog.js'

let code: Promise<ComponentType<FlowDialogProps>> | undefined

/** Fetches the dialog's code, once; after a failure the next call tries again. Called as soon as somebody shows intent. */
export function loadDialogCode(): Promise<ComponentType<FlowDialogProps>> {
  code ??= import('../dialog/FlowDialog.js').then(
    (module) => module.FlowDialog,
    (error) => {
      code = undefined
      throw error
    },
  )
  return code
}

/** Props that fetch the dialog's code when a control is pointed at or focused. */
export const intent = {
  onPointerEnter: () => void loadDialogCode().catch(() => undefined),
  onFocus: () => void loadDialogCode().catch(() => undefined),
}
