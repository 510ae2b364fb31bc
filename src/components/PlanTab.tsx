'use client'

import { type ComponentPropsWithoutRef, type ReactNode, type Ref, useId } from 'react'
import { useAddOnContext } from '../data/AddOnContext.js'
import { useMessages } from '../data/useMessages.js'
import { usePlan } from '../data/usePlan.js'
import { totalSeats } from '../domain/account.js'
import { type AddOn, isEntitled } from '../domain/addOn.js'
import type { PlanOverview } from '../domain/planOverview.js'
import { grantsAccess, heldGrants } from '../domain/policy.js'
import type { MessageOverrides } from '../messages/Messages.js'
import { AddOnCard, type AddOnCardSlot } from './AddOnCard.js'
import { CardSkeleton } from './parts/CardSkeleton.js'
import { ContactLink } from './parts/ContactLink.js'
import { contained } from './parts/contained.js'
import { Failure } from './parts/Failure.js'
import { HandsOver } from './parts/HandsOver.js'
import { Icon } from './parts/Icon.js'
import { RetryButton } from './parts/RetryButton.js'
import { type ClassNames, slots } from './parts/slots.js'
import { useSurface } from './parts/useSurface.js'

/** The parts of the plan tab that a host can give a class name. */
export type PlanTabSlot = AddOnCardSlot | 'plan-tab' | 'summary' | 'plan-name' | 'section' | 'section-title' | 'rules'

/** Props of the plan tab. */
export interface PlanTabProps extends Omit<ComponentPropsWithoutRef<'section'>, 'children'> {
  /** Class names by slot. */
  classNames?: ClassNames<PlanTabSlot> | undefined
  /** Texts to be used instead of the catalogue's. */
  messages?: MessageOverrides | undefined
  /** Shown to viewers without any grant, instead of one plain sentence. */
  noAccess?: ReactNode
}

/**
 * "My company > Plan": the account's plan, its add-ons, and those it can have.
 * @selector [data-state]
 */
export const PlanTab = contained<PlanTabProps, HTMLElement>('PlanTab', Tab)

function Tab({
  classNames,
  className,
  noAccess,
  rootRef,
  ...rest
}: Omit<PlanTabProps, 'messages'> & { rootRef: Ref<HTMLElement> }) {
  const { policy } = useAddOnContext()
  const surface = useSurface()
  const read = usePlan()
  const { status, data: plan, error, refetch } = read
  const { t, rich, format } = useMessages()
  const slot = slots(classNames)
  const hasAccess = plan && grantsAccess(heldGrants(plan.viewer, policy))
  const state = status !== 'ready' ? status : hasAccess ? (error ? 'stale' : 'ready') : 'no-access'
  const retry = (variant: 'primary' | 'quiet') => (
    <RetryButton
      variant={variant}
      label={t('action.retry')}
      error={error}
      isPending={read.isFetching}
      onClick={refetch}
    />
  )
  return (
    <section
      aria-label={t('plan.current')}
      {...surface}
      {...rest}
      {...slot('plan-tab', className)}
      ref={rootRef}
      data-state={state}
      aria-busy={status === 'loading'}
    >
      {status === 'loading' && <Loading />}
      {status === 'error' && error && (
        <HandsOver data-slot="empty">
          <Icon name="alert" />
          <h2>{t('plan.failed')}</h2>
          <Failure error={error} />
          {retry('primary')}
        </HandsOver>
      )}
      {plan && !hasAccess && (noAccess ?? <p data-slot="no-access">{t('plan.noAccess')}</p>)}
      {plan && hasAccess && (
        <>
          {error && (
            <HandsOver data-slot="stale" role="status">
              <Icon name="alert" />
              <span>{rich('plan.stale', { time: format.dateTime(new Date(read.readAt).toISOString()) })}</span>
              {retry('quiet')}
            </HandsOver>
          )}
          <Summary plan={plan} classNames={classNames} />
          <Sections plan={plan} classNames={classNames} />
          <Rules plan={plan} classNames={classNames} />
        </>
      )}
    </section>
  )
}

