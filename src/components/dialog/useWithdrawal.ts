'use client'

import { useEffect, useRef } from 'react'
import { useAddOnContext } from '../../data/AddOnContext.js'
import { useMessages } from '../../data/useMessages.js'
import type { AddOn } from '../../domain/addOn.js'
import type { Decision, WithheldReason } from '../../domain/policy.js'

/** Reasons that come from outside of the dialog. All others are what it brought about itself, or what it says by itself. */
const fromOutside: ReadonlySet<WithheldReason> = new Set([
  'role',
  'not-offered',
  'included-in-plan',
  'account-factor',
  'host',
])

/**
 * Closes the dialog, and says why, when what it is open for is not offered any more.
 * @param isAtStake Nothing has been sent yet, so that nothing has to be told but this.
 */
export function useWithdrawal(
  addOn: AddOn | null | undefined,
  decision: Decision | undefined,
  isAtStake: boolean,
  close: () => void,
): void {
  const { store } = useAddOnContext()
  const { t } = useMessages()
  const wasOffered = useRef<string>(undefined)
  useEffect(() => {
    if (decision?.allowed && addOn) wasOffered.current = addOn.name
    if (!decision || decision.allowed || !isAtStake || !wasOffered.current || !fromOutside.has(decision.reason)) return
    const reason = decision.reasonText ?? t(`reason.${decision.reason}`)
    const notice = t('withdrawn', { name: wasOffered.current, reason })
    wasOffered.current = undefined
    store.setState({ notice, announcement: notice })
    close()
  }, [addOn, decision, isAtStake, close, store, t])
}
