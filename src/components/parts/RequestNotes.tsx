'use client'

import { useMessages } from '../../data/useMessages.js'
import type { AddOn } from '../../domain/addOn.js'
import type { Decisions } from '../../domain/policy.js'
import { Note } from './Note.js'

/** What has been asked for already, in place of the actions it withholds, and the backend's own reasons. */
export function RequestNotes({ addOn, decisions }: { addOn: AddOn; decisions: Decisions }) {
  const { rich, format } = useMessages()
  const { quoteRequest, featureRequests } = addOn
  const isWithheld = (action: keyof Decisions, reason: string) => {
    const decision = decisions[action]
    return !decision.allowed && decision.reason === reason
  }
  const own = featureRequests.byViewer
  const texts = Object.values(decisions).flatMap((decision) =>
    !decision.allowed && decision.reason === 'host' && decision.reasonText ? [decision.reasonText] : [],
  )
  return (
    <>
      {quoteRequest && isWithheld('request-quote', 'quote-open') && (
        <Note tone="done">{rich('card.quoteRequested', { date: format.date(quoteRequest.requestedAt) })}</Note>
      )}
      {own && isWithheld('request-feature', 'already-requested') && (
        <Note tone="done">{rich('card.requested', { date: format.date(own.requestedAt) })}</Note>
      )}
      {[...new Set(texts)].map((text) => (
        <p data-slot="note" key={text}>
          <bdi>{text}</bdi>
        </p>
      ))}
    </>
  )
}
