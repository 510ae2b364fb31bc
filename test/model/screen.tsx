import {
  type AddOn,
  type AddOnEvent,
  type AddOnPermissions,
  AddOnProvider,
  type HostCallbacks,
  type PlanOverview,
  type PostHandle,
  type PurchaseHandle,
  useAddOn,
  useAddOnFlow,
  useAddOnPermissions,
  usePlan,
  usePurchase,
  useRequestFeature,
  useRequestQuote,
  useStartTrial,
} from 'addon-kit'
import { StrictMode, useEffect, useLayoutEffect, useRef } from 'react'
import { createRoot } from 'react-dom/client'
import { createHttpAdapter } from '../../src/adapter/httpAdapter.js'
import type { FlowDialogProps } from '../../src/components/dialog/FlowDialog.js'
import { loadDialogCode } from '../../src/components/parts/loadDialogCode.js'
import { loadPlanFollower } from '../../src/components/parts/loadPlanFollower.js'
import { ownPurchaseNote } from '../../src/components/parts/PurchaseNote.js'
import { useFlow } from '../../src/data/useFlow.js'

/** What a viewer sees and can press, without any component of the kit. */
export interface ScreenView {
  readonly plan: PlanOverview | undefined
  readonly addOn: AddOn | undefined
  readonly permissions: AddOnPermissions
  readonly purchase: PurchaseHandle
  /** The card says that a purchase of the viewer's own is not over. */
  readonly hasNote: boolean
  /** The dialog is open. */
  readonly isOpen: boolean
  open(): void
  close(): void
  readonly trial: PostHandle
  readonly quote: PostHandle
  readonly feature: PostHandle
}

export interface ScreenOptions extends Pick<HostCallbacks, 'onPaymentAction'> {
  readonly addOnId: string
  readonly isStrict: boolean
  readonly fetch: (request: Request) => Promise<Response>
  /** Whatever is on screen, as soon as it is. */
  readonly onView: (view: ScreenView) => void
  readonly onEvent: (event: AddOnEvent) => void
}

function Screen({ addOnId, onView }: ScreenOptions) {
  const { data: plan } = usePlan()
  const { data: addOn } = useAddOn(addOnId)
  const purchase = usePurchase(addOnId, false)
  const flow = useAddOnFlow()
  const view: ScreenView = {
    plan,
    addOn: addOn ?? undefined,
    permissions: useAddOnPermissions(addOnId),
    purchase,
    hasNote: addOn ? ownPurchaseNote(addOn, purchase.state) !== undefined : false,
    isOpen: useFlow(({ current, isHostAsking }) => current !== null && !isHostAsking),
    open: () => flow.open(addOnId, 'subscribe'),
    close: () => flow.close(),
    trial: useStartTrial(addOnId),
    quote: useRequestQuote(addOnId),
    feature: useRequestFeature(addOnId),
  }
  useLayoutEffect(() => onView(view))
  return null
}

/**
 * Stands in the dialog's place and does what the dialog does by itself: it asks for a price or an outcome when it opens,
 * and leaves the purchase when it closes.
 */
export function FlowDialog({ open, addOnId }: FlowDialogProps) {
  const isShown = useFlow(({ isHostAsking }) => open && !isHostAsking)
  const { data: addOn } = useAddOn(addOnId)
  const { decisions } = useAddOnPermissions(addOnId)
  const { state, refreshPrice, resume, close } = usePurchase(addOnId, isShown)
  const isIdle = open && state.step === 'idle'
  const isMine = isIdle && addOn?.pendingPurchase?.mine === true
  const isUnasked = isIdle && decisions?.subscribe.allowed === true
  const hasAsked = useRef(false)
  useEffect(() => {
    if (isUnasked && !hasAsked.current) refreshPrice()
    hasAsked.current = isUnasked
    if (isMine) resume()
  }, [isUnasked, isMine, refreshPrice, resume])
  const wasOpen = useRef(false)
  useEffect(() => {
    if (wasOpen.current && !open) close()
    wasOpen.current = open
  }, [open, close])
  return null
}

/** Fetches what arrives later, as somebody's intent does: the model waits for no network but its own. */
export async function loadLater(): Promise<void> {
  await Promise.all([loadDialogCode(), loadPlanFollower()])
}

/** Opens a host's page with the kit in it. */
export function mountScreen(options: ScreenOptions): () => void {
  const { fetch, onEvent, onPaymentAction, isStrict } = options
  const adapter = createHttpAdapter({ baseUrl: 'https://app.example/api/add-ons', fetch })
  const element = document.createElement('main')
  document.body.append(element)
  const root = createRoot(element)
  const page = (
    <AddOnProvider adapter={adapter} onEvent={onEvent} onPaymentAction={onPaymentAction}>
      <Screen {...options} />
    </AddOnProvider>
  )
  root.render(isStrict ? <StrictMode>{page}</StrictMode> : page)
  return () => {
    root.unmount()
    element.remove()
  }
}
