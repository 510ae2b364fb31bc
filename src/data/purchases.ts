import { type PurchaseEvent, purchaseFlow } from '../domain/purchaseFlow.js'
import { idlePurchase, type PurchaseState } from '../domain/purchaseState.js'
import type { FlowStore } from './flowStore.js'

/** Where a purchase stands now. */
export function purchaseAt(store: FlowStore, key: string): PurchaseState {
  return store.getState().purchases[key] ?? idlePurchase
}

/** Moves a purchase on; the only place that changes one. */
export function dispatch(store: FlowStore, key: string, event: PurchaseEvent): void {
  const before = purchaseAt(store, key)
  const after = purchaseFlow(before, event)
  if (after !== before) store.setState(({ purchases }) => ({ purchases: { ...purchases, [key]: after } }))
}
