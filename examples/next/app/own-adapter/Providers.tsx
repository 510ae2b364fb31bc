'use client'

import { AddOnProvider, createHttpAdapter } from 'addon-kit'
import type { ReactNode } from 'react'
import { RouterLink } from '../RouterLink'

/** An adapter is code: it stands in a Client Component. */
const adapter = createHttpAdapter({ baseUrl: '/api/add-ons', headers: () => ({ 'X-Client': 'own-adapter' }) })

export function Providers({ children }: { children: ReactNode }) {
  return (
    <AddOnProvider adapter={adapter} linkComponent={RouterLink}>
      {children}
    </AddOnProvider>
  )
}
