import type { AddOnAdapter } from '../../src/adapter/AddOnAdapter.js'
import { createMemoryStore, type DemoOptions, demoAccountId } from '../../src/demo/index.js'
import type { Capabilities, ContractHarness, Person } from '../../src/testing/index.js'
import { recordsOf } from './KitBackend.js'

/** Whom the demo can sign in. */
export type DemoPerson = Exclude<Person, 'stranger' | 'nobody'>

const people: Readonly<Record<DemoPerson, { role: string; viewer: { id: string; name: string } }>> = {
  owner: { role: 'owner', viewer: { id: 'usr_olive', name: 'Olive' } },
  secondOwner: { role: 'owner', viewer: { id: 'usr_otto', name: 'Otto' } },
  admin: { role: 'admin', viewer: { id: 'usr_ada', name: 'Ada' } },
  supervisor: { role: 'supervisor', viewer: { id: 'usr_sunny', name: 'Sunny' } },
  agent: { role: 'agent', viewer: { id: 'usr_gus', name: 'Gus' } },
}

/** What the demo can offer to its tests, and why not the rest. */
export const demoCapabilities: Capabilities = {
  secondOwner: true,
  admin: true,
  supervisor: true,
  agent: true,
  stranger: 'the demo has one account',
  nobody: 'somebody is always signed in to the demo',
  charges: "the demo's ledger is inside of it",
  records: true,
  notifications: 'the demo tells nobody',
  advanceClock: true,
  addSeats: true,
  setPrice: "the demo's catalogue is fixed",
  setBilling: "the demo's catalogue and period are fixed",
  setPurchasing: true,
  setRole: true,
  nextCharge: true,
  decideCharges: "the demo's bank decides when its buyer comes back",
  loseNext: 'the demo loses the answer of a purchase only; its own tests cover that',
  trials: true,
  quotes: true,
}

/** The demo's world: one store, and an adapter for each person over it. */
export function demoHarness(makeAdapter: (person: DemoPerson, options: DemoOptions) => AddOnAdapter): ContractHarness {
  const store = createMemoryStore()
  const roles = new Map<string, string>()
  let now = Date.UTC(2026, 2, 7, 10, 20, 30)
  let additionalUsers = 3
  let factors: { mode: 'self-serve' | 'quote'; adminsCanRequestQuote: boolean } = {
    mode: 'self-serve',
    adminsCanRequestQuote: false,
  }
  let mood: 'declined' | 'processing' | 'action-needed' | undefined

  const signedInAs = (person: DemoPerson) =>
    makeAdapter(person, {
      role: () => roles.get(person) ?? people[person].role,
      viewer: people[person].viewer,
      store,
      mode: () => factors.mode,
      adminsCanRequestQuote: () => factors.adminsCanRequestQuote,
      seats: () => ({ standardLicenses: 12, additionalUsers }),
      now: () => new Date(now),
      nextPurchase: () => {
        const next = mood
        mood = undefined
        return next
      },
    })
  return {
    people: {
      owner: signedInAs('owner'),
      secondOwner: signedInAs('secondOwner'),
      admin: signedInAs('admin'),
      supervisor: signedInAs('supervisor'),
      agent: signedInAs('agent'),
    },
    levers: {
      records: () => recordsOf(store, [demoAccountId]),
      advanceClock: (milliseconds) => {
        now += milliseconds
      },
      addSeats: (count) => {
        additionalUsers += count
      },
      setPurchasing: (next) => {
        factors = next
      },
      setRole: (person, role) => void roles.set(person, role),
      nextCharge: (next) => {
        mood = next
      },
    },
  }
}
