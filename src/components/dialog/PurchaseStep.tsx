'use client'

import { useEffect, useRef } from 'react'
import { useAddOnContext } from '../../data/AddOnContext.js'
import { useAddOnPermissions } from '../../data/useAddOnPermissions.js'
import { useMessages } from '../../data/useMessages.js'
import { usePlanData } from '../../data/usePlan.js'
import type { PurchaseHandle } from '../../data/usePurchase.js'
import type { PlanOverview } from '../../domain/planOverview.js'
import type { PurchaseState } from '../../domain/purchaseState.js'
import { Button } from '../parts/Button.js'
import { ContactLink } from '../parts/ContactLink.js'
import { Failure } from '../parts/Failure.js'
import type { IconName } from '../parts/Icon.js'
import { Link } from '../parts/Link.js'
import { OpenLink } from '../parts/OpenLink.js'
import { RetryButton } from '../parts/RetryButton.js'
import { Line, Lines } from './Lines.js'
import { ReviewStep } from './ReviewStep.js'
import { StepFrame } from './StepFrame.js'
import type { StepProps } from './steps.js'
import { useUpdatePayment } from './useUpdatePayment.js'
import { WithheldStep } from './WithheldStep.js'

type Ending = Exclude<PurchaseState['step'], 'idle' | 'loading' | 'review' | 'price-changed' | 'submitting'>
type Offer = 'retry' | 'refresh' | 'resume' | 'update' | 'open'

/** How each ending looks and what it offers besides closing; its texts are named after it. */
const endings: Record<Ending, [icon: IconName | 'wait', tone: 'good' | 'bad' | 'wait', ...offers: Offer[]]> = {
  unpriced: ['alert', 'bad', 'refresh'],
  expired: ['clock', 'wait', 'refresh'],
  done: ['check', 'good', 'open'],
  mischarged: ['alert', 'bad', 'open'],
  declined: ['alert', 'bad', 'update', 'retry'],
  'already-purchased': ['check', 'good', 'open'],
  'purchase-pending': ['clock', 'wait'],
  'not-allowed': ['alert', 'bad'],
  failed: ['alert', 'bad', 'retry'],
  'action-needed': ['wait', 'wait', 'resume'],
  checking: ['wait', 'wait'],
  unresolved: ['clock', 'bad', 'resume'],
  processing: ['wait', 'wait'],
}

/** Where a purchase stands: its price, its way, its ending. */
export function PurchaseStep(
  props: StepProps & { purchase: PurchaseHandle; isOpen: boolean; isContinued: boolean | undefined },
) {
  const { addOn, close, purchase, isOpen, isContinued } = props
  const { state, refreshPrice, resume } = purchase
  const { decisions } = useAddOnPermissions(addOn.id)
  const { t, rich } = useMessages()
  const decision = decisions?.subscribe
  const isIdle = isOpen && state.step === 'idle'
  const own = isIdle && addOn.pendingPurchase?.mine ? addOn.pendingPurchase : undefined
  const isToContinue =
    isOpen && isContinued === true && (own ? own.resume !== undefined : state.step === 'action-needed')
  const isUnasked = isIdle && decision?.allowed === true

  const hasAsked = useRef(false)
  // A price is asked for, never a purchase. StrictMode's second run finds it asked for already.
  useEffect(() => {
    if (isUnasked && !hasAsked.current) refreshPrice()
    hasAsked.current = isUnasked
  }, [isUnasked, refreshPrice])

  const { store } = useAddOnContext()
  useEffect(() => {
    if (!isToContinue) return
    // The press was elsewhere, and is used up: this comes back when the bank's question has been left.
    store.setState(({ current }) => ({ current: current && { ...current, isContinued: false } }))
    resume()
  }, [isToContinue, resume, store])

  if (own && !isToContinue) return <EndingStep {...props} state={{ step: own.state, canResume: !!own.resume }} />

  switch (state.step) {
    case 'idle':
    case 'loading':
      if (isIdle && decision?.allowed === false) return <WithheldStep {...props} decision={decision} />
      return (
        <StepFrame
          step="review"
          mark={{ addOn }}
          title={rich('review.title', { name: addOn.name })}
          text={t('review.loading')}
          isBusy
          footer={<div data-slot="sentence" data-skeleton="" />}
          actions={
            <>
              <span data-slot="button" data-skeleton="" />
              <Button onClick={close}>{t('action.cancel')}</Button>
            </>
          }
        >
          <div data-slot="lines" data-skeleton="" />
        </StepFrame>
      )
    case 'review':
    case 'price-changed':
    case 'submitting':
      // What was agreed to was one price: another one starts from the beginning.
      return <ReviewStep key={state.preview.previewId} {...props} state={state} />
    default:
      return <EndingStep {...props} state={state} />
  }
}

