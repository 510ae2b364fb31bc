export type { DemoOptions, NextPurchase } from '../demo/index.js'
export { createMemoryStore, type MemoryStore, type MemoryStoreSeed } from '../server/index.js'
export { createAddOnHandlers } from './createAddOnHandlers.js'