interface PartProps {
  plan: PlanOverview
  classNames: PlanTabProps['classNames']
}

function Summary({ plan: { account }, classNames }: PartProps) {
  const { t, rich, format } = useMessages()
  const slot = slots(classNames)
  const { billing } = account
  return (
    <header {...slot('summary')}>
      <div>
        <p data-slot="eyebrow">{t('plan.current')}</p>
        <h2 {...slot('plan-name')}>
          <bdi>{account.plan.name}</bdi>
        </h2>
      </div>
      {billing && (
        <dl>
          <div>
            <dt>{t('plan.billing')}</dt>
            <dd>{t(`frequency.${billing.frequency}`)}</dd>
          </div>
          <div>
            <dt>{t('plan.nextInvoice')}</dt>
            <dd>{format.date(billing.nextInvoiceDate)}</dd>
          </div>
          <div>
            <dt>{t('plan.seats')}</dt>
            <dd>
              {format.number(totalSeats(billing.seats))}{' '}
              <small>
                {rich('plan.seatsOf', {
                  standard: billing.seats.standardLicenses,
                  additional: billing.seats.additionalUsers,
                })}
              </small>
            </dd>
          </div>
        </dl>
      )}
    </header>
  )
}

function Sections({ plan: { account, addOns }, classNames }: PartProps) {
  const { t, rich } = useMessages()
  const offered = addOns.filter(({ status }) => status.kind !== 'unavailable')
  const owned = offered.filter(({ status }) => isEntitled(status))
  const available = offered.filter(({ status }) => !isEntitled(status))
  if (offered.length === 0) return <p data-slot="empty">{t('plan.empty')}</p>
  const seats = account.billing && totalSeats(account.billing.seats)
  return (
    <>
      {owned.length > 0 && <Section title={t('plan.owned')} layout="row" addOns={owned} classNames={classNames} />}
      {available.length > 0 && (
        <Section
          title={t('plan.available')}
          text={seats !== null && rich('plan.billedFor', { count: seats })}
          layout="card"
          addOns={available}
          classNames={classNames}
        />
      )}
    </>
  )
}

interface SectionProps {
  title: string
  text?: ReactNode
  layout: 'row' | 'card'
  addOns: readonly AddOn[]
  classNames: PlanTabProps['classNames']
}

function Section({ title, text, layout, addOns, classNames }: SectionProps) {
  const slot = slots(classNames)
  const titleId = useId()
  return (
    <section {...slot('section')} aria-labelledby={titleId}>
      <div data-slot="section-head">
        <h3 {...slot('section-title')} id={titleId}>
          {title}
        </h3>
        {text && <p>{text}</p>}
      </div>
      {/* biome-ignore lint/a11y/noRedundantRoles: Safari takes the role from a list without markers */}
      <ul data-slot="list" data-layout={layout} role="list">
        {addOns.map(({ id }) => (
          <li key={id}>
            <AddOnCard addOnId={id} classNames={classNames} headingLevel={4} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Rules({ plan: { account }, classNames }: PartProps) {
  const { t, rich } = useMessages()
  const { accountManager, customerSuccess } = account.contacts
  return (
    <footer {...slots(classNames)('rules')}>
      <p>
        {t('rules.final')}{' '}
        {rich('rules.changes', { contact: <ContactLink kind="accountManager" contact={accountManager} /> })}{' '}
        {rich('rules.other', { contact: <ContactLink kind="customerSuccess" contact={customerSuccess} /> })}
      </p>
    </footer>
  )
}

function Loading() {
  return (
    <>
      <div data-slot="summary" data-skeleton="" />
      <div data-slot="section">
        <div data-slot="section-head" data-skeleton="" />
        <div data-slot="list" data-layout="card">
          <CardSkeleton />
          <CardSkeleton />
          <CardSkeleton />
        </div>
      </div>
    </>
  )
}
