'use client'

import { useState } from 'react'
import { useAddOnPermissions } from '../../data/useAddOnPermissions.js'
import { useMessages } from '../../data/useMessages.js'
import { usePlan } from '../../data/usePlan.js'
import type { PostHandle } from '../../data/usePost.js'
import { useRequestFeature } from '../../data/useRequestFeature.js'
import { useRequestQuote } from '../../data/useRequestQuote.js'
import { useServerNow } from '../../data/useServerNow.js'
import { useStartTrial } from '../../data/useStartTrial.js'
import type { AddOn } from '../../domain/addOn.js'
import type { AddOnAction } from '../../domain/policy.js'
import { enDialog } from '../../messages/enDialog.js'
import type { MessageKey } from '../../messages/Messages.js'
import { Button } from '../parts/Button.js'
import { Failure } from '../parts/Failure.js'
import { OpenLink } from '../parts/OpenLink.js'
import { RetryButton } from '../parts/RetryButton.js'
import { TextField } from '../parts/TextField.js'
import { Line, Lines } from './Lines.js'
import { StepFrame } from './StepFrame.js'
import type { StepProps } from './steps.js'
import { useWithdrawal } from './useWithdrawal.js'
import { WithheldStep } from './WithheldStep.js'

/** Asks sales for a price: an optional message, then who has it. */
export function QuoteStep(props: StepProps) {
  return <RequestStep {...props} action="request-quote" post={useRequestQuote(props.addOn.id)} />
}

/** Starts the account's one trial: its length, its end, and that it does not renew. */
export function TrialStep(props: StepProps) {
  return <RequestStep {...props} action="start-trial" post={useStartTrial(props.addOn.id)} />
}

/** Asks the Owners for an add-on: an optional note, then who was told. */
export function FeatureStep(props: StepProps) {
  return <RequestStep {...props} action="request-feature" post={useRequestFeature(props.addOn.id)} />
}

type RequestStepProps = StepProps & { action: Exclude<AddOnAction, 'subscribe'>; post: PostHandle }

/** One short request, and the confirmation that says who was told and what happens next. */
function RequestStep(props: RequestStepProps) {
  const { addOn, close, action, post } = props
  const { status, error, send } = post
  const { data: plan } = usePlan()
  const { decisions } = useAddOnPermissions(addOn.id)
  const serverNow = useServerNow()
  const [text, setText] = useState('')
  const { t, rich, format } = useMessages()
  const decision = decisions?.[action]
  useWithdrawal(addOn, decision, status === 'idle', close)
  if (!plan || !decision) return null

  const isTrial = action === 'start-trial'
  const { account, viewer } = plan
  const days = addOn.trial?.days ?? 0
  const trialEnd = new Date(serverNow() + days * 86_400_000).toISOString()
  const role = `role.${viewer.role}`
  const params = {
    name: addOn.name,
    account: account.name,
    viewer: viewer.name ?? (isNamed(role) ? t(role) : viewer.role),
    owners: format.list(account.owners.map(({ name }) => name)) || t('contact.owners'),
    sales: account.contacts.accountManager?.name ?? t('contact.sales'),
    date: format.date(nextDate(addOn) ?? trialEnd),
  }
  if (status === 'sent') {
    return (
      <StepFrame
        step={`${action}-sent`}
        mark={{ icon: 'check', tone: 'good' }}
        title={rich(`${action}.sent`, params)}
        text={rich(`${action}.next`, params)}
        actions={
          <>
            {isTrial && (
              <OpenLink addOn={addOn} variant="primary" label={rich('action.open-named', { name: addOn.name })} />
            )}
            <Button variant={isTrial && addOn.href ? 'secondary' : 'primary'} onClick={close}>
              {t('action.done')}
            </Button>
          </>
        }
      />
    )
  }
  if (status !== 'sending' && !decision.allowed) return <WithheldStep {...props} decision={decision} />
  return (
    <StepFrame
      step={action}
      mark={{ addOn }}
      title={rich(`${action}.title`, params)}
      text={rich(`${action}.text`, params)}
      actions={
        <>
          <RetryButton
            variant="primary"
            label={t(`${action}.send`)}
            error={error}
            isPending={status === 'sending'}
            onClick={() => send(text)}
          />
          <Button onClick={close}>{t('action.cancel')}</Button>
        </>
      }
    >
      {isTrial ? (
        <Lines>
          <Line label={t('start-trial.length')}>{rich('start-trial.days', { count: days })}</Line>
          <Line label={t('start-trial.ends')}>{params.date}</Line>
        </Lines>
      ) : (
        <>
          <TextField label={t(`${action}.field`)} value={text} onChange={setText} />
          <p data-slot="note">{rich('request.from', params)}</p>
        </>
      )}
      {error && <Failure error={error} />}
    </StepFrame>
  )
}

/** Whether the catalogue has a name for the role: a host's own role is called what the host calls it. */
function isNamed(key: string): key is Extract<MessageKey, `role.${string}`> {
  return key in enDialog
}

/** The date a confirmation names: when the trial ends, or when one may ask again. */
function nextDate({ status, featureRequests }: AddOn): string | undefined {
  return status.kind === 'trialing' ? status.endsAt : featureRequests.byViewer?.askAgainAt
}
