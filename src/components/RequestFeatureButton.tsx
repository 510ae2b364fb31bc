'use client'

import { type ComponentPropsWithoutRef, type Ref, useEffect, useId, useRef, useState } from 'react'
import { useAddOnPermissions } from '../data/useAddOnPermissions.js'
import { useMessages } from '../data/useMessages.js'
import { useAddOn, usePlanData } from '../data/usePlan.js'
import { useRequestFeature } from '../data/useRequestFeature.js'
import type { PlanOverview } from '../domain/planOverview.js'
import type { AddOnId } from '../domain/Register.js'
import { enDialog } from '../messages/enDialog.js'
import type { MessageOverrides } from '../messages/Messages.js'
import { contained } from './parts/contained.js'
import { Failure } from './parts/Failure.js'
import { HandsOver } from './parts/HandsOver.js'
import { Note } from './parts/Note.js'
import { RetryButton } from './parts/RetryButton.js'
import { type ClassNames, slots } from './parts/slots.js'
import { TextField } from './parts/TextField.js'
import { useSurface } from './parts/useSurface.js'

/** The parts of a request button that a host can give a class name. */
export type RequestFeatureButtonSlot = 'request-feature' | 'request-result'

/** Props of the button that asks the Owners for an add-on. */
export interface RequestFeatureButtonProps extends Omit<ComponentPropsWithoutRef<'div'>, 'children'> {
  /** The add-on, by its id in the catalogue. */
  addOnId: AddOnId
  /** Offers a note to go with the request. @default false */
  withNote?: boolean | undefined
  /** Class names by slot. */
  classNames?: ClassNames<RequestFeatureButtonSlot> | undefined
  /** Texts to be used instead of the catalogue's. */
  messages?: MessageOverrides | undefined
}

const ownersOf = ({ account }: PlanOverview) => account.owners.map(({ name }) => name)

/**
 * One click tells the Owners, by name. Renders nothing for those who can buy, and for those who may not ask.
 * @selector [data-state]
 */
export const RequestFeatureButton = contained<RequestFeatureButtonProps, HTMLDivElement>(
  'RequestFeatureButton',
  RequestFeature,
  enDialog,
)

function RequestFeature({
  addOnId,
  withNote = false,
  className,
  classNames,
  rootRef,
  ...rest
}: Omit<RequestFeatureButtonProps, 'messages'> & { rootRef: Ref<HTMLDivElement> }) {
  const surface = useSurface()
  const read = useAddOn(addOnId)
  const addOn = read.data
  // While it is read again, what went wrong stays, and the button keeps the focus.
  const [failure, setFailure] = useState(read.error)
  if (read.error && read.error !== failure) setFailure(read.error)
  const names = usePlanData(ownersOf) ?? []
  const { decisions } = useAddOnPermissions(addOnId)
  const { status, error, send } = useRequestFeature(addOnId)
  const { t, rich, format } = useMessages()
  const [note, setNote] = useState('')
  const owners = format.list(names) || t('contact.owners')
  const resultId = useId()
  const result = useRef<HTMLDivElement>(null)
  // The button that was pressed is gone by then.
  useEffect(() => {
    if (status === 'sent' && document.activeElement === document.body) result.current?.focus()
  }, [status])
  const slot = slots(classNames)
  const root = {
    ...surface,
    ...rest,
    ...slot('request-feature', className),
    ref: rootRef,
    'data-add-on': addOnId,
  }
  if (addOn === undefined && failure) {
    return (
      <div {...root} data-state="error">
        <HandsOver>
          <Failure error={failure} />
          <RetryButton label={t('action.retry')} error={failure} isPending={read.isFetching} onClick={read.refetch} />
        </HandsOver>
      </div>
    )
  }
  const decision = decisions?.['request-feature']
  if (!addOn || !decision) return null
  const own = addOn.featureRequests.byViewer
  const isAsked = !decision.allowed && decision.reason === 'already-requested' && own !== null
  if (!decision.allowed && !isAsked && status === 'idle') return null

  const label = t(own && !isAsked ? 'action.ask-again' : 'action.request-feature')
  const state = status === 'idle' && isAsked ? 'requested' : status
  return (
    <div {...root} data-state={state}>
      {!isAsked && withNote && status !== 'sent' && (
        <TextField label={t('request-feature.field')} value={note} onChange={setNote} />
      )}
      {!isAsked && status !== 'sent' && (
        <RetryButton
          label={label}
          name={addOn.name}
          error={error}
          data-action="request-feature"
          data-add-on={addOn.id}
          aria-describedby={resultId}
          isPending={status === 'sending'}
          onClick={() => send(note)}
        />
      )}
      <div {...slot('request-result')} id={resultId} ref={result} role="status" tabIndex={-1}>
        {status === 'sending' && <span data-slot="visually-hidden">{t('request.sending')}</span>}
        {(status === 'sent' || isAsked) && (
          <Note tone="done">
            {status === 'sent' && own
              ? rich('request-feature.next', { owners, date: format.date(own.askAgainAt) })
              : rich('card.requested', { date: format.date(own?.requestedAt ?? '') })}
          </Note>
        )}
      </div>
      {error && status === 'failed' && <Failure error={error} />}
    </div>
  )
}
