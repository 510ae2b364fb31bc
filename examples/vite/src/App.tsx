import { AddOnNavItem, AddOnProvider, PlanTab, RequestFeatureButton } from 'addon-kit'
import { createDemoAdapter } from 'addon-kit/demo'
import { useState } from 'react'
import { RouterLink } from './RouterLink'
import { usePathname } from './usePathname'

const roles = ['owner', 'admin', 'supervisor', 'agent']

/** A dashboard: a sidebar, the Plan tab, and a feature of its own that not everybody has. */
export function App() {
  const [role, setRole] = useState('owner')
  // With a backend: <AddOnProvider baseUrl="/api/add-ons">.
  const [adapters] = useState(() => new Map(roles.map((name) => [name, createDemoAdapter({ role: name })])))
  const adapter = adapters.get(role)
  const pathname = usePathname()
  if (!adapter) return null
  return (
    <AddOnProvider adapter={adapter} scope={role} linkComponent={RouterLink}>
      <label>
        You are the{' '}
        <select value={role} onChange={(event) => setRole(event.target.value)}>
          {roles.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <nav aria-label="Features">
        <RouterLink href="/">My company</RouterLink>
        <AddOnNavItem addOnId="analytics-plus" />
        <AddOnNavItem addOnId="ai-assist" />
      </nav>
      <main>
        {pathname === '/' ? (
          <PlanTab />
        ) : (
          <>
            <h1>Your dashboards</h1>
            <RequestFeatureButton addOnId="ai-assist" withNote />
          </>
        )}
      </main>
    </AddOnProvider>
  )
}
