'use client'

import { useAddOnPermissions } from '../../data/useAddOnPermissions.js'
import { useMessages } from '../../data/useMessages.js'
import { usePlanData } from '../../data/usePlan.js'
import { usePurchaseState } from '../../data/usePurchaseState.js'
import type { PlanOverview } from '../../domain/planOverview.js'
import { ActionButton } from '../parts/ActionButton.js'
import { Button } from '../parts/Button.js'
import { Price } from '../parts/Price.js'
import { PurchaseNote } from '../parts/PurchaseNote.js'
import { RequestNotes } from '../parts/RequestNotes.js'
import { StatusNote } from '../parts/StatusNote.js'
import { StepFrame } from './StepFrame.js'
import type { StepProps } from './steps.js'

const accountOf = ({ account }: PlanOverview) => account

/** The add-on with the actions this viewer has. */
export function OverviewStep({ addOn, close, onAction }: StepProps) {
  const { actions, decisions } = useAddOnPermissions(addOn.id)
  const account = usePlanData(accountOf)
  const purchase = usePurchaseState(addOn.id)
  const { t } = useMessages()
  return (
    <StepFrame
      step="overview"
      mark={{ addOn }}
      title={<bdi lang={addOn.lang}>{addOn.name}</bdi>}
      text={<bdi lang={addOn.lang}>{addOn.description}</bdi>}
      actions={
        <>
          {actions.length === 0 && <Button onClick={close}>{t('action.close')}</Button>}
          {actions.map((action) => (
            <ActionButton
              key={action}
              addOn={addOn}
              action={action}
              onAction={onAction}
              variant={action === actions[0] ? 'primary' : 'secondary'}
            />
          ))}
        </>
      }
    >
      {addOn.status.kind !== 'included' && <Price addOn={addOn} />}
      <div data-slot="card-notes">
        {account && <StatusNote addOn={addOn} account={account} />}
        <PurchaseNote addOn={addOn} state={purchase} />
        {decisions && <RequestNotes addOn={addOn} decisions={decisions} />}
      </div>
    </StepFrame>
  )
}
