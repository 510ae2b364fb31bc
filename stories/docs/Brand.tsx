import { AddOnProvider, PlanTab } from 'addon-kit'
import { useState } from 'react'
import { busyAccount, createScenario } from '../scenarios.js'
import type { brands } from './brands.js'
import '../brands/dark-dense.css'
import '../brands/shadcn.css'
import './docs.css'

/** The plan tab in the theme of one host. */
export function Brand({ name }: { name: keyof typeof brands }) {
  const [adapter] = useState(() => createScenario(busyAccount))
  return (
    <div className="sb-unstyled docs-frame" data-brand={name}>
      <AddOnProvider adapter={adapter} theme={name === 'dark-dense' ? 'dark' : 'light'}>
        <PlanTab aria-label={`Current plan, ${name}`} />
      </AddOnProvider>
    </div>
  )
}
