import type { AddOn } from '../domain/addOn.js'
import type { PlanOverview } from '../domain/planOverview.js'
import type { AddOnContextValue } from './AddOnContext.js'
import { cachedPlan, planQuery, scopeKey } from './queries.js'
import { tellOthers } from './tellOthers.js'

/**
 * Puts an add-on that a POST returned into the plan, and tells the other tabs of it. A read that began before it must not
 * overwrite it.
 */
export async function writeAddOn(context: AddOnContextValue, addOn: AddOn): Promise<void> {
  const { queryClient, store } = context
  if (store.over.signal.aborted) return
  const plan = cachedPlan(context)
  if (plan) tellOthers(store, plan.account.id)
  const { queryKey } = planQuery(context)
  const wasReading = queryClient.isFetching({ queryKey }) > 0
  await queryClient.cancelQueries({ queryKey })
  // Somebody else may have signed in meanwhile.
  if (store.over.signal.aborted) return
  const before = queryClient.getQueryState(queryKey)
  queryClient.setQueryData<PlanOverview>(
    queryKey,
    (plan) => plan && { ...plan, addOns: plan.addOns.map((other) => (other.id === addOn.id ? addOn : other)) },
    // `serverTime` is still that of the read.
    before ? { updatedAt: before.dataUpdatedAt } : undefined,
  )
  if (wasReading) void queryClient.invalidateQueries({ queryKey })
  // The language may have changed since the POST was sent.
  void queryClient.invalidateQueries({
    queryKey: scopeKey(context.scope),
    predicate: (query) => query.queryKey[2] !== queryKey[2],
  })
}
