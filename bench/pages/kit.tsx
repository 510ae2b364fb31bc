import 'addon-kit/styles.css'
import { type AddOnAdapter, AddOnProvider, PlanTab } from 'addon-kit'
import { createRoot } from 'react-dom/client'
import { answer } from './answer.js'
import { measure } from './measure.js'
import { planOf, previewOf, purchaseOf } from './plan.js'

const unused = () => Promise.reject(new Error('The bench does not ask for this.'))

/** With `?read` the plan comes from the adapter, after a skeleton; without it the page has it, as the other pages do. */
const isRead = new URLSearchParams(location.search).has('read')

measure({
  show(root, count) {
    const plan = planOf(count)
    const adapter: AddOnAdapter = {
      getPlan: async () => plan,
      previewPurchase: async ({ addOnId }) => previewOf(addOnId),
      purchase: async ({ addOnId }) => {
        const addOn = plan.addOns.find(({ id }) => id === addOnId)
        return addOn ? answer(purchaseOf(addOn)) : unused()
      },
      requestQuote: unused,
      startTrial: unused,
      requestFeature: unused,
    }
    createRoot(root).render(
      <AddOnProvider adapter={adapter} {...(!isRead && { initialPlan: plan })}>
        <PlanTab />
      </AddOnProvider>,
    )
  },
  cards: '[data-slot="card"][data-add-on] [data-slot="price"]',
  opener: '[data-add-on="add-on-0"] [data-action="subscribe"]',
  price: '[data-step="review"] [data-action="confirm"]',
  confirm: '[data-action="confirm"]:not([aria-disabled])',
  bought: '[data-slot="card"][data-add-on="add-on-0"][data-status="active"]',
})
