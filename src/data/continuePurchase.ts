import type { AddOn } from '../domain/addOn.js'
import { openAttemptOf, type PurchaseState } from '../domain/purchaseState.js'
import type { AddOnContextValue } from './AddOnContext.js'
import { purchaseKey } from './flowStore.js'
import { openFlow } from './useAddOnFlow.js'

/** A press of the buyer's that goes on with their own purchase. */
export function continuePurchase(
  context: AddOnContextValue,
  addOn: AddOn,
  state: PurchaseState,
  opener: Element,
): void {
  const { store } = context
  const open = openAttemptOf(state)
  const hurry = open && store.hurry.get(purchaseKey(open.accountId, addOn.id))
  // No dialog in front of what the bank has on the screen: it is asked about, and asks again if it has to.
  if (hurry && store.getState().isHostAsking) hurry(true)
  else openFlow(context, { addOnId: addOn.id, action: 'subscribe', isContinued: true, opener })
}
