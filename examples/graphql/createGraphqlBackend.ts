import { buildSchema, GraphQLError, graphql } from 'graphql'
import type { GraphqlRequest } from './createGraphqlAdapter.js'
import { schema } from './schema.js'

/** The path of each mutation's operation, see the wire contract. */
const paths = {
  previewAddOn: 'purchase-previews',
  buyAddOn: 'purchases',
  requestAddOnQuote: 'quote-requests',
  startAddOnTrial: 'trials',
  requestAddOn: 'feature-requests',
} as const

type Fields = Readonly<Record<string, unknown>>

/**
 * A GraphQL backend. Its resolvers put the kit's handler to work, so that roles, keys, prices and races are decided where
 * they are tested; a backend of another making would call its own services here.
 */
export function createGraphqlBackend(handle: (request: Request) => Promise<Response>) {
  const typed = buildSchema(schema)

  return async function execute(request: GraphqlRequest, headers: HeadersInit) {
    const send = async (path: string, input?: Fields) => {
      const { addOnId: _addOnId, idempotencyKey, ...body } = input ?? {}
      const all = new Headers(headers)
      all.set('Content-Type', 'application/json')
      if (idempotencyKey !== undefined) all.set('Idempotency-Key', String(idempotencyKey))
      const init = { headers: all, ...(input && { method: 'POST', body: JSON.stringify(body) }) }
      const answer = await handle(new Request(`https://graphql.invalid/api/add-ons${path}`, init))
      const result: unknown = await answer.json()
      if (answer.ok) return result
      // A refusal keeps its code, reason, retryAfter, purchasedBy and preview.
      throw new GraphQLError('refused', { extensions: { problem: result } })
    }
    const mutations = Object.entries(paths).map(([name, path]) => [
      name,
      (input: Fields) => send(`/add-ons/${encodeURIComponent(String(input.addOnId))}/${path}`, input),
    ])
    const rootValue = { addOnPlan: () => send('/plan'), ...Object.fromEntries(mutations) }
    const { data, errors } = await graphql({
      schema: typed,
      source: request.query,
      rootValue,
      variableValues: request.variables,
    })
    return { data, errors }
  }
}
