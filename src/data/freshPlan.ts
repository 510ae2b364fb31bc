import type { PlanOverview } from '../domain/planOverview.js'
import type { AddOnContextValue } from './AddOnContext.js'
import { planQuery } from './queries.js'

/** The plan as it is now, not as a read that is under way already began to see it; `undefined` where it cannot be read. */
export async function freshPlan(context: AddOnContextValue): Promise<PlanOverview | undefined> {
  const query = planQuery(context)
  await context.queryClient.cancelQueries(query)
  return context.queryClient.fetchQuery({ ...query, staleTime: 0 }).catch(() => undefined)
}
