import type { PlanOverview } from '../domain/planOverview.js'
import { type Policy, standardPolicy } from '../domain/policy.js'
import type { FlowStore } from './flowStore.js'

/** Names a role nobody mapped, once and in development, with the line that maps it. */
export function warnOfUnmappedRole({ viewer }: PlanOverview, policy: Policy | undefined, store: FlowStore): void {
  const isMapped = viewer.grants.length > 0 || (policy ?? standardPolicy).roles.has(viewer.role)
  if (isMapped || store.warnedRoles.has(viewer.role)) return
  store.warnedRoles.add(viewer.role)
  console.warn(
    `addon-kit: the role "${viewer.role}" has no grants, because no policy maps it. Map it where the handler is made: definePolicy({ roles: { ${JSON.stringify(viewer.role)}: 'supervisor' } })`,
  )
}
