'use client'

import { useAddOnContext } from '../../data/AddOnContext.js'
import { continuePurchase } from '../../data/continuePurchase.js'
import { useMessages } from '../../data/useMessages.js'
import type { AddOn } from '../../domain/addOn.js'
import type { PurchaseState } from '../../domain/purchaseState.js'
import { Button } from './Button.js'
import { intent } from './loadDialogCode.js'
import { Note } from './Note.js'

type OwnNote = `card.${'checking' | 'processing' | 'bank' | 'unfinished'}` | 'mischarged.title'

/** What is said of the viewer's own purchase where its dialog is closed. */
export const ownNotes: Partial<Record<PurchaseState['step'], OwnNote>> = {
  submitting: 'card.checking',
  checking: 'card.checking',
  unresolved: 'card.checking',
  processing: 'card.processing',
  'action-needed': 'card.bank',
  'price-changed': 'card.unfinished',
  expired: 'card.unfinished',
  declined: 'card.unfinished',
  failed: 'card.unfinished',
  mischarged: 'mischarged.title',
}

/** The text for a viewer's own purchase that is not over, from this page's attempt or from the plan. */
export function ownPurchaseNote(addOn: AddOn, state: PurchaseState): OwnNote | undefined {
  const pending = addOn.pendingPurchase
  const fromPlan = pending?.mine && (pending.state === 'processing' ? 'card.processing' : 'card.bank')
  return ownNotes[state.step] ?? (fromPlan || undefined)
}

/** A purchase in progress: whose, since when, and for its buyer the way back into it. */
export function PurchaseNote({ addOn, state }: { addOn: AddOn; state: PurchaseState }) {
  const context = useAddOnContext()
  const { t, rich, format } = useMessages()
  const own = ownPurchaseNote(addOn, state)
  const pending = addOn.pendingPurchase
  if (!own) {
    if (!pending) return null
    return (
      <Note tone="wait">{rich('card.buying', { name: pending.by, time: format.dateTime(pending.startedAt) })}</Note>
    )
  }
  const label = t('action.continue')
  return (
    <Note tone={own === 'card.unfinished' || own === 'mischarged.title' ? 'bad' : 'wait'}>
      {t(own)}{' '}
      <Button
        variant="quiet"
        aria-label={t('action.for', { action: label, name: addOn.name })}
        {...intent}
        onClick={({ currentTarget }) => continuePurchase(context, addOn, state, currentTarget)}
      >
        {label}
      </Button>
    </Note>
  )
}
