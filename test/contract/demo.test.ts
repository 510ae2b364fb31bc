import { describe, test } from 'vitest'
import { createDemoAdapter } from '../../src/demo/index.js'
import { defineAdapterContract } from '../../src/testing/index.js'
import { demoCapabilities, demoHarness } from './demoHarness.js'

defineAdapterContract({
  runner: { describe, test },
  name: 'the demo adapter',
  harness: () => demoHarness((_person, options) => createDemoAdapter(options)),
  capabilities: demoCapabilities,
})
