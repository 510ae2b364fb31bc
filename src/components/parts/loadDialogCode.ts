type DialogCode = typeof import('../dialog/dialogCode.js')

let code: Promise<DialogCode> | undefined

/** Fetches the dialog's code, once; after a failure the next call tries again. Called as soon as somebody shows intent. */
export function loadDialogCode(): Promise<DialogCode> {
  code ??= import('../dialog/dialogCode.js').catch((error) => {
    code = undefined
    throw error
  })
  return code
}

/** Props that fetch the dialog's code when a control is pointed at or focused. */
export const intent = {
  onPointerEnter: () => void loadDialogCode().catch(() => undefined),
  onFocus: () => void loadDialogCode().catch(() => undefined),
}
