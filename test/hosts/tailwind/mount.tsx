import { AddOnProvider, PlanTab, RequestFeatureButton } from 'addon-kit'
import { createDemoAdapter } from 'addon-kit/demo'
import { createRoot } from 'react-dom/client'

const params = new URLSearchParams(location.search)
const adapter = createDemoAdapter({
  role: params.get('role') ?? 'owner',
  now: () => new Date('2026-03-16T12:00:00Z'),
  statuses: { 'ai-assist': 'trialing' },
})
/** With `?utilities`, the host gives the kit's parts class names. */
const classNames = params.has('utilities')
  ? {
      'plan-tab': 'bg-lime-200 dark:bg-lime-900',
      'plan-name': 'text-6xl uppercase',
      'card-title': 'font-black',
      'card-actions': 'p-8',
    }
  : {}

/** Renders a host's page. */
export function mount(): void {
  const root = document.getElementById('root')
  if (!root) return
  createRoot(root).render(
    <AddOnProvider adapter={adapter}>
      <h1>Northwind</h1>
      <PlanTab classNames={classNames} />
      <RequestFeatureButton addOnId="analytics-plus" withNote />
    </AddOnProvider>,
  )
}
