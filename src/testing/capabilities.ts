import type { ContractLevers, Person } from './ContractHarness.js'

/** What a test may need of a backend, in the words of the reason for which it is skipped. */
export const capabilities = {
  secondOwner: 'a second Owner of the account',
  admin: 'an Admin',
  supervisor: 'a Supervisor',
  agent: 'an Agent',
  stranger: 'an Owner of another account',
  nobody: 'somebody who is not signed in',
  charges: 'the charges that moved',
  records: 'what is recorded',
  notifications: 'what was told to people',
  advanceClock: 'a clock that can be moved',
  addSeats: 'seats that can be added',
  setPrice: 'a price that can be changed',
  setBilling: 'billing that can be set',
  setPurchasing: 'account factors that can be changed',
  setRole: 'roles that can be changed',
  nextCharge: 'a bank that can be told what to do',
  decideCharges: 'a bank that decides later',
  loseNext: 'a connection that can be broken',
  trials: 'add-ons with a trial',
  quotes: 'add-ons that are sold by quote',
} as const satisfies Record<Exclude<Person, 'owner'> | keyof ContractLevers | 'trials' | 'quotes', string>

/** Something that not every backend can offer to its tests. */
export type Capability = keyof typeof capabilities

/** What a backend offers: `true`, or the reason why it cannot. */
export type Capabilities = Readonly<Record<Capability, true | string>>

/** Every capability there is. */
export const capabilityNames = Object.keys(capabilities) as Capability[]

/** Says of each capability whether it is there, or why not. */
export function mapCapabilities(of: (capability: Capability) => true | string): Capabilities {
  return Object.fromEntries(capabilityNames.map((name) => [name, of(name)])) as Record<Capability, true | string>
}
