import { describe, test } from 'vitest'
import { defineAdapterContract } from '../../src/testing/index.js'
import { KitBackend } from './KitBackend.js'
import { everything, kitHarness } from './kitHarness.js'

defineAdapterContract({
  runner: { describe, test },
  name: 'the HTTP adapter over the handler',
  harness: () => kitHarness(new KitBackend()),
  capabilities: everything,
})
