import { AddOnNavItem, AddOnProvider, PlanTab } from 'addon-kit'
import { initialPlan } from '../../add-ons/initialPlan'
import { RouterLink } from '../RouterLink'

/** A Server Component: the plan is in its first HTML. */
export default async function Page() {
  return (
    <AddOnProvider baseUrl="/api/add-ons" initialPlan={await initialPlan()} linkComponent={RouterLink}>
      <nav aria-label="Features">
        <AddOnNavItem addOnId="analytics-plus" />
        <AddOnNavItem addOnId="ai-assist" />
      </nav>
      <main>
        <PlanTab />
      </main>
    </AddOnProvider>
  )
}
