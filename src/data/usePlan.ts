'use client'

import { replaceEqualDeep } from '@tanstack/react-query'
import { useRef, useSyncExternalStore } from 'react'
import type { AddOn } from '../domain/addOn.js'
import { type AddOnError, toAddOnError } from '../domain/errors.js'
import type { PlanOverview } from '../domain/planOverview.js'
import type { AddOnId } from '../domain/Register.js'
import { useAddOnContext } from './AddOnContext.js'
import type { PlanView } from './planSource.js'

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
  const { planSource } = useAddOnContext()
  return useView(planSource[isAsking ? 'asking' : 'looking'], ({ data }) => data && select(data))
}

/** What is picked from a view, the same object for as long as it says the same. */
export function useView<T>(view: PlanView, pick: (read: ReturnType<PlanView['read']>) => T): T {
  const kept = useRef<T>(undefined)
  let last: ReturnType<PlanView['read']> | undefined
  const partOf = (result: ReturnType<PlanView['read']>) => {
    // React asks several times per render.
    if (result !== last) kept.current = replaceEqualDeep(kept.current, pick(result))
    last = result
    return kept.current as T
  }
  return useSyncExternalStore(
    view.subscribe,
    () => partOf(view.read()),
    () => partOf(view.first),
  )
}

function usePlanPart<T>(select: (plan: PlanOverview) => T): PlanResult<T> {
  const { asking } = useAddOnContext().planSource
  // What nobody reads is no reason to render again.
  const used = useRef({ readAt: false, isFetching: false }).current
  const known = useView(asking, ({ data, error, isError, dataUpdatedAt, isFetching }) => {
    const part = data && select(data)
    return {
      status: part !== undefined ? 'ready' : isError ? 'error' : 'loading',
      data: part,
      error: error ? toAddOnError(error) : undefined,
      readAt: used.readAt && dataUpdatedAt,
      isFetching: used.isFetching && isFetching,
    } as const
  })
  return {
    ...known,
    get readAt() {
      used.readAt = true
      return asking.read().dataUpdatedAt
    },
    get isFetching() {
      used.isFetching = true
      return asking.read().isFetching
    },
    refetch: () => void asking.read().refetch(),
  }
}

const whole = (plan: PlanOverview) => plan

/** The plan as this viewer may see it. */
export function usePlan(): PlanResult {
  return usePlanPart(whole)
}

/** One add-on; `data` is `null` where the plan does not have it. */
export function useAddOn(addOnId: AddOnId): PlanResult<AddOn | null> {
  return usePlanPart((plan) => plan.addOns.find(({ id }) => id === addOnId) ?? null)
}
