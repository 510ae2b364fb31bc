import type { AddOnAdapter } from '../adapter/AddOnAdapter.js'
import { CheckedAdapter } from '../adapter/CheckedAdapter.js'
import { createHttpAdapter } from '../adapter/httpAdapter.js'

/** How to reach a backend: an adapter, or where one speaks the wire contract. */
export type Connection =
  | {
      /** The door to a backend of any kind. */
      adapter: AddOnAdapter
      baseUrl?: undefined
    }
  | {
      /** Where a backend speaks the kit's own contract. */
      baseUrl: string
      adapter?: undefined
    }

/** The door to the backend. What any adapter returns is parsed. */
export function connect({ adapter, baseUrl }: { adapter?: AddOnAdapter | undefined; baseUrl?: string | undefined }) {
  if (!adapter) return createHttpAdapter({ baseUrl: baseUrl ?? '' })
  return adapter instanceof CheckedAdapter ? adapter : new CheckedAdapter(adapter)
}
