'use client'

import { useAddOnContext } from '../../data/AddOnContext.js'
import { openFlow } from '../../data/useAddOnFlow.js'
import { useFlow } from '../../data/useFlow.js'
import { useMessages } from '../../data/useMessages.js'
import type { AddOn } from '../../domain/addOn.js'
import type { AddOnAction } from '../../domain/policy.js'
import { Button, type ButtonProps } from './Button.js'
import { intent } from './loadDialogCode.js'

/** Props of an action's button. */
export interface ActionButtonProps extends Omit<ButtonProps, 'children'> {
  addOn: AddOn
  action: AddOnAction
  /** Does something else than opening the provider's dialog. */
  onAction?: ((action: AddOnAction) => void) | undefined
}

/** One action on one add-on: its accessible name starts with its label and ends with the add-on's name. */
export function ActionButton({ addOn, action, onAction, ...rest }: ActionButtonProps) {
  const context = useAddOnContext()
  const { t } = useMessages()
  const isOpening = useFlow(({ current, isDialogReady }) => {
    return !isDialogReady && current?.addOnId === addOn.id && current.action === action
  })
  const isRepeat = action === 'request-feature' && addOn.featureRequests.byViewer
  const label = t(isRepeat ? 'action.ask-again' : `action.${action}`)
  return (
    <Button
      data-action={action}
      data-add-on={addOn.id}
      data-status={addOn.status.kind}
      aria-label={t('action.for', { action: label, name: addOn.name })}
      isPending={isOpening}
      {...intent}
      onClick={(event) =>
        onAction ? onAction(action) : openFlow(context, { addOnId: addOn.id, action, opener: event.currentTarget })
      }
      {...rest}
    >
      {label}
    </Button>
  )
}
