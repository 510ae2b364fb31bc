import { queryOptions } from '@tanstack/react-query'
import { toAddOnError } from '../domain/errors.js'
import type { PlanOverview } from '../domain/planOverview.js'
import type { AddOnContextValue } from './AddOnContext.js'
import { warnOfUnmappedRole } from './warnOfUnmappedRole.js'

const root = 'addon-kit'

/** The first parts of every query key of one scope. */
export function scopeKey(scope: string | undefined): readonly unknown[] {
  return [root, scope ?? null]
}

/** How long a plan counts as fresh, in milliseconds: within it nothing is asked again. */
export const freshFor = 30_000

/** The longest wait, in seconds, before something is asked again by itself: a longer one is for people to see. */
export const longestSilence = 10

/** The plan of the signed-in viewer. */
export function planQuery({ adapter, scope, locale, initialPlan, policy, store, emit }: AddOnContextValue) {
  return queryOptions({
    queryKey: [...scopeKey(scope), locale, 'plan'],
    queryFn: async ({ signal }) => {
      try {
        const plan = await adapter.getPlan({ signal, locale })
        if (process.env.NODE_ENV !== 'production') warnOfUnmappedRole(plan, policy, store)
        return plan
      } catch (error) {
        if (!signal.aborted) emit({ type: 'failed', error: toAddOnError(error) })
        throw error
      }
    },
    ...(initialPlan && { initialData: initialPlan }),
    // All that a host's own defaults could change.
    staleTime: freshFor,
    gcTime: 5 * 60_000,
    networkMode: 'always',
    refetchOnMount: true,
    refetchOnReconnect: true,
    refetchOnWindowFocus: true,
    retryOnMount: true,
    throwOnError: false,
    retry: (failures, cause) => {
      const error = toAddOnError(cause)
      const isShort = (error.retryAfter ?? 0) <= longestSilence
      return failures < 2 && error.retryable && isShort && error.code !== 'offline'
    },
    retryDelay: (failures, cause) => {
      const { retryAfter } = toAddOnError(cause)
      return retryAfter === undefined ? 500 * 2 ** failures * (0.75 + Math.random() / 2) : retryAfter * 1000
    },
  })
}

/** The plan as it was read last. */
export function cachedPlan(context: AddOnContextValue): PlanOverview | undefined {
  return context.queryClient.getQueryData(planQuery(context).queryKey)
}

/** Asks for the plan again: something in it turned out to be different. */
export function refreshPlan(context: AddOnContextValue): void {
  // In every language: it may have changed since what learned of this began.
  void context.queryClient.invalidateQueries({ queryKey: scopeKey(context.scope) })
}
