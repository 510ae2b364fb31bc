'use client'

import { useMessages } from '../../data/useMessages.js'
import { daysUntil, useServerNow } from '../../data/useServerNow.js'
import type { AddOn } from '../../domain/addOn.js'
import type { PlanOverview } from '../../domain/planOverview.js'
import { ContactLink } from './ContactLink.js'
import { Link } from './Link.js'

/** What the add-on's status means for this account: trial, purchase, inclusion. */
export function StatusNote({ addOn, account }: { addOn: AddOn; account: PlanOverview['account'] }) {
  const { t, rich, format } = useMessages()
  const serverNow = useServerNow()
  const { status } = addOn
  switch (status.kind) {
    case 'trialing': {
      const left = daysUntil(status.endsAt, serverNow())
      const length = addOn.trial?.days ?? daysUntil(status.endsAt, Date.parse(status.startedAt))
      return (
        <div data-slot="trial">
          <meter min={0} max={Math.max(length, left)} value={left} aria-label={t('card.daysLeft', { count: left })} />
          <p data-slot="note">
            {rich('card.daysLeft', { count: left })} · {rich('card.trialEnds', { date: format.date(status.endsAt) })}
          </p>
        </div>
      )
    }
    case 'trial-ended':
      return <p data-slot="note">{rich('card.trialEnded', { date: format.date(status.endedAt) })}</p>
    case 'included':
      return <p data-slot="note">{rich('card.included', { plan: account.plan.name })}</p>
    case 'active':
      return (
        <>
          <p data-slot="note">
            {rich('card.since', { date: format.date(status.since) })}
            {status.by && <> {rich('card.by', { name: status.by })}</>}
            {status.seats !== undefined && <> · {rich('card.seats', { count: status.seats })}</>}
            {status.receiptUrl && (
              <>
                {' · '}
                <Link
                  href={status.receiptUrl}
                  aria-label={t('action.for', { action: t('card.receipt'), name: addOn.name })}
                >
                  {t('card.receipt')}
                </Link>
              </>
            )}
          </p>
          <p data-slot="note">
            {rich('rules.changes', {
              contact: <ContactLink kind="accountManager" contact={account.contacts.accountManager} />,
            })}
          </p>
        </>
      )
    default:
      return null
  }
}
