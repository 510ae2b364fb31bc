'use client'

import { useCallback } from 'react'
import { useStore } from 'zustand'
import type { PlanOverview } from '../domain/planOverview.js'
import { idlePurchase, type PurchaseState } from '../domain/purchaseState.js'
import { useAddOnContext } from './AddOnContext.js'
import { purchaseKey } from './flowStore.js'
import { usePlanData } from './usePlan.js'

/** Where this account's purchase of an add-on stands in this page. What the plan says is bought is not looked for. */
export function usePurchaseState(addOnId: string): PurchaseState {
  const { store } = useAddOnContext()
  const select = useCallback(
    ({ account, addOns }: PlanOverview) => ({
      key: purchaseKey(account.id, addOnId),
      isBought: addOns.some(({ id, status }) => id === addOnId && status.kind === 'active'),
    }),
    [addOnId],
  )
  const { key = '', isBought } = usePlanData(select) ?? {}
  const state = useStore(store, ({ purchases }) => purchases[key] ?? idlePurchase)
  const isOpen = state.step === 'unresolved' || state.step === 'failed' || state.step === 'not-allowed'
  return isOpen && isBought ? idlePurchase : state
}
