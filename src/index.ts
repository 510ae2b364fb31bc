export type {
  AddOnAdapter,
  AddOnTarget,
  CallOptions,
  FeatureInput,
  KeyedTarget,
  PurchaseInput,
  QuoteInput,
} from './adapter/AddOnAdapter.js'
export { createHttpAdapter, type HttpAdapterOptions } from './adapter/httpAdapter.js'
export { AddOnCard, type AddOnCardProps, type AddOnCardSlot } from './components/AddOnCard.js'
export { AddOnNavItem, type AddOnNavItemProps, type AddOnNavItemSlot } from './components/AddOnNavItem.js'
export { AddOnProvider, type AddOnProviderProps } from './components/AddOnProvider.js'
export { PlanTab, type PlanTabProps, type PlanTabSlot } from './components/PlanTab.js'
export { PurchaseDialog, type PurchaseDialogProps, type PurchaseDialogSlot } from './components/PurchaseDialog.js'
export {
  RequestFeatureButton,
  type RequestFeatureButtonProps,
  type RequestFeatureButtonSlot,
} from './components/RequestFeatureButton.js'
export type { AddOnEvent, HostCallbacks, LinkProps, Theme } from './data/AddOnContext.js'
export type { ReturnFocus } from './data/flowStore.js'
export { type AddOnFlow, useAddOnFlow } from './data/useAddOnFlow.js'
export { type AddOnPermissions, useAddOnPermissions } from './data/useAddOnPermissions.js'
export { type PlanResult, useAddOn, usePlan } from './data/usePlan.js'
export type { PostHandle } from './data/usePost.js'
export { type PurchaseHandle, usePurchase } from './data/usePurchase.js'
export { useRequestFeature } from './data/useRequestFeature.js'
export { useRequestQuote } from './data/useRequestQuote.js'
export { useStartTrial } from './data/useStartTrial.js'
export type {
  Account,
  AccountFactors,
  Billing,
  Contact,
  Contacts,
  Frequency,
  Plan,
  PurchasingMode,
  Seats,
} from './domain/account.js'
export type {
  AddOn,
  AddOnStatus,
  FeatureRequests,
  OwnFeatureRequest,
  PendingPurchase,
  QuoteRequest,
  ResumablePurchase,
  TeammateRequest,
} from './domain/addOn.js'
export { AddOnError, type AddOnErrorCode, type AddOnErrorDetails } from './domain/errors.js'
export type { Money } from './domain/money.js'
export type { PlanOverview, Viewer } from './domain/planOverview.js'
export {
  type ActionDecisions,
  type AddOnAction,
  type Decision,
  type DecisionInput,
  type Decisions,
  decideActions,
  definePolicy,
  type Grant,
  type Policy,
  standardPolicy,
  type WithheldReason,
} from './domain/policy.js'
export type {
  CompletedPurchase,
  ExpectedPurchase,
  NextInvoice,
  PaymentAction,
  PreviewLine,
  Proration,
  Purchase,
  PurchasePreview,
  PurchaseTerms,
} from './domain/purchase.js'
export type { Attempt, PurchaseState } from './domain/purchaseState.js'
export type { AddOnId, Register } from './domain/Register.js'
export type { Formatter } from './messages/format.js'
export type { MessageKey, MessageOverrides, MessageParams, Messages } from './messages/Messages.js'
export type { FeatureAnswer, PurchaseAnswer, QuoteAnswer, TrialAnswer } from './protocol/schemas.js'
