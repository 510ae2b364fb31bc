import { setupServer } from 'msw/node'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { createHttpAdapter } from '../../src/adapter/httpAdapter.js'
import { createAddOnHandlers } from '../../src/msw/index.js'
import { defineAdapterContract } from '../../src/testing/index.js'
import { demoCapabilities, demoHarness } from './demoHarness.js'

const server = setupServer()
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterAll(() => server.close())

defineAdapterContract({
  runner: { describe, test },
  name: 'the MSW mock',
  harness: () => ({
    ...demoHarness((person, options) => {
      const baseUrl = `https://app.example/${person}/add-ons`
      server.use(...createAddOnHandlers({ ...options, baseUrl }))
      return createHttpAdapter({ baseUrl })
    }),
    close: () => server.resetHandlers(),
  }),
  capabilities: demoCapabilities,
})
