import type { AddOnAdapter } from '../adapter/AddOnAdapter.js'
import { createHttpAdapter } from '../adapter/httpAdapter.js'
import { createDemoHandler, type DemoOptions } from './createDemoHandler.js'

/**
 * A whole backend in the page: the real HTTP adapter over the real server handler over a memory store. No network, no
 * service worker, no key.
 */
export function createDemoAdapter(options: DemoOptions = {}): AddOnAdapter {
  const handle = createDemoHandler({ ...options, basePath: '/api/add-ons' })
  return createHttpAdapter({ baseUrl: 'https://demo.invalid/api/add-ons', fetch: handle })
}
