'use client'

import { useEffect, useState } from 'react'
import { useMessages } from '../../data/useMessages.js'
import type { AddOnError } from '../../domain/errors.js'
import { Button, type ButtonProps } from './Button.js'

/** Props of a button that tries again what failed. */
export interface RetryButtonProps extends Omit<ButtonProps, 'children'> {
  label: string
  /** What it is about, at the end of its accessible name. */
  name?: string | undefined
  /** The failure: where the backend said how long to wait, the button counts that down first. */
  error: AddOnError | undefined
}

/** Tries again what failed, by hand, and not before the backend wants to be asked. */
export function RetryButton({ label, name, error, ...rest }: RetryButtonProps) {
  const { t } = useMessages()
  const left = useSecondsLeft(error)
  const action = left > 0 ? t('action.in', { action: label, count: left }) : label
  return (
    <Button
      {...rest}
      aria-label={name && t('action.for', { action, name })}
      aria-disabled={left > 0 || rest['aria-disabled']}
    >
      {action}
    </Button>
  )
}

/** Whole seconds until the backend wants to be asked again. */
function useSecondsLeft(error: AddOnError | undefined): number {
  const begin = () => ({ error, since: Date.now(), now: Date.now() })
  const [wait, setWait] = useState(begin)
  if (wait.error !== error) setWait(begin())
  const left = Math.ceil((error?.retryAfter ?? 0) - (wait.now - wait.since) / 1000)
  const isWaiting = left > 0
  useEffect(() => {
    if (!isWaiting) return
    const timer = setInterval(() => setWait((old) => ({ ...old, now: Date.now() })), 1000)
    return () => clearInterval(timer)
  }, [isWaiting])
  return left
}
