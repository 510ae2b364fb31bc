import { HttpResponse, http, type RequestHandler } from 'msw'
import { createDemoHandler, type DemoOptions } from '../demo/index.js'

/**
 * MSW handlers that answer for the demo's backend: the real server handler over a memory store.
 * @param options.baseUrl Where the kit sends its requests. @default '/api/add-ons'
 */
export function createAddOnHandlers(options: DemoOptions & { baseUrl?: string } = {}): RequestHandler[] {
  const { baseUrl = '/api/add-ons', ...demo } = options
  const root = baseUrl.replace(/\/+$/, '')
  const basePath = root.replace(/^[a-z]+:\/\/[^/]+/i, '')
  const handle = createDemoHandler({ ...demo, basePath })
  return [
    http.all(`${root}/*`, async ({ request }) => {
      try {
        return await handle(request)
      } catch (error) {
        if (error instanceof TypeError) return HttpResponse.error()
        throw error
      }
    }),
  ]
}
