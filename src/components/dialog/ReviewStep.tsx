'use client'

import { useEffect, useId, useState } from 'react'
import { useAddOnContext } from '../../data/AddOnContext.js'
import { useMessages } from '../../data/useMessages.js'
import { usePlanData } from '../../data/usePlan.js'
import type { PurchaseHandle } from '../../data/usePurchase.js'
import { daysUntil } from '../../data/useServerNow.js'
import type { PlanOverview } from '../../domain/planOverview.js'
import { isPayable, type PreviewLine, type PurchasePreview } from '../../domain/purchase.js'
import type { PurchaseState } from '../../domain/purchaseState.js'
import { Button } from '../parts/Button.js'
import { Link } from '../parts/Link.js'
import { Note } from '../parts/Note.js'
import { Line, Lines } from './Lines.js'
import { StepFrame } from './StepFrame.js'
import type { StepProps } from './steps.js'
import { useUpdatePayment } from './useUpdatePayment.js'

interface ReviewStepProps extends StepProps {
  purchase: PurchaseHandle
  state: Extract<PurchaseState, { step: 'review' | 'price-changed' | 'submitting' }>
}

const accountOf = ({ account }: PlanOverview) => account

/** What is bought, for whom and for how much; directly above the button, what pressing it costs. */
export function ReviewStep(props: ReviewStepProps) {
  const { addOn, close, purchase, state } = props
  const { step, preview } = state
  const previous = step === 'price-changed' ? state.previous : undefined
  const isSubmitting = step === 'submitting'
  const account = usePlanData(accountOf)
  const { t, rich, format } = useMessages()
  const [hasAgreed, setAgreed] = useState(false)
  const consentId = useId()

  const { store } = useAddOnContext()
  const warning = t('review.expiresSoon')
  const heldFor = Date.parse(preview.expiresAt) - Date.parse(preview.serverTime)
  useEffect(() => {
    if (isSubmitting || heldFor < 60_000) return
    const timer = setTimeout(() => store.setState({ announcement: warning }), Math.min(heldFor - 60_000, 2 ** 31 - 1))
    return () => {
      clearTimeout(timer)
      // It holds of this price alone.
      if (store.getState().announcement === warning) store.setState({ announcement: '' })
    }
  }, [store, warning, heldFor, isSubmitting])

  const moneyBefore = ({ kind }: PreviewLine, index: number) => {
    const line = previous?.lines[index]
    return line?.kind === kind ? format.money(line.amount) : undefined
  }
  const seatsOf = ({ seats: { standardLicenses, additionalUsers } }: PurchasePreview) =>
    t('review.seatsOf', { standard: standardLicenses, additional: additionalUsers })
  const { terms, nextInvoice, frequency, dueNow, proration, seats } = preview
  const withTax = (amount: string) => (preview.taxNotIncluded ? t('review.plusTax', { amount }) : amount)
  const today = withTax(format.money(dueNow))
  const needsConsent = terms.consent === 'checkbox'
  const payment = useUpdatePayment(addOn.id, purchase)

  return (
    <StepFrame
      step={step}
      mark={{ addOn }}
      title={rich(`${step}.title`, { name: addOn.name })}
      text={rich(`${step}.text`, { account: account?.name })}
      footer={
        <>
          <Lines>
            <Line
              isDue
              label={t('review.due')}
              detail={
                proration.unit === 'day'
                  ? rich('review.prorated', {
                      ...proration,
                      from: format.date(proration.from),
                      to: format.date(proration.to),
                    })
                  : rich('review.period', { from: format.dateTime(proration.from), to: format.dateTime(proration.to) })
              }
            >
              <Changed before={previous && format.money(previous.dueNow)} after={format.money(dueNow)} />
            </Line>
          </Lines>
          <p data-slot="sentence">
            {rich(`review.sum.${frequency}`, {
              today,
              later: withTax(format.money(nextInvoice.addOnAmount)),
              date: format.date(nextInvoice.date),
            })}{' '}
            <strong>{t('rules.final')}</strong> {terms.url && <Link href={terms.url}>{t('review.terms')}</Link>}
          </p>
          {needsConsent && (
            <label data-slot="consent" htmlFor={consentId}>
              <input
                id={consentId}
                type="checkbox"
                checked={hasAgreed}
                onChange={(event) => setAgreed(event.target.checked)}
              />
              {t('review.consent')}
            </label>
          )}
        </>
      }
      actions={
        <>
          {isPayable(preview) ? (
            <Button
              variant="primary"
              data-action="confirm"
              isPending={isSubmitting}
              aria-disabled={!purchase.canConfirm || (needsConsent && !hasAgreed) || undefined}
              onClick={purchase.confirm}
            >
              {rich('review.confirm', { amount: today })}
            </Button>
          ) : (
            payment && (
              <Button variant="primary" isPending={payment.isUpdating} onClick={payment.update}>
                {t('action.add-payment')}
              </Button>
            )
          )}
          <Button onClick={close}>{t(isSubmitting ? 'action.close' : 'action.cancel')}</Button>
        </>
      }
    >
      <Lines>
        <Line
          label={t('review.seats')}
          detail={<Changed before={previous && seatsOf(previous)} after={seatsOf(preview)} />}
        >
          <Changed before={previous && format.number(previous.seats.total)} after={format.number(seats.total)} />
        </Line>
        <Line label={t('review.unitPrice')} detail={t(`frequency.${frequency}`)}>
          <Changed before={previous && format.money(previous.unitPrice)} after={format.money(preview.unitPrice)} />
        </Line>
        {preview.lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity, and never move within a preview
          <Line key={index} label={line.label ? <bdi>{line.label}</bdi> : t(`line.${line.kind}`)}>
            <Changed before={moneyBefore(line, index)} after={format.money(line.amount)} />
          </Line>
        ))}
        <Line label={t('review.nextInvoice')} detail={format.date(nextInvoice.date)}>
          <Changed
            before={previous && format.money(previous.nextInvoice.addOnAmount)}
            after={format.money(nextInvoice.addOnAmount)}
          />
        </Line>
        <Line label={t('review.payment')}>
          {preview.payment ? <bdi>{preview.payment.label}</bdi> : t('review.noPayment')}
        </Line>
      </Lines>
      {addOn.status.kind === 'trialing' && (
        <Note tone="wait">
          {rich('review.trialEnds', { count: daysUntil(addOn.status.endsAt, Date.parse(preview.serverTime)) })}
        </Note>
      )}
    </StepFrame>
  )
}

/** A value, with the old one beside it where it has changed: "was 15, now 17". */
function Changed({ before, after }: { before: string | undefined; after: string }) {
  const { t } = useMessages()
  if (before === undefined || before === after) return <bdi>{after}</bdi>
  return (
    <span data-slot="changed">
      <span data-slot="visually-hidden">{t('change.read', { before, after })}</span>
      <s aria-hidden="true">{before}</s> <bdi aria-hidden="true">{after}</bdi>
    </span>
  )
}
