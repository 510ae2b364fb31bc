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
import { ownPurchaseNote } from '../../src/components/parts/PurchaseNote.js'

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
  const permissions = useAddOnPermissions(addOnId)
  const purchase = usePurchase(addOnId)
  const flow = useAddOnFlow()
  const isOpen = flow.current !== null
  const view: ScreenView = {
    plan,
    addOn: addOn ?? undefined,
    permissions,
    purchase,
    hasNote: addOn ? ownPurchaseNote(addOn, purchase.state) !== undefined : false,
    isOpen,
    open: () => flow.open(addOnId, 'subscribe'),
    close: () => flow.close(),
    trial: useStartTrial(addOnId),
    quote: useRequestQuote(addOnId),
    feature: useRequestFeature(addOnId),
  }
  useLayoutEffect(() => onView(view))

  // What the dialog does: it asks for a price or an outcome when it opens, and leaves the purchase when it closes.
  const isIdle = isOpen && purchase.state.step === 'idle'
  const isMine = isIdle && addOn?.pendingPurchase?.mine === true
  const isUnasked = isIdle && permissions.decisions?.subscribe.allowed === true
  const hasAsked = useRef(false)
  const { refreshPrice, resume, close } = purchase
  useEffect(() => {
    if (isUnasked && !hasAsked.current) refreshPrice()
    hasAsked.current = isUnasked
    if (isMine) resume()
  }, [isUnasked, isMine, refreshPrice, resume])
  const wasOpen = useRef(false)
  useEffect(() => {
    if (wasOpen.current && !isOpen) close()
    wasOpen.current = isOpen
  }, [isOpen, close])
  return null
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
