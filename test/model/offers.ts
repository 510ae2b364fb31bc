import type { PurchaseState } from '../../src/domain/purchaseState.js'
import type { ScreenView } from './screen.js'

/** Something that can be pressed on a screen as it is. */
export interface Offer {
  readonly name:
    | 'open'
    | 'confirm'
    | 'refresh'
    | 'check'
    | 'cancel'
    | 'start-trial'
    | 'request-quote'
    | 'request-feature'
  press(): void
}

const refreshes: ReadonlySet<PurchaseState['step']> = new Set(['unpriced', 'expired', 'declined', 'failed'])

/** What a screen offers, what stands out most first. */
export function offersOf(view: ScreenView | undefined): Offer[] {
  if (!view?.addOn || !view.permissions.hasAccess) return []
  const { purchase, permissions, isOpen, hasNote } = view
  const { state } = purchase
  const offers: Offer[] = []
  if (!isOpen) {
    if (hasNote || permissions.actions.includes('subscribe')) offers.push({ name: 'open', press: view.open })
    const posts = { 'start-trial': view.trial, 'request-quote': view.quote, 'request-feature': view.feature } as const
    for (const name of ['request-quote', 'start-trial', 'request-feature'] as const) {
      const isShown = permissions.actions.includes(name) && (!hasNote || name === 'request-feature')
      if (isShown && posts[name].status !== 'sending') offers.push({ name, press: () => posts[name].send() })
    }
    return offers
  }
  const isPriced = state.step === 'review' || state.step === 'price-changed'
  if (isPriced) offers.push({ name: 'confirm', press: purchase.confirm })
  if (refreshes.has(state.step)) offers.push({ name: 'refresh', press: purchase.refreshPrice })
  const isToCheck = state.step === 'action-needed' || state.step === 'unresolved'
  if (isToCheck || (state.step === 'processing' && state.isSlow)) offers.push({ name: 'check', press: purchase.resume })
  offers.push({ name: 'cancel', press: view.close })
  return offers
}
