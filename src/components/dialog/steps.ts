import type { AddOn } from '../../domain/addOn.js'
import type { AddOnAction } from '../../domain/policy.js'

/** What every step of the dialog is given. */
export interface StepProps {
  addOn: AddOn
  close: () => void
  /** Goes on to an action of this add-on. */
  onAction: (action: AddOnAction) => void
}
