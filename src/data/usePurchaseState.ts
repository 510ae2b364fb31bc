'use client'

import { useStore } from 'zustand'
import type { PlanOverview } from '../domain/planOverview.js'
import type { PurchaseState } from '../domain/purchaseFlow.js'
import { useAddOnContext } from './AddOnContext.js'
import { purchaseKey } from './flowStore.js'
import { usePlanData } from './usePlan.js'

const accountIdOf = ({ account }: PlanOverview) => account.id
const idle: PurchaseState = { step: 'idle' }

/** Where this account's purchase of an add-on stands in this page. */
export function usePurchaseState(addOnId: string): PurchaseState {
  const { store } = useAddOnContext()
  const accountId = usePlanData(accountIdOf)
  return useStore(store, ({ purchases }) => purchases[purchaseKey(accountId ?? '', addOnId)] ?? idle)
}
