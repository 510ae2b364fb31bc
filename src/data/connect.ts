import type { AddOnAdapter } from '../adapter/AddOnAdapter.js'
import { CheckedAdapter } from '../adapter/CheckedAdapter.js'
import { createHttpAdapter } from '../adapter/httpAdapter.js'

/** How to reach a backend: an adapter, or where one speaks the wire contract. */
export type Connection = { adapter: AddOnAdapter; baseUrl?: undefined } | { baseUrl: string; adapter?: undefined }

/** The door to the backend. What any adapter returns is parsed. */
export function connect({ adapter, baseUrl }: { adapter?: AddOnAdapter | undefined; baseUrl?: string | undefined }) {
  if (!adapter) return createHttpAdapter({ baseUrl: baseUrl ?? '' })
  return adapter instanceof CheckedAdapter ? adapter : new CheckedAdapter(adapter)
}
