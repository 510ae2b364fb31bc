export type { AddOnAdapter } from '../adapter/AddOnAdapter.js'
export { createHttpAdapter, type HttpAdapterOptions } from '../adapter/httpAdapter.js'
export type {
  BillingSetup,
  Charge,
  ChargeMood,
  ContractHarness,
  ContractLevers,
  Notification,
  Person,
  Recorded,
  Records,
  StandardRole,
} from './ContractHarness.js'
export { ContractViolation } from './ContractViolation.js'
export { type Capabilities, type Capability, capabilities } from './capabilities.js'
export { type ContractRunner, defineAdapterContract } from './defineAdapterContract.js'
export type { ModelOptions } from './groups/model.js'
export type { ContractOptions } from './planContract.js'
export { type ContractResult, runAdapterContract } from './runAdapterContract.js'
