import { type AddOnAdapter, AddOnError, type AddOnErrorCode, type AddOnErrorDetails, type CallOptions } from 'addon-kit'

/** One operation. */
export interface GraphqlRequest {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

/** What comes back: `T` is what the schema promises. */
interface GraphqlAnswer<T> {
  readonly data?: Readonly<Record<string, T>> | null | undefined
  readonly errors?: readonly GraphqlError[] | undefined
}

/** A refusal carries the wire contract's problem; what the schema itself refuses carries none. */
interface GraphqlError {
  readonly message: string
  readonly extensions?: { readonly problem?: (AddOnErrorDetails & { readonly code: AddOnErrorCode }) | undefined }
}

/** Sends one operation, e.g. with `fetch`; rejects where no answer comes. */
export type SendGraphql = <T>(request: GraphqlRequest, signal: AbortSignal | undefined) => Promise<GraphqlAnswer<T>>

/** The operations, by the name that each of their fields has in the schema. */
const queries = {
  addOnPlan: '{ addOnPlan }',
  previewAddOn: `mutation ($accountId: ID!, $addOnId: ID!) {
    previewAddOn(accountId: $accountId, addOnId: $addOnId)
  }`,
  buyAddOn: `mutation ($accountId: ID!, $addOnId: ID!, $idempotencyKey: ID!, $previewId: ID!, $expected: Expected!, $acceptedFinalSale: Boolean!) {
    buyAddOn(accountId: $accountId, addOnId: $addOnId, idempotencyKey: $idempotencyKey, previewId: $previewId, expected: $expected, acceptedFinalSale: $acceptedFinalSale)
  }`,
  requestAddOnQuote: `mutation ($accountId: ID!, $addOnId: ID!, $idempotencyKey: ID!, $message: String) {
    requestAddOnQuote(accountId: $accountId, addOnId: $addOnId, idempotencyKey: $idempotencyKey, message: $message)
  }`,
  startAddOnTrial: `mutation ($accountId: ID!, $addOnId: ID!, $idempotencyKey: ID!) {
    startAddOnTrial(accountId: $accountId, addOnId: $addOnId, idempotencyKey: $idempotencyKey)
  }`,
  requestAddOn: `mutation ($accountId: ID!, $addOnId: ID!, $idempotencyKey: ID!, $note: String) {
    requestAddOn(accountId: $accountId, addOnId: $addOnId, idempotencyKey: $idempotencyKey, note: $note)
  }`,
} as const

/**
 * An adapter for a GraphQL backend. What the backend answers is passed on as it is: the kit checks the answer of every
 * adapter before it believes it.
 */
export function createGraphqlAdapter(send: SendGraphql): AddOnAdapter {
  async function call<T>(name: keyof typeof queries, input: object, { signal }: CallOptions = {}): Promise<T> {
    signal?.throwIfAborted()
    const { data, errors = [] } = await send<T>({ query: queries[name], variables: { ...input } }, signal).catch(
      (cause) => {
        signal?.throwIfAborted()
        // Nobody knows what became of it: `network` makes the kit find out with the same key.
        throw new AddOnError('network', { cause })
      },
    )
    for (const error of errors) throw toAddOnError(error)
    const answer = data?.[name]
    if (answer === undefined) throw new AddOnError('invalid-response', { message: `the answer has no ${name}` })
    return answer
  }

  return {
    getPlan: (options) => call('addOnPlan', {}, options),
    previewPurchase: (input, options) => call('previewAddOn', input, options),
    purchase: (input, options) => call('buyAddOn', input, options),
    requestQuote: (input, options) => call('requestAddOnQuote', input, options),
    startTrial: (input, options) => call('startAddOnTrial', input, options),
    requestFeature: (input, options) => call('requestAddOn', input, options),
  }
}

/** A refusal by the backend; what the schema itself refuses was never carried out. */
function toAddOnError({ message, extensions }: GraphqlError): AddOnError {
  const { problem } = extensions ?? {}
  if (!problem) return new AddOnError('invalid-request', { message })
  const { code, reason, reasonText, requestId, retryAfter, purchasedBy, preview } = problem
  return new AddOnError(code, { reason, reasonText, requestId, retryAfter, purchasedBy, preview })
}
