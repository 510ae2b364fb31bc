import type { AddOnError, AddOnErrorCode } from '../domain/errors.js'
import type { AddOnContextValue } from './AddOnContext.js'
import { refreshPlan } from './queries.js'

/** Codes that say that the screen shows what is not so any more. */
const outdated: ReadonlySet<AddOnErrorCode> = new Set([
  'forbidden',
  'account-changed',
  'not-found',
  'already-purchased',
  'purchase-pending',
  'trial-used',
])

/** What a failed POST leads to besides its message: the host is told, and the plan is looked at afresh. */
export function followUp(context: AddOnContextValue, addOnId: string, error: AddOnError): void {
  context.emit({ type: 'failed', addOnId, error })
  if (outdated.has(error.code)) refreshPlan(context)
}
