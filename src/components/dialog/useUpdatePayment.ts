'use client'

import { useState } from 'react'
import { useAddOnContext } from '../../data/AddOnContext.js'
import type { PurchaseHandle } from '../../data/usePurchase.js'
import { whileHostAsks } from '../../data/whileHostAsks.js'

/** The host's way to add or change the payment method, after which the price is asked for again; none without one. */
export function useUpdatePayment(addOnId: string, { refreshPrice }: PurchaseHandle) {
  const { host, store, emit } = useAddOnContext()
  const { onUpdatePaymentMethod } = host.current
  const [isUpdating, setUpdating] = useState(false)
  if (!onUpdatePaymentMethod) return undefined
  const update = () =>
    store.once('payment', async () => {
      setUpdating(true)
      try {
        await whileHostAsks(store, () => onUpdatePaymentMethod(addOnId))
      } catch (error) {
        emit({ type: 'callback-failed', callback: 'onUpdatePaymentMethod', error })
      }
      setUpdating(false)
      refreshPrice()
    })
  return { isUpdating, update }
}
