import { describe, test } from 'vitest'
import { defineAdapterContract } from '../../src/testing/index.js'
import { KitBackend } from './KitBackend.js'
import { everything, kitHarness } from './kitHarness.js'
import { listen } from './listen.js'

defineAdapterContract({
  runner: { describe, test },
  name: 'the HTTP adapter over a real server',
  async harness() {
    const backend = new KitBackend()
    const { url, close } = await listen(backend.handle)
    return { ...kitHarness(backend, (request) => fetch(request), url), close }
  },
  capabilities: everything,
})
