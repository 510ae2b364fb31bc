import { renderHook } from '@testing-library/react'
import { type AddOnEvent, AddOnProvider, type AddOnProviderProps } from 'addon-kit'
import type { ReactNode } from 'react'
import { Backend, type BackendOptions } from '../components/harness.js'

type ProviderOptions = Omit<AddOnProviderProps, 'adapter' | 'baseUrl' | 'children'>

/** Runs a hook below a provider, without any component of the kit. */
export function run<T>(
  hook: () => T,
  options: BackendOptions & { backend?: Backend; provider?: ProviderOptions; beside?: ReactNode } = {},
) {
  const { provider, beside, backend = new Backend(options) } = options
  const events: AddOnEvent[] = []
  const wrapper = ({ children }: { children: ReactNode }) => (
    <AddOnProvider adapter={backend} onEvent={(event) => events.push(event)} {...provider}>
      {children}
      {beside}
    </AddOnProvider>
  )
  const { result, unmount } = renderHook(hook, { wrapper })
  /** What the hook returns now. */
  const now = () => result.current
  return { now, unmount, backend, events }
}
