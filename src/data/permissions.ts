import type { AddOn } from '../domain/addOn.js'
import type { PlanOverview } from '../domain/planOverview.js'
import { type ActionDecisions, allowedActions, decideFor, heldGrants, type Policy } from '../domain/policy.js'

const nothing = {
  unitPrice: null,
  trial: null,
  status: { kind: 'unavailable' },
  pendingPurchase: null,
  quoteRequest: null,
  featureRequests: { count: 0, byViewer: null, from: [] },
} as const

/** What the viewer may do with an add-on: the backend's decisions, or, where it sends none, the client's own. */
export function permissionsOf(
  { viewer, account, serverTime }: PlanOverview,
  addOn: AddOn | undefined,
  policy: Policy | undefined,
): ActionDecisions {
  // A price whose frequency this version cannot name is no price to buy at, whatever was sent.
  const isUnnamed = addOn?.frequency === 'unknown'
  const known = { ...(addOn ?? nothing), ...(isUnnamed && { unitPrice: null }) }
  const own = decideFor(heldGrants(viewer, policy), { account, addOn: known, now: serverTime })
  // Neither does a status this version does not know offer anything.
  if (!addOn?.decisions || isUnnamed || addOn.status.kind === 'unknown') return own
  return { hasAccess: own.hasAccess, actions: allowedActions(addOn.decisions), decisions: addOn.decisions }
}
