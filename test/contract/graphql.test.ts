import { describe, test } from 'vitest'
import { createGraphqlAdapter } from '../../examples/graphql/createGraphqlAdapter.js'
import { createGraphqlBackend } from '../../examples/graphql/createGraphqlBackend.js'
import { type ContractHarness, defineAdapterContract, type Person } from '../../src/testing/index.js'
import { KitBackend } from './KitBackend.js'
import { everything } from './kitHarness.js'

/** The example's backend and adapter in a world of their own. */
function graphqlHarness(): ContractHarness {
  const backend = new KitBackend()
  const execute = createGraphqlBackend(backend.handle)
  const signedInAs = (person: Person) => {
    const headers = person === 'nobody' ? {} : { Authorization: `Bearer ${person}` }
    const fetch = backend.connect(async (request) => Response.json(await execute(await request.json(), headers)))
    return createGraphqlAdapter(async (request, signal) => {
      const init = { method: 'POST', body: JSON.stringify(request), ...(signal && { signal }) }
      const answer = await fetch(new Request('https://app.example/graphql', init))
      return answer.json()
    })
  }
  return {
    people: {
      owner: signedInAs('owner'),
      secondOwner: signedInAs('secondOwner'),
      admin: signedInAs('admin'),
      supervisor: signedInAs('supervisor'),
      agent: signedInAs('agent'),
      stranger: signedInAs('stranger'),
      nobody: signedInAs('nobody'),
    },
    levers: backend.levers,
  }
}

defineAdapterContract({
  runner: { describe, test },
  name: 'the GraphQL example',
  harness: graphqlHarness,
  capabilities: everything,
})
