/** Fetches the dialog's code; after a failure the next call tries again. Called as soon as somebody shows intent. */
export const loadDialogCode = () => import('../dialog/dialogCode.js')

const prepare = () => void loadDialogCode().catch(() => undefined)

/** Props that fetch the dialog's code when a control is pointed at or focused. */
export const intent = { onPointerEnter: prepare, onFocus: prepare }
