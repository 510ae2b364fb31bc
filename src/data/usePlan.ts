'use client'

import { useQuery } from '@tanstack/react-query'
import type { AddOn } from '../domain/addOn.js'
import { type AddOnError, toAddOnError } from '../domain/errors.js'
import type { PlanOverview } from '../domain/planOverview.js'
import { useAddOnContext } from './AddOnContext.js'
import { planQuery } from './queries.js'

/** What is known of a plan, or of a part of it. */
export interface PlanResult<T = PlanOverview> {
  readonly status: 'loading' | 'error' | 'ready'
  readonly data: T | undefined
  /** The last read's failure; with `data`, what is shown is stale. */
  readonly error: AddOnError | undefined
  /** When `data` was read, by this machine's clock, in milliseconds since 1970. */
  readonly readAt: number
  readonly isFetching: boolean
  /** Reads again. */
  refetch(): void
}

/**
 * A part of the plan; only a change of that part renders again. `undefined` until the plan is known.
 * @param isAsking `false`: looks at what others have read, and asks for nothing.
 */
export function usePlanData<T>(select: (plan: PlanOverview) => T, isAsking = true): T | undefined {
  const context = useAddOnContext()
  return useQuery({ ...planQuery(context), select, enabled: isAsking }, context.queryClient).data
}

function usePlanPart<T>(select: (plan: PlanOverview) => T): PlanResult<T> {
  const context = useAddOnContext()
  const query = useQuery({ ...planQuery(context), select }, context.queryClient)
  const error = query.error ? toAddOnError(query.error) : undefined
  return {
    status: query.data !== undefined ? 'ready' : query.isError ? 'error' : 'loading',
    data: query.data,
    error,
    readAt: query.dataUpdatedAt,
    isFetching: query.isFetching,
    refetch: () => void query.refetch(),
  }
}

const whole = (plan: PlanOverview) => plan

/** The plan as this viewer may see it. */
export function usePlan(): PlanResult {
  return usePlanPart(whole)
}

/** One add-on; `data` is `null` where the plan does not have it. */
export function useAddOn(addOnId: string): PlanResult<AddOn | null> {
  return usePlanPart((plan) => plan.addOns.find(({ id }) => id === addOnId) ?? null)
}
