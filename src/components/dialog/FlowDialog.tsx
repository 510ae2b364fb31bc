'use client'

import { useEffect, useMemo } from 'react'
import { flushSync } from 'react-dom'
import { useAddOnContext } from '../../data/AddOnContext.js'
import type { FlowTarget } from '../../data/flowStore.js'
import { takeFront } from '../../data/takeFront.js'
import { useAddOnPermissions } from '../../data/useAddOnPermissions.js'
import { useFlow } from '../../data/useFlow.js'
import { useMessages } from '../../data/useMessages.js'
import { useAddOn } from '../../data/usePlan.js'
import { type PurchaseHandle, usePurchase } from '../../data/usePurchase.js'
import type { AddOnAction } from '../../domain/policy.js'
import { openAttemptOf, type PurchaseState } from '../../domain/purchaseState.js'
import { enDialog } from '../../messages/enDialog.js'
import { Boundary } from '../parts/Boundary.js'
import { Button } from '../parts/Button.js'
import { Failure } from '../parts/Failure.js'
import { Icon } from '../parts/Icon.js'
import { LiveRegion } from '../parts/LiveRegion.js'
import { MessagesProvider } from '../parts/MessagesProvider.js'
import { RetryButton } from '../parts/RetryButton.js'
import { type ClassNames, slots } from '../parts/slots.js'
import { useSurface } from '../parts/useSurface.js'
import { Modal } from './Modal.js'
import { OverviewStep } from './OverviewStep.js'
import { PurchaseStep } from './PurchaseStep.js'
import { FeatureStep, QuoteStep, TrialStep } from './RequestStep.js'
import { placesAround, restoreFocus } from './restoreFocus.js'
import { StepFrame } from './StepFrame.js'
import type { StepProps } from './steps.js'
import { useWithdrawal } from './useWithdrawal.js'

/** The parts of the dialog that a host can give a class name. */
export type PurchaseDialogSlot = 'dialog' | 'overlay' | 'dialog-close'

/** Props of the dialog itself, whoever keeps whether it is open. */
export interface FlowDialogProps extends FlowTarget {
  open: boolean
  onOpenChange: (open: boolean) => void
  onAction: (action: AddOnAction) => void
  className?: string | undefined
  classNames?: ClassNames<PurchaseDialogSlot> | undefined
}

/** The dialog: fetched when somebody shows intent, built on the headless hooks alone. */
export function FlowDialog(props: FlowDialogProps) {
  return (
    <MessagesProvider defaults={enDialog}>
      <ModalDialog {...props} />
    </MessagesProvider>
  )
}

function ModalDialog(props: FlowDialogProps) {
  const { open, onOpenChange, addOnId, opener, returnFocus, className, classNames } = props
  const { container, store } = useAddOnContext()
  const isShown = useFlow(({ isHostAsking }) => open && !isHostAsking)
  const surface = useSurface()
  const { t } = useMessages()
  const slot = slots(classNames)
  const purchase = usePurchase(addOnId, open)
  const close = () => onOpenChange(false)
  // What opened it may be gone when it closes, and with it where it was.
  const places = useMemo(() => placesAround(opener), [opener])
  // A host that opens it anew wants to see it, whatever was asked before.
  useEffect(() => {
    if (open) takeFront(store)
  }, [open, store])
  return (
    <Modal
      {...surface}
      {...slot('overlay')}
      data-add-on={addOnId}
      isOpen={isShown}
      container={container}
      onDismiss={close}
      onGone={() => {
        // Where it only makes room, and comes back, the purchase stays as it is; otherwise it is left now, for what is going
        // away must not change while it goes. The card says so at once: what it showed until now must not get the focus.
        if (!open || isShown) flushSync(purchase.close)
        restoreFocus(addOnId, opener, places, returnFocus)
      }}
      // The second click of a double click is not meant for what the first one brought under the mouse.
      onClickCapture={(event) => {
        if (event.detail < 2) return
        event.preventDefault()
        event.stopPropagation()
      }}
      onClick={({ target }) => target instanceof Element && target.closest('a[data-slot="button"]') && close()}
    >
      <div {...surface} {...slot('dialog', className)} data-state={isShown ? 'open' : 'closed'} data-add-on={addOnId}>
        <Boundary>
          <Content key={addOnId} {...props} purchase={purchase} close={close} />
        </Boundary>
        <Button
          variant="quiet"
          onClick={close}
          data-slot="dialog-close"
          className={classNames?.['dialog-close']}
          aria-label={t('action.close')}
        >
          <Icon name="cross" />
        </Button>
        <LiveRegion />
      </div>
    </Modal>
  )
}

/** Where a purchase stands before anything of it has been sent. */
const beforePress: ReadonlySet<PurchaseState['step']> = new Set([
  'idle',
  'loading',
  'review',
  'price-changed',
  'expired',
  'unpriced',
])

type ContentProps = FlowDialogProps & { purchase: PurchaseHandle; close: () => void }

function Content({ open, addOnId, action, isContinued, onAction, purchase, close }: ContentProps) {
  const { data: addOn, status, error, refetch } = useAddOn(addOnId)
  const { decisions, hasAccess } = useAddOnPermissions(addOnId)
  const { t } = useMessages()
  const isBuying = openAttemptOf(purchase.state) !== undefined
  const isSeen = addOn && hasAccess
  // A press of the viewer's own is answered where it was made; a short request sees to that itself.
  const isAtStake = action === 'subscribe' ? beforePress.has(purchase.state.step) : !isSeen
  useWithdrawal(addOn, !action && isSeen ? { allowed: true } : decisions?.[action ?? 'subscribe'], isAtStake, close)
  if (!addOn) {
    const isLoading = status === 'loading'
    return (
      <StepFrame
        step={isLoading ? 'loading' : 'missing'}
        mark={isLoading ? { icon: 'wait', tone: 'wait' } : { icon: 'alert', tone: 'bad' }}
        title={t(isLoading ? 'plan.loading' : error ? 'plan.failed' : 'error.not-found')}
        actions={
          !isLoading && (
            <RetryButton
              label={t(error ? 'action.retry' : 'action.close')}
              error={error}
              onClick={error ? refetch : close}
            />
          )
        }
      >
        {error && <Failure error={error} />}
      </StepFrame>
    )
  }
  const props: StepProps = { addOn, close, onAction }
  switch (isBuying ? 'subscribe' : action) {
    case 'subscribe':
      return <PurchaseStep {...props} purchase={purchase} isOpen={open} isContinued={isContinued} />
    case 'request-quote':
      return <QuoteStep {...props} />
    case 'start-trial':
      return <TrialStep {...props} />
    case 'request-feature':
      return <FeatureStep {...props} />
    default:
      return <OverviewStep {...props} />
  }
}
