export { definePolicy, type Grant, type Policy, standardPolicy } from '../domain/policy.js'
export { prorate } from '../domain/proration.js'
export {
  type AddOnBilling,
  type ChargeResult,
  createLedgerBilling,
  type PreviewInput,
  type PricedPurchase,
} from './billing.js'
export { type AddOnHandlerOptions, createAddOnHandler } from './createAddOnHandler.js'
export type { Accounts, AddOnNotification, Catalog, CatalogAddOn, HostAccount, Identity } from './host.js'
export { createMemoryStore, type MemoryStore, type MemoryStoreSeed } from './memoryStore.js'
export type {
  AccountRecords,
  AddOnRecord,
  AddOnStore,
  KeyRecord,
  PendingRecord,
  PreviewRecord,
  SaleRecord,
} from './store.js'
