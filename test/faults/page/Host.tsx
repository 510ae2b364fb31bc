import { AddOnNavItem, AddOnProvider, PlanTab } from 'addon-kit'
import 'addon-kit/styles.css'
import { optionsIn } from './HostOptions.js'
import { leaveForBank, showChallenge } from './payment.js'

const { payment, bank, crash } = optionsIn(location.search)

function crashIn(place: typeof crash): string {
  if (crash === place) throw new Error(`a mistake of the host's own: ${place}`)
  return ''
}

/** A host's page: its sidebar, its main part with the Plan tab, and its way to ask what the bank asks. */
export function Host() {
  return (
    <AddOnProvider
      baseUrl="/api/add-ons"
      onEvent={() => void crashIn('onEvent')}
      onPaymentAction={
        payment === 'none'
          ? undefined
          : (_action, { signal }) => {
              crashIn('onPaymentAction')
              return payment === 'leave' ? leaveForBank(bank) : showChallenge(bank, signal)
            }
      }
      messages={{
        ...(crash === 'card texts' && { 'price.monthly': () => crashIn(crash) }),
        ...(crash === 'dialog texts' && { 'review.sum.monthly': () => crashIn(crash) }),
      }}
    >
      <header>
        <h1>Northwind</h1>
      </header>
      <nav aria-label="Features">
        <AddOnNavItem addOnId="analytics-plus" />
        <AddOnNavItem addOnId="ai-assist" />
      </nav>
      <main tabIndex={-1}>
        <PlanTab />
      </main>
    </AddOnProvider>
  )
}
