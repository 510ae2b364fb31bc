import {
  type AddOn,
  AddOnCard,
  type AddOnEvent,
  AddOnNavItem,
  AddOnProvider,
  PurchaseDialog,
  RequestFeatureButton,
  useAddOn,
  useAddOnFlow,
  useAddOnPermissions,
  usePurchase,
  useRequestFeature,
  useRequestQuote,
  useStartTrial,
} from 'addon-kit'
import { createDemoAdapter } from 'addon-kit/demo'

declare module 'addon-kit' {
  interface Register {
    addOnId: 'analytics-plus' | 'ai-assist'
  }
}

export const known = [
  <AddOnCard key={1} addOnId="analytics-plus" />,
  <AddOnNavItem key={2} addOnId="ai-assist" />,
  <AddOnProvider
    key={3}
    adapter={createDemoAdapter()}
    onUpdatePaymentMethod={(addOnId) => void (addOnId satisfies 'analytics-plus' | 'ai-assist')}
  />,
]

export const unknown = [
  // @ts-expect-error Not registered.
  <AddOnCard key={1} addOnId="analytics" />,
  // @ts-expect-error Not registered.
  <AddOnNavItem key={2} addOnId="analytics" />,
  // @ts-expect-error Not registered.
  <RequestFeatureButton key={3} addOnId="analytics" />,
  // @ts-expect-error Not registered.
  <PurchaseDialog key={4} addOnId="analytics" />,
]

export function useUnknown() {
  // @ts-expect-error Not registered.
  useAddOn('analytics')
  // @ts-expect-error Not registered.
  useAddOnPermissions('analytics')
  // @ts-expect-error Not registered.
  usePurchase('analytics')
  // @ts-expect-error Not registered.
  useRequestFeature('analytics')
  // @ts-expect-error Not registered.
  useRequestQuote('analytics')
  // @ts-expect-error Not registered.
  useStartTrial('analytics')
  const { open, current } = useAddOnFlow()
  // @ts-expect-error Not registered.
  open('analytics')
  return current?.addOnId satisfies 'analytics-plus' | 'ai-assist' | undefined
}

/** What the plan says goes back into the kit as it came. */
export const cards = (addOns: readonly AddOn[]) => addOns.map(({ id }) => <AddOnCard key={id} addOnId={id} />)

export function isAboutAssist(event: AddOnEvent): boolean {
  // @ts-expect-error Never the case.
  if (event.type === 'opened' && event.addOnId === 'analytics') return true
  return event.type === 'opened' && event.addOnId === 'ai-assist'
}
