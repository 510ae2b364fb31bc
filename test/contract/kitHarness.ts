import { createHttpAdapter } from '../../src/adapter/httpAdapter.js'
import type { Capabilities, ContractHarness, Person } from '../../src/testing/index.js'
import type { Handle, KitBackend } from './KitBackend.js'

/** A backend that can offer all that the contract may need. */
export const everything: Capabilities = {
  secondOwner: true,
  admin: true,
  supervisor: true,
  agent: true,
  stranger: true,
  nobody: true,
  charges: true,
  records: true,
  notifications: true,
  advanceClock: true,
  addSeats: true,
  setPrice: true,
  setBilling: true,
  setPurchasing: true,
  setRole: true,
  nextCharge: true,
  decideCharges: true,
  loseNext: true,
  trials: true,
  quotes: true,
}

/** A backend's world, reached through `send`. */
export function kitHarness(
  backend: KitBackend,
  send: Handle = backend.handle,
  baseUrl = 'https://app.example/api/add-ons',
): ContractHarness {
  const fetch = backend.connect(send)
  const signedInAs = (person: Person) =>
    backend.wrap(createHttpAdapter({ baseUrl, fetch, headers: { Authorization: `Bearer ${person}` } }))
  return {
    people: {
      owner: signedInAs('owner'),
      secondOwner: signedInAs('secondOwner'),
      admin: signedInAs('admin'),
      supervisor: signedInAs('supervisor'),
      agent: signedInAs('agent'),
      stranger: signedInAs('stranger'),
      nobody: createHttpAdapter({ baseUrl, fetch }),
    },
    levers: backend.levers,
  }
}
