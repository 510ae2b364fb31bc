import { createDemoAdapter, createMemoryStore, type DemoOptions } from 'addon-kit/demo'
import { type ContractHarness, defineAdapterContract } from 'addon-kit/testing'
import { describe, test } from 'vitest'

/** Your test backend, anew for each test; the demo stands in for it here. */
function harness(): ContractHarness {
  const store = createMemoryStore()
  let now = Date.parse('2026-03-07T10:20:30Z')
  let additionalUsers = 3
  const seats = () => ({ standardLicenses: 12, additionalUsers })
  const signedInAs = (role: string, options?: DemoOptions) =>
    createDemoAdapter({ role, store, seats, now: () => new Date(now), ...options })
  return {
    people: {
      owner: signedInAs('owner'),
      secondOwner: signedInAs('owner', { viewer: { id: 'usr_otto', name: 'Otto' } }),
      admin: signedInAs('admin'),
      supervisor: signedInAs('supervisor'),
      agent: signedInAs('agent'),
    },
    levers: {
      advanceClock(milliseconds) {
        now += milliseconds
      },
      addSeats(count) {
        additionalUsers += count
      },
    },
  }
}

defineAdapterContract({
  runner: { describe, test },
  name: 'our backend',
  harness,
  capabilities: {
    secondOwner: true,
    admin: true,
    supervisor: true,
    agent: true,
    advanceClock: true,
    addSeats: true,
    trials: true,
    quotes: true,
    stranger: 'one account only, so far',
    nobody: 'the test backend has no sign-in',
    charges: 'the bank of the test backend cannot be read yet',
    records: 'the database of the test backend cannot be read yet',
    notifications: 'they go out through another service',
    setPrice: 'prices are fixed',
    setBilling: 'prices are fixed',
    setPurchasing: 'one setup only, so far',
    setRole: 'roles are fixed',
    nextCharge: 'the bank always pays',
    decideCharges: 'the bank always pays',
    loseNext: 'no proxy in between',
  },
})
