import { useSyncExternalStore } from 'react'

/** The path that the page stands at now. */
export function usePathname(): string {
  return useSyncExternalStore(subscribe, () => location.pathname)
}

function subscribe(onChange: () => void) {
  addEventListener('popstate', onChange)
  return () => removeEventListener('popstate', onChange)
}
