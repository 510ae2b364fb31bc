'use client'

import { useMessages } from '../../data/useMessages.js'
import type { FeatureRequests } from '../../domain/addOn.js'

/** Who asked for an add-on, for people who may see it: how many, and on opening their names and notes. */
export function Teammates({ requests: { count, from } }: { requests: FeatureRequests }) {
  const { rich, format } = useMessages()
  if (from.length === 0) return null
  return (
    <details data-slot="teammates">
      <summary>
        <span data-slot="faces" aria-hidden="true">
          {from.slice(0, 3).map(({ name, requestedAt }) => (
            <i key={name + requestedAt}>{Array.from(name)[0]}</i>
          ))}
        </span>
        <span>{rich('card.asked', { count })}</span>
      </summary>
      <ul>
        {from.map(({ name, requestedAt, note }) => (
          <li key={name + requestedAt}>
            <b>
              <bdi>{name}</bdi>
            </b>{' '}
            <small>{format.date(requestedAt)}</small>
            {note && (
              <p>
                <bdi>{note}</bdi>
              </p>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
