'use client'

import { useCallback } from 'react'
import type { PlanOverview } from '../domain/planOverview.js'
import { idlePurchase, type PurchaseState } from '../domain/purchaseState.js'
import { purchaseKey } from './flowStore.js'
import { useFlow } from './useFlow.js'
import { usePlanData } from './usePlan.js'

/** Where this account's purchase of an add-on stands in this page. What the plan says is bought is not looked for. */
export function usePurchaseState(addOnId: string): PurchaseState {
  const select = useCallback(
    ({ account, addOns }: PlanOverview) => ({
      key: purchaseKey(account.id, addOnId),
      isBought: addOns.some(({ id, status }) => id === addOnId && status.kind === 'active'),
    }),
    [addOnId],
  )
  const { key = '', isBought } = usePlanData(select) ?? {}
  const state = useFlow(({ purchases }) => purchases[key] ?? idlePurchase)
  const isOpen = state.step === 'unresolved' || state.step === 'failed' || state.step === 'not-allowed'
  return isOpen && isBought ? idlePurchase : state
}
