'use client'

import { useRef, useState } from 'react'
import { useAddOnContext } from '../../data/AddOnContext.js'
import type { PurchaseHandle } from '../../data/usePurchase.js'
import { whileHostAsks } from '../../data/whileHostAsks.js'

/** The host's way to add or change the payment method, after which the price is asked for again; none without one. */
export function useUpdatePayment(addOnId: string, { refreshPrice }: PurchaseHandle) {
  const { host, store, emit } = useAddOnContext()
  const { onUpdatePaymentMethod } = host.current
  const [isUpdating, setUpdating] = useState(false)
  const isAsking = useRef(false)
  if (!onUpdatePaymentMethod) return undefined
  const update = async () => {
    // A host that never comes back must not keep a later press from asking again.
    if (isAsking.current) return
    isAsking.current = true
    setUpdating(true)
    try {
      await whileHostAsks(store, () => onUpdatePaymentMethod(addOnId))
    } catch (error) {
      emit({ type: 'callback-failed', callback: 'onUpdatePaymentMethod', error })
    }
    isAsking.current = false
    setUpdating(false)
    refreshPrice()
  }
  return { isUpdating, update }
}
