'use client'

import { useState } from 'react'
import { useMessages } from '../../data/useMessages.js'
import type { AddOnError } from '../../domain/errors.js'
import { Button } from './Button.js'

/** What went wrong in the catalogue's words, with the backend's request id to copy. */
export function Failure({ error }: { error: AddOnError }) {
  const { t, rich } = useMessages()
  const [isCopied, setCopied] = useState(false)
  const { requestId } = error
  const copy = async () => {
    if (!requestId) return
    await navigator.clipboard?.writeText(requestId).then(
      () => setCopied(true),
      () => undefined,
    )
  }
  return (
    <div data-slot="failure" role="alert" data-code={error.code}>
      <p>{error.reason === 'host' && error.reasonText ? <bdi>{error.reasonText}</bdi> : t(`error.${error.code}`)}</p>
      {requestId && (
        <p data-slot="request-id">
          <span>{rich('plan.requestId', { id: <code>{requestId}</code> })}</span>
          <Button variant="quiet" onClick={copy}>
            {t(isCopied ? 'action.copied' : 'action.copy')}
          </Button>
        </p>
      )}
    </div>
  )
}
