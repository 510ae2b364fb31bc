'use client'

import { useStore } from 'zustand'
import { useAddOnContext } from '../../data/AddOnContext.js'

/** Reads out what happens; mounted before there is anything to say. */
export function LiveRegion() {
  const { store } = useAddOnContext()
  const announcement = useStore(store, (state) => state.announcement)
  return (
    <div data-addon-kit="" data-slot="live-region" role="status" aria-live="polite">
      {announcement}
    </div>
  )
}
