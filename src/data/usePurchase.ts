'use client'

import { useCallback, useEffect, useMemo, useState } from 'react'
import { createIdempotencyKey } from '../adapter/idempotencyKey.js'
import { AddOnError } from '../domain/errors.js'
import type { PlanOverview } from '../domain/planOverview.js'
import { expectedOf, isPayable, type PurchasePreview } from '../domain/purchase.js'
import { confirmablePreview } from '../domain/purchaseFlow.js'
import { type Attempt, openAttemptOf, type PurchaseState, previewOf } from '../domain/purchaseState.js'
import type { AddOnId } from '../domain/Register.js'
import { useAddOnContext } from './AddOnContext.js'
import { purchaseKey } from './flowStore.js'
import { keptFor } from './keptAttempts.js'
import { loadPreview } from './loadPreview.js'
import { dispatch, purchaseAt } from './purchases.js'
import { runAttempt } from './runAttempt.js'
import { usePlanData } from './usePlan.js'
import { usePurchaseState } from './usePurchaseState.js'

/** One add-on's purchase, and what can be done about it. */
export interface PurchaseHandle {
  readonly state: PurchaseState
  /** The price on screen. */
  readonly preview: PurchasePreview | undefined
  /** Whether `confirm()` does anything: not in the first second of a price, whose button comes under the finger. */
  readonly canConfirm: boolean
  /** Buys what is on screen. Does nothing unless `canConfirm`, and on every press after the first. */
  confirm(): void
  /** Asks for the price: the first time, or again. */
  refreshPrice(): void
  /** Goes on with a purchase whose outcome is not known. */
  resume(): void
  /** Leaves the purchase. An open attempt goes on. */
  close(): void
}

/**
 * Headless purchase of one add-on: the same latch, attempts and states that the dialog has.
 * @param isShown Whether its state is on the screen now; what becomes of a purchase nobody sees is announced. @default true
 */
export function usePurchase(addOnId: AddOnId, isShown = true): PurchaseHandle {
  const context = useAddOnContext()
  const select = useCallback(
    ({ account, viewer, addOns }: PlanOverview) => ({
      accountId: account.id,
      viewerId: viewer.id,
      pending: addOns.find(({ id }) => id === addOnId)?.pendingPurchase,
    }),
    [addOnId],
  )
  const { accountId, viewerId, pending } = usePlanData(select) ?? {}
  const key = purchaseKey(accountId ?? '', addOnId)
  const state = usePurchaseState(addOnId)
  const preview = previewOf(state)

  const confirmable = confirmablePreview(state, Number.POSITIVE_INFINITY)
  useEffect(() => {
    if (!confirmable) return
    const { previewId, expiresAt, serverTime } = confirmable
    // By the server's clock: this machine's may be a day off.
    // Beyond 24 days a timer fires at once.
    const left = Math.min(Date.parse(expiresAt) - Date.parse(serverTime), 2 ** 31 - 1)
    const timer = setTimeout(() => dispatch(context.store, key, { type: 'price-expired', previewId }), left)
    return () => clearTimeout(timer)
  }, [confirmable, context.store, key])

  const from = 'confirmableFrom' in state ? state.confirmableFrom : undefined
  const [settled, setSettled] = useState<number>()
  useEffect(() => {
    if (from === undefined) return
    const timer = setTimeout(() => setSettled(from), from - performance.now())
    return () => clearTimeout(timer)
  }, [from])
  const canConfirm = confirmable !== undefined && isPayable(confirmable) && settled === from

  useEffect(() => {
    if (!isShown) return
    const { screens } = context.store
    const count = (by: number) => screens.set(key, (screens.get(key) ?? 0) + by)
    count(1)
    return () => void count(-1)
  }, [context.store, key, isShown])

  const actions = useMemo(() => {
    const { store } = context
    return {
      confirm() {
        const preview = confirmablePreview(purchaseAt(store, key), performance.now())
        if (!preview || !isPayable(preview) || viewerId === undefined) return
        const { accountId, previewId } = preview
        // Left open by another page: a second key could have the first one buy after this one was refused, and the first
        // one need not be at this price. Another press finds it out.
        const [left] = keptFor({ accountId, viewerId, addOnId })
        if (left) {
          const error = new AddOnError(left.isForPress ? 'unauthenticated' : 'network')
          dispatch(store, key, { type: 'gave-up', attempt: left, error })
          return
        }
        const attempt: Attempt = {
          idempotencyKey: createIdempotencyKey(),
          ...{ accountId, viewerId, addOnId, previewId },
          expected: expectedOf(preview),
          sentAt: Date.now(),
        }
        dispatch(store, key, { type: 'confirmed', attempt, preview })
        void runAttempt(context, attempt, 'confirm')
      },
      refreshPrice() {
        if (accountId !== undefined) void loadPreview(context, accountId, addOnId)
      },
      resume() {
        const hurry = store.hurry.get(key)
        if (hurry) return hurry(true)
        if (accountId === undefined || viewerId === undefined) return
        const left = pending?.resume && {
          ...pending.resume,
          ...{ accountId, viewerId, addOnId },
          sentAt: Date.parse(pending.startedAt),
        }
        const open = openAttemptOf(purchaseAt(store, key)) ?? left
        if (open) void runAttempt(context, open, 'resume')
      },
      close() {
        dispatch(store, key, { type: 'closed' })
      },
    }
  }, [context, key, accountId, viewerId, addOnId, pending])

  return { state, preview, canConfirm, ...actions }
}
