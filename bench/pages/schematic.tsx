import { EmbedContext, EmbedProvider, PricingTable } from '@schematichq/schematic-components'
import { type ReactNode, useContext, useMemo } from 'react'
import { createRoot } from 'react-dom/client'
import { measure } from './measure.js'
import { addOnsOf } from './plan.js'

/** The state that its own provider would have after an answer: nothing is asked for. */
function Offline({ count, children }: { count: number; children: ReactNode }) {
  const context = useContext(EmbedContext)
  const value = useMemo(
    () => ({ ...context, isPending: false, stale: false, data: dataOf(count), hydratePublic: async () => undefined }),
    [context, count],
  )
  return <EmbedContext.Provider value={value}>{children}</EmbedContext.Provider>
}

function dataOf(count: number) {
  const activeAddOns = addOnsOf(count).map(({ id, name, description, unitPrice }) => ({
    id,
    name,
    description,
    chargeType: 'recurring',
    current: false,
    valid: true,
    custom: false,
    currencyPrices: [],
    entitlements: [],
    monthlyPrice: { id: `price of ${id}`, currency: 'usd', interval: 'month', price: unitPrice?.amount },
  }))
  return {
    activePlans: [],
    activeAddOns,
    component: {},
    capabilities: { checkout: true, badgeVisibility: false },
    displaySettings: { showPeriodToggle: true, showCredits: false, showZeroPriceAsFree: false },
    company: { plan: { id: 'essentials', planPeriod: 'month' }, addOns: [] },
  }
}

measure({
  show: (root, count) =>
    createRoot(root).render(
      <EmbedProvider>
        <Offline count={count}>
          <PricingTable />
        </Offline>
      </EmbedProvider>,
    ),
  cards: '[data-testid="sch-addon"] [data-testid="sch-addon-price"]',
})
