import {
  type AddOn,
  type AddOnAction,
  type AddOnEvent,
  type AddOnId,
  type Decision,
  decideActions,
  definePolicy,
  type PlanOverview,
  type PurchaseState,
  useAddOn,
  useAddOnFlow,
  type useAddOnPermissions,
  usePlan,
  type usePurchase,
  useRequestFeature,
} from 'addon-kit'

/** Whether two types are the same, and not only assignable to each other. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const isTrue = <T extends true>(): T | undefined => undefined

export function useEverything(addOnId: string) {
  isTrue<Same<AddOnId, string>>()
  isTrue<Same<ReturnType<typeof usePlan>['data'], PlanOverview | undefined>>()
  isTrue<Same<ReturnType<typeof useAddOn>['data'], AddOn | null | undefined>>()
  isTrue<Same<ReturnType<typeof useAddOnPermissions>['actions'], readonly AddOnAction[]>>()
  isTrue<Same<ReturnType<typeof usePurchase>['state'], PurchaseState>>()
  const { open } = useAddOnFlow()
  open(addOnId)
  open(addOnId, 'start-trial', { returnFocus: null })
  // @ts-expect-error No such action.
  open(addOnId, 'buy')
  // @ts-expect-error Of which add-on?
  useAddOn()
  const { send } = useRequestFeature(addOnId)
  send('a note')
  // @ts-expect-error A note is a text.
  send({ note: 'a note' })
  const { data } = usePlan()
  // @ts-expect-error There may be no plan yet.
  data.account.name
  return data?.account.billing?.seats
}

/** What a purchase may read, step by step; `never` only if every step is named. */
export function readStep(state: PurchaseState): string {
  switch (state.step) {
    case 'idle':
      // @ts-expect-error Nothing is priced yet.
      return state.preview.previewId
    case 'loading':
    case 'review':
    case 'price-changed':
      return state.step
    case 'submitting':
      return state.attempt.idempotencyKey
    case 'checking':
    case 'unresolved':
    case 'processing':
    case 'mischarged':
      return state.attempt.previewId
    case 'action-needed':
      return String(state.action.type)
    case 'done':
      return state.purchase.id
    case 'unpriced':
    case 'expired':
    case 'declined':
    case 'already-purchased':
    case 'purchase-pending':
    case 'not-allowed':
    case 'failed':
      return state.error?.code ?? ''
    default:
      return state satisfies never
  }
}

export function readEvent(event: AddOnEvent): string | undefined {
  // @ts-expect-error Not every event is about an add-on.
  event.addOnId
  if (event.type === 'purchased') return event.purchase.id
  if (event.type === 'failed') return event.error.requestId
  return undefined
}

export function readDecision(decision: Decision): string {
  // @ts-expect-error What is allowed has no reason.
  decision.reason
  return decision.allowed ? '' : decision.reason
}

export const policy = definePolicy({ roles: { boss: ['subscribe', 'view-billing'], deputy: 'boss' } })
// @ts-expect-error No such grant.
definePolicy({ roles: { boss: ['buy'] } })
// @ts-expect-error What may be done depends on the account too.
decideActions({ viewer: { role: 'owner' }, addOn: {} })
// @ts-expect-error A plan is read, not written.
export const write = (plan: PlanOverview) => (plan.account.name = '')