const successContactOf = ({ account }: PlanOverview) => account.contacts.customerSuccess

/** A purchase of the viewer's own that only the plan tells of. */
interface Left {
  readonly step: 'processing' | 'action-needed'
  /** Whether its backend says how to go on with it. */
  readonly canResume: boolean
}

type EndingStepProps = StepProps & { purchase: PurchaseHandle; state: Extract<PurchaseState, { step: Ending }> | Left }

function EndingStep({ addOn, close, purchase, state }: EndingStepProps) {
  const contact = usePlanData(successContactOf)
  const payment = useUpdatePayment(addOn.id, purchase)
  const { t, rich, format } = useMessages()
  const { step } = state
  const isSlow = step === 'processing' && ('canResume' in state || state.isSlow)
  const [icon, tone, ...offers] = isSlow ? (['clock', 'wait', 'resume'] as const) : endings[step]
  const params = {
    name: addOn.name,
    by: ('error' in state && state.error?.purchasedBy) || t('somebody'),
    contact: <ContactLink kind="customerSuccess" contact={contact} />,
    agreed: 'attempt' in state ? format.money(state.attempt.expected.dueNow) : '',
  }
  const isOver = step === 'done' || step === 'mischarged'
  const labels = { retry: 'action.retry', refresh: 'action.refresh', resume: 'action.check' } as const
  const presses = { retry: purchase.refreshPrice, refresh: purchase.refreshPrice, resume: purchase.resume }
  const shown = offers.filter((offer) => {
    if (offer === 'update') return payment
    if (offer === 'resume') return !('canResume' in state) || state.canResume
    return offer !== 'open' || addOn.href
  })
  return (
    <StepFrame
      step={step}
      mark={{ icon, tone }}
      title={rich(`${step}.title`, params)}
      text={rich(`${step}.text`, params)}
      actions={
        <>
          {shown.map((offer, index) => {
            const variant = index === 0 ? 'primary' : 'secondary'
            if (offer === 'open')
              return (
                <OpenLink
                  key={offer}
                  addOn={addOn}
                  variant={variant}
                  label={rich('action.open-named', { name: addOn.name })}
                />
              )
            const isUpdate = offer === 'update'
            return (
              <RetryButton
                key={offer}
                variant={variant}
                label={t(
                  isUpdate ? 'action.update-payment' : step === 'action-needed' ? 'action.continue' : labels[offer],
                )}
                error={!isUpdate && 'error' in state ? state.error : undefined}
                isPending={isUpdate && payment?.isUpdating}
                onClick={isUpdate ? payment?.update : presses[offer]}
              />
            )
          })}
          <Button variant={shown.length > 0 || tone === 'wait' ? 'secondary' : 'primary'} onClick={close}>
            {t(isOver ? 'action.done' : 'action.close')}
          </Button>
        </>
      }
    >
      {isOver && (
        <Lines>
          <Line label={t('done.charged')}>{format.money(state.purchase.charged)}</Line>
          <Line label={t('review.nextInvoice')} detail={format.date(state.purchase.nextInvoice.date)}>
            {format.money(state.purchase.nextInvoice.addOnAmount)}
          </Line>
          <Line label={t('done.reference')}>
            <code>{state.purchase.id}</code>
          </Line>
          {state.purchase.receiptUrl && (
            <Line label={t('card.receipt')}>
              <Link href={state.purchase.receiptUrl}>{t('action.open')}</Link>
            </Line>
          )}
        </Lines>
      )}
      {(step === 'unpriced' || step === 'failed' || step === 'not-allowed') && state.error && (
        <Failure error={state.error} />
      )}
    </StepFrame>
  )
}
