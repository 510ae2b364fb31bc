import { queryOptions } from '@tanstack/react-query'
import type { AddOn } from '../domain/addOn.js'
import { toAddOnError } from '../domain/errors.js'
import type { PlanOverview } from '../domain/planOverview.js'
import type { AddOnContextValue } from './AddOnContext.js'
import { tellOthers } from './channel.js'
import { warnOfUnmappedRole } from './warnOfUnmappedRole.js'

const root = 'addon-kit'

/** The first parts of every query key of one scope. */
export function scopeKey(scope: string | undefined): readonly unknown[] {
  return [root, scope ?? null]
}

/** How long a plan counts as fresh, in milliseconds: within it nothing is asked again. */
const freshFor = 30_000

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

/** The plan as it is now, not as a read that is under way already began to see it; `undefined` where it cannot be read. */
export async function freshPlan(context: AddOnContextValue): Promise<PlanOverview | undefined> {
  const query = planQuery(context)
  await context.queryClient.cancelQueries(query)
  return context.queryClient.fetchQuery({ ...query, staleTime: 0 }).catch(() => undefined)
}

/**
 * Puts an add-on that a POST returned into the plan, and tells the other tabs of it. A read that began before it must not
 * overwrite it.
 */
export async function writeAddOn(context: AddOnContextValue, addOn: AddOn): Promise<void> {
  const { queryClient, store } = context
  if (store.isOver) return
  const plan = cachedPlan(context)
  if (plan) tellOthers(store, plan.account.id)
  const { queryKey } = planQuery(context)
  const wasReading = queryClient.isFetching({ queryKey }) > 0
  await queryClient.cancelQueries({ queryKey })
  // Somebody else may have signed in meanwhile.
  if (store.isOver) return
  const before = queryClient.getQueryState(queryKey)
  queryClient.setQueryData<PlanOverview>(
    queryKey,
    (plan) => plan && { ...plan, addOns: plan.addOns.map((other) => (other.id === addOn.id ? addOn : other)) },
    // `serverTime` is still that of the read.
    before ? { updatedAt: before.dataUpdatedAt } : undefined,
  )
  if (wasReading) void queryClient.invalidateQueries({ queryKey })
}

/** Asks for the plan again: something in it turned out to be different. */
export function refreshPlan(context: AddOnContextValue): void {
  void context.queryClient.invalidateQueries({ queryKey: planQuery(context).queryKey })
}
