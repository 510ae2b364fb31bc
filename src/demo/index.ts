export { createMemoryStore, type MemoryStore, type MemoryStoreSeed } from '../server/index.js'
export { createDemoAdapter } from './createDemoAdapter.js'
export { createDemoHandler, type DemoOptions, type DemoValue, type NextPurchase } from './createDemoHandler.js'
export { type DemoPlan, type DemoStatus, demoAccountId, demoAddOns, demoPlans } from './data.js'
