import { type AddOnAction, decideActions } from '../domain/policy.js'
import type { AddOnCall } from './call.js'
import { type Refusal, refuse } from './outcome.js'
import { toAddOn } from './overview.js'
import type { AddOnRecord } from './store.js'

/** Why the viewer cannot do this now (step 8), `undefined` where nothing withholds it. */
export function refusalOf(call: AddOnCall, action: AddOnAction, record: AddOnRecord): Refusal | undefined {
  const { account, viewer, context, now } = call
  const decision = decideActions({ viewer, account, addOn: toAddOn(call, record), policy: context.policy, now })
    .decisions[action]
  if (decision.allowed) return undefined
  const { reason } = decision
  switch (reason) {
    case 'already-purchased':
      return refuse(reason, { reason, purchasedBy: record.sale?.by })
    case 'purchase-pending':
      return refuse(reason, { reason, purchasedBy: record.pending?.viewerName })
    case 'trial-used':
      return refuse(reason, { reason })
    default:
      return refuse('forbidden', { reason })
  }
}
