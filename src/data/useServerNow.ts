'use client'

import { useCallback } from 'react'
import { useAddOnContext } from './AddOnContext.js'
import { planQuery } from './queries.js'

/** Tells the time by the server's clock, in milliseconds since 1970: this machine's may be a day off. */
export function useServerNow(): () => number {
  const context = useAddOnContext()
  return useCallback(() => {
    const plan = context.queryClient.getQueryState(planQuery(context).queryKey)
    if (!plan?.data) return context.initialPlan ? Date.parse(context.initialPlan.serverTime) : Date.now()
    return Date.parse(plan.data.serverTime) + Math.max(0, Date.now() - plan.dataUpdatedAt)
  }, [context])
}

/** Whole days until an instant, begun days counting. */
export function daysUntil(instant: string, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(instant) - now) / 86_400_000))
}
