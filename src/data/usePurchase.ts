'use client'

import { useCallback, useEffect, useMemo } from 'react'
import { createIdempotencyKey } from '../adapter/idempotencyKey.js'
import type { PlanOverview } from '../domain/planOverview.js'
import { expectedOf, type PurchasePreview } from '../domain/purchase.js'
import {
  type Attempt,
  confirmablePreview,
  openAttemptOf,
  type PurchaseState,
  previewOf,
} from '../domain/purchaseFlow.js'
import { useAddOnContext } from './AddOnContext.js'
import { purchaseKey } from './flowStore.js'
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
  /** Buys what is on screen. Does nothing where there is nothing to confirm, and on every press after the first. */
  confirm(): void
  /** Asks for the price: the first time, or again. */
  refreshPrice(): void
  /** Goes on with a purchase whose outcome is not known. */
  resume(): void
  /** Leaves the purchase. An open attempt goes on. */
  close(): void
}

/** Headless purchase of one add-on: the same latch, attempts and states that the dialog has. */
export function usePurchase(addOnId: string): PurchaseHandle {
  const context = useAddOnContext()
  const select = useCallback(
    ({ account, addOns }: PlanOverview) => ({
      accountId: account.id,
      resumable: addOns.find(({ id }) => id === addOnId)?.pendingPurchase?.resume,
    }),
    [addOnId],
  )
  const { accountId, resumable } = usePlanData(select) ?? {}
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

  const actions = useMemo(() => {
    const { store } = context
    return {
      confirm() {
        const preview = confirmablePreview(purchaseAt(store, key), Date.now())
        if (!preview) return
        const attempt: Attempt = {
          idempotencyKey: createIdempotencyKey(),
          accountId: preview.accountId,
          addOnId: preview.addOnId,
          previewId: preview.previewId,
          expected: expectedOf(preview),
        }
        dispatch(store, key, { type: 'confirmed', attempt, preview })
        void runAttempt(context, attempt, false)
      },
      refreshPrice() {
        if (accountId !== undefined) void loadPreview(context, accountId, addOnId)
      },
      resume() {
        if (accountId === undefined) return
        const open = openAttemptOf(purchaseAt(store, key)) ?? (resumable && { ...resumable, accountId, addOnId })
        if (open) void runAttempt(context, open, true)
      },
      close() {
        dispatch(store, key, { type: 'closed' })
      },
    }
  }, [context, key, accountId, addOnId, resumable])

  return { state, preview, ...actions }
}
