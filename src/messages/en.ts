import { enDialog } from './enDialog.js'
import { enNavItem } from './enNavItem.js'
import { enView } from './enView.js'

/** The English catalogue: every text that people see or hear. `{name}` is replaced by the parameter of that name. */
export const en = { ...enView, ...enNavItem, ...enDialog } as const
