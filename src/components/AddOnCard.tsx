'use client'

import { type ComponentPropsWithoutRef, type Ref, useId } from 'react'
import { useAddOnPermissions } from '../data/useAddOnPermissions.js'
import { useMessages } from '../data/useMessages.js'
import { useAddOn, usePlanData } from '../data/usePlan.js'
import { usePurchaseState } from '../data/usePurchaseState.js'
import { isEntitled } from '../domain/addOn.js'
import type { PlanOverview } from '../domain/planOverview.js'
import type { AddOnId } from '../domain/Register.js'
import type { MessageOverrides } from '../messages/Messages.js'
import { ActionButton } from './parts/ActionButton.js'
import { CardSkeleton } from './parts/CardSkeleton.js'
import { contained } from './parts/contained.js'
import { Failure } from './parts/Failure.js'
import { Link } from './parts/Link.js'
import { OpenLink } from './parts/OpenLink.js'
import { Price } from './parts/Price.js'
import { ownPurchaseNote, PurchaseNote } from './parts/PurchaseNote.js'
import { RequestNotes } from './parts/RequestNotes.js'
import { RetryButton } from './parts/RetryButton.js'
import { StatusNote } from './parts/StatusNote.js'
import { type ClassNames, slots } from './parts/slots.js'
import { Teammates } from './parts/Teammates.js'
import { Tile } from './parts/Tile.js'
import { useSurface } from './parts/useSurface.js'

/** The parts of a card that a host can give a class name. */
export type AddOnCardSlot = 'card' | 'card-head' | 'card-title' | 'card-text' | 'badge' | 'card-notes' | 'card-actions'

/** Props of an add-on's card. */
export interface AddOnCardProps extends ComponentPropsWithoutRef<'article'> {
  /** The add-on, by its id in the catalogue. */
  addOnId: AddOnId
  /** Class names by slot. */
  classNames?: ClassNames<AddOnCardSlot> | undefined
  /** Texts to be used instead of the catalogue's. */
  messages?: MessageOverrides | undefined
  /** Level of the card's heading. @default 3 */
  headingLevel?: 2 | 3 | 4 | 5 | 6 | undefined
}

const accountOf = ({ account }: PlanOverview) => account

/**
 * One add-on: what it is, what it costs, what the account has of it, and what this viewer may do.
 *
 * Renders nothing for viewers without access and for add-ons the plan does not have.
 * @selector [data-add-on] [data-status] [data-layout]
 */
export const AddOnCard = contained<AddOnCardProps, HTMLElement>('AddOnCard', Card)

function Card({
  addOnId,
  classNames,
  className,
  headingLevel = 3,
  rootRef,
  ...rest
}: Omit<AddOnCardProps, 'messages'> & { rootRef: Ref<HTMLElement> }) {
  const surface = useSurface()
  const headingId = useId()
  const { data: addOn, status: read, error, refetch } = useAddOn(addOnId)
  const account = usePlanData(accountOf)
  const { hasAccess, actions, decisions } = useAddOnPermissions(addOnId)
  const purchase = usePurchaseState(addOnId)
  const { t } = useMessages()
  const slot = slots(classNames)

  if (read === 'loading') return <CardSkeleton />
  if (read === 'error' && error) {
    return (
      <article {...surface} {...slot('card')} data-add-on={addOnId}>
        <div {...slot('card-notes')}>
          <Failure error={error} />
          <RetryButton label={t('action.retry')} error={error} onClick={refetch} />
        </div>
      </article>
    )
  }
  if (!addOn || !account || !decisions || !hasAccess || addOn.status.kind === 'unavailable') return null

  const { kind } = addOn.status
  const isRow = isEntitled(addOn.status)
  const isInProgress = ownPurchaseNote(addOn, purchase) !== undefined
  const shown = isInProgress ? actions.filter((action) => action === 'request-feature') : actions
  const notes = (
    <>
      <PurchaseNote addOn={addOn} state={purchase} />
      <RequestNotes addOn={addOn} decisions={decisions} />
    </>
  )
  const Heading = `h${headingLevel}` as const
  return (
    <article
      {...surface}
      {...rest}
      {...slot('card', className)}
      ref={rootRef}
      aria-labelledby={headingId}
      data-add-on={addOn.id}
      data-status={kind}
      data-layout={isRow ? 'row' : 'card'}
    >
      <Tile addOn={addOn} />
      <div {...slot('card-head')}>
        <Heading {...slot('card-title')} id={headingId} tabIndex={-1}>
          <bdi lang={addOn.lang}>{addOn.name}</bdi>
        </Heading>
        {kind !== 'available' && kind !== 'unknown' && (
          <span {...slot('badge')} data-status={kind}>
            {t(`status.${kind}`)}
          </span>
        )}
      </div>
      <p {...slot('card-text')}>
        <bdi lang={addOn.lang}>{addOn.description}</bdi>{' '}
        {addOn.learnMoreUrl && (
          <Link
            href={addOn.learnMoreUrl}
            aria-label={t('action.for', { action: t('card.learnMore'), name: addOn.name })}
          >
            {t('card.learnMore')}
          </Link>
        )}
      </p>
      {kind === 'included' ? <span data-slot="price" /> : <Price addOn={addOn} />}
      <div {...slot('card-notes')}>
        <StatusNote addOn={addOn} account={account} />
        {isRow && notes}
        <Teammates requests={addOn.featureRequests} />
      </div>
      <div {...slot('card-actions')}>
        {shown.map((action, index) => (
          <ActionButton key={action} addOn={addOn} action={action} variant={index === 0 ? 'primary' : 'secondary'} />
        ))}
        {/* In the place of the action that they withhold, so that nothing moves when it is taken. */}
        {isRow ? <OpenLink addOn={addOn} variant="secondary" /> : notes}
      </div>
    </article>
  )
}
