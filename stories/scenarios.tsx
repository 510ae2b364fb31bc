import type { Decorator } from '@storybook/react-vite'
import {
  type AddOn,
  type AddOnAdapter,
  AddOnProvider,
  type AddOnProviderProps,
  createHttpAdapter,
  type PlanOverview,
  type PurchaseInput,
  type PurchasePreview,
} from 'addon-kit'
import { createDemoHandler, createMemoryStore, type DemoOptions, demoAccountId } from 'addon-kit/demo'
import type { AddOnRecord } from 'addon-kit/server'
import { type ReactNode, useState } from 'react'
import { lookOf } from './lookOf.js'

/** The moment in which every story is told: 8 of November's 30 days are left. */
export const now = () => new Date('2026-11-23T00:00:00Z')

/** The instant so many days from that moment. */
export const inDays = (days: number) => new Date(now().getTime() + days * 86_400_000).toISOString()

type Override = (demo: AddOnAdapter) => Partial<AddOnAdapter>

/** How the demo's account stands, and in what its backend differs from the demo's. */
export interface Scenario extends Omit<DemoOptions, 'now' | 'store'> {
  /** What has been recorded of add-ons already, by id. */
  records?: Readonly<Record<string, Partial<AddOnRecord>>>
  /** The methods that do something else than the demo's. */
  override?: Override | undefined
  /** Is told of each request, e.g. "POST /add-ons/ai-assist/trials". */
  onRequest?: (request: string) => void
}

/** Three teammates asked for an add-on. */
export const teammatesAsked: Partial<AddOnRecord> = {
  featureRequests: [
    { viewerId: 'usr_ada', name: 'Ada', requestedAt: inDays(-9), askAgainAt: inDays(5) },
    {
      viewerId: 'usr_sunny',
      name: 'Sunny',
      requestedAt: inDays(-4),
      askAgainAt: inDays(10),
      note: 'Half of every Monday goes into putting the weekly report together.',
    },
    { viewerId: 'usr_robin', name: 'Robin', requestedAt: inDays(-1), askAgainAt: inDays(13) },
  ],
}

/** Sales has been asked for a price. */
export const quoteRequested: Partial<AddOnRecord> = {
  quoteRequest: { requestedAt: inDays(-20), requestedBy: 'Olive' },
}

/** The other Owner is buying an add-on just now. */
export const boughtByOtto: Pick<AddOn, 'pendingPurchase'> = {
  pendingPurchase: { state: 'processing', startedAt: now().toISOString(), by: 'Otto', mine: false },
}

/** An account to which much has happened. */
export const busyAccount: Scenario = {
  plan: 'professional',
  statuses: { 'analytics-plus': 'trialing', 'ai-assist-pro': 'active' },
  records: { 'analytics-plus': teammatesAsked, 'ai-voice-agent': quoteRequested },
}

/** A backend of its own for one story or test. */
export function createScenario({ records = {}, override, onRequest, ...options }: Scenario = {}): AddOnAdapter {
  const basePath = '/api/add-ons'
  const store = createMemoryStore({ [demoAccountId]: records })
  const handle = createDemoHandler({ ...options, store, now, basePath })
  const demo = createHttpAdapter({
    baseUrl: `https://demo.invalid${basePath}`,
    fetch: (request) => {
      onRequest?.(`${request.method} ${new URL(request.url).pathname.slice(basePath.length)}`)
      return handle(request)
    },
  })
  return {
    getPlan: (...call) => demo.getPlan(...call),
    previewPurchase: (...call) => demo.previewPurchase(...call),
    purchase: (...call) => demo.purchase(...call),
    requestQuote: (...call) => demo.requestQuote(...call),
    startTrial: (...call) => demo.startTrial(...call),
    requestFeature: (...call) => demo.requestFeature(...call),
    ...override?.(demo),
  }
}

/** A call that is never answered. */
export const never = () => new Promise<never>(() => {})

/** A backend that says something else of the plan. */
export const planIs =
  (change: (plan: PlanOverview) => PlanOverview): Override =>
  (demo) => ({ getPlan: async (...call) => change(await demo.getPlan(...call)) })

/** A backend that says something else of Analytics+, and leaves it to the client to decide what that allows. */
export const analyticsIs = (change: Partial<AddOn>) =>
  planIs((plan) => ({
    ...plan,
    addOns: plan.addOns.map(({ decisions, ...addOn }) =>
      addOn.id === 'analytics-plus' ? { ...addOn, ...change } : { ...addOn, ...(decisions && { decisions }) },
    ),
  }))

/** A backend that locks another price. */
export const previewIs =
  (change: Partial<PurchasePreview>): Override =>
  (demo) => ({ previewPurchase: async (...call) => ({ ...(await demo.previewPurchase(...call)), ...change }) })

/** A backend that answers one purchase, and then loses its voice. */
export const purchaseOnce =
  (first: (demo: AddOnAdapter, input: PurchaseInput) => ReturnType<AddOnAdapter['purchase']>): Override =>
  (demo) => {
    let hasAnswered = false
    return {
      purchase: (input) => {
        if (hasAnswered) return never()
        hasAnswered = true
        return first(demo, input)
      },
    }
  }

type ProviderOptions = Omit<AddOnProviderProps, 'adapter' | 'baseUrl' | 'children'>

/** Shows a story to the viewer of a scenario, each time it is mounted from the beginning. */
export function withScenario(scenario?: Scenario, options?: ProviderOptions): Decorator {
  return (Story, { globals }) => (
    <ScenarioProvider scenario={scenario} {...lookOf({ theme: globals.theme, locale: globals.locale })} {...options}>
      <Story />
    </ScenarioProvider>
  )
}

function ScenarioProvider({
  scenario,
  ...rest
}: ProviderOptions & { scenario: Scenario | undefined; children: ReactNode }) {
  const [adapter] = useState(() => createScenario(scenario))
  return <AddOnProvider adapter={adapter} {...rest} />
}

/** Says of a story in which the kit shows nothing that this is as it should be. */
export const showsNothing: Decorator = (Story) => (
  <>
    <Story />
    <p>The kit shows nothing here, on purpose.</p>
  </>
)
