import { AddOnCard, AddOnProvider } from 'addon-kit'
import { useState } from 'react'
import { createBackend } from '../createBackend.js'
import { busyAccount } from '../scenarios.js'
import type { brands } from './brands.js'
import '../brands/dark-dense.css'
import '../brands/shadcn.css'
import './docs.css'

/** Some cards in the theme of one host. */
export function Brand({ name }: { name: keyof typeof brands }) {
  const [adapter] = useState(() => createBackend(busyAccount).adapter)
  return (
    <div className="sb-unstyled docs-frame docs-brand" data-brand={name}>
      <AddOnProvider adapter={adapter} theme={name === 'dark-dense' ? 'dark' : 'light'}>
        {['analytics-plus', 'ai-assist-pro', 'ai-voice-agent'].map((addOnId) => (
          <AddOnCard key={addOnId} addOnId={addOnId} headingLevel={4} />
        ))}
      </AddOnProvider>
    </div>
  )
}
