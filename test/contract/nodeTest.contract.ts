// Run by `node --test`: see nodeTest.test.ts.
import { describe, test } from 'node:test'
import { defineAdapterContract } from 'addon-kit/testing'
import { KitBackend } from './KitBackend.js'
import { everything, kitHarness } from './kitHarness.js'

defineAdapterContract({
  runner: { describe, test },
  name: 'the HTTP adapter over the handler',
  harness: () => kitHarness(new KitBackend()),
  capabilities: { ...everything, loseNext: 'shown here as skipped' },
})
