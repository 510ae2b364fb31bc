'use client'

import { useSyncExternalStore } from 'react'
import { useAddOnContext } from './AddOnContext.js'
import { type FlowState, idleFlow } from './flowStore.js'

/** A part of what goes on below the provider; only a change of that part renders again. */
export function useFlow<T>(select: (state: FlowState) => T): T {
  const { store } = useAddOnContext()
  // What the server rendered, nothing had happened to.
  return useSyncExternalStore(
    store.subscribe,
    () => select(store.getState()),
    () => select(idleFlow),
  )
}
