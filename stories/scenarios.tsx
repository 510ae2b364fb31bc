import type { Decorator } from '@storybook/react-vite'
import {
  type AddOn,
  type AddOnAdapter,
  AddOnProvider,
  type AddOnProviderProps,
  type Money,
  type PlanOverview,
  type PurchaseInput,
  type PurchasePreview,
} from 'addon-kit'
import type { AddOnRecord } from 'addon-kit/server'
import { type ReactNode, useState } from 'react'
import { Watch } from './bugs/Watch.js'
import { createBackend, type Override, type Scenario } from './createBackend.js'
import { lookOf } from './lookOf.js'
import { storyTime } from './toolbar/obeyToolbar.js'
import { type Choices, readChoices, readLook, scopeOf } from './toolbar/Toolbar.js'

const now = storyTime

/** The instant so many days from that moment. */
export const inDays = (days: number) => new Date(now().getTime() + days * 86_400_000).toISOString()

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

/** A backend that locks another price; amounts are in the account's currency. */
export const previewIs =
  (change: (money: (amount: number) => Money) => Partial<PurchasePreview>): Override =>
  (demo) => ({
    previewPurchase: async (...call) => {
      const preview = await demo.previewPurchase(...call)
      return { ...preview, ...change((amount) => ({ ...preview.dueNow, amount })) }
    },
  })

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
    <ScenarioProvider scenario={scenario} choices={readChoices(globals)} {...lookOf(readLook(globals))} {...options}>
      <Story />
    </ScenarioProvider>
  )
}

interface ScenarioProviderProps extends ProviderOptions {
  scenario: Scenario | undefined
  choices: Choices
  children: ReactNode
}

function ScenarioProvider({ scenario, choices, children, ...rest }: ScenarioProviderProps) {
  const [{ adapter, account }] = useState(() => createBackend(scenario))
  return (
    // The tale begins anew when the toolbar changes what it goes by; what has happened to the account stays.
    <AddOnProvider key={scopeOf(choices)} adapter={adapter} {...rest}>
      {children}
      <Watch account={account} />
    </AddOnProvider>
  )
}

/** Says of a story in which the kit shows nothing that this is as it should be. */
export const showsNothing: Decorator = (Story) => (
  <>
    <Story />
    <p>The kit shows nothing here, on purpose.</p>
  </>
)
