import { AutumnProvider, PricingTable } from 'autumn-js/react'
import { createRoot } from 'react-dom/client'
import { SWRConfig, unstable_serialize } from 'swr'
import { measure } from './measure.js'
import { addOnsOf } from './plan.js'

const backendUrl = 'https://offline.invalid'
const customer = { id: 'acc_larkspur', name: 'Larkspur Logistics', products: [], features: {} }

/** What its cache would hold after its answers: nothing is asked for until somebody presses. */
const cacheOf = (count: number) => {
  const products = addOnsOf(count).map(({ id, name, description }) => ({
    id,
    name,
    items: [{ display: { primary_text: '$15.00', secondary_text: 'per seat / month' } }],
    display: { description },
    scenario: 'new',
    properties: { is_free: false, is_one_off: false, has_trial: false, updateable: false, interval_group: 'month' },
    free_trial: null,
  }))
  return new Map([
    [unstable_serialize(['customer', backendUrl, undefined]), { data: customer }],
    [unstable_serialize(['pricing-table', backendUrl]), { data: products }],
  ])
}

/** Its backend: it answers at once that 60 dollars are due. */
window.fetch = async () =>
  Response.json({
    product: {
      id: 'add-on-0',
      name: 'Analytics 0',
      items: [{ type: 'price', display: { primary_text: '$15.00', secondary_text: 'per seat / month' } }],
      scenario: 'new',
      properties: { is_free: false, is_one_off: false, has_trial: false, updateable: false },
    },
    options: [],
    lines: [{ description: '8 of 30 days', amount: 60 }],
    total: 60,
    currency: 'usd',
    has_prorations: true,
    next_cycle: { starts_at: Date.UTC(2026, 11), total: 225 },
  })

measure({
  show(root, count) {
    const cache = cacheOf(count)
    createRoot(root).render(
      <SWRConfig value={{ provider: () => cache, revalidateIfStale: false, revalidateOnFocus: false }}>
        <AutumnProvider backendUrl={backendUrl} includeCredentials={false}>
          <PricingTable />
        </AutumnProvider>
      </SWRConfig>,
    )
  },
  cards: '.au-root .au-grid > div h3',
  opener: '.au-root .au-grid > div button',
  price: '[role="dialog"] .au-justify-between + .au-justify-between .au-text-md',
})
