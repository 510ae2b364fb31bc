import { AddOnError } from '../domain/errors.js'
import { parseProblem } from '../protocol/problem.js'
import { readBounded } from '../protocol/readBounded.js'
import { idempotencyKeyHeader, type Operation, pathOf } from '../protocol/routes.js'
import type { AddOnAdapter, AddOnTarget, CallOptions, KeyedTarget } from './AddOnAdapter.js'
import { CheckedAdapter } from './CheckedAdapter.js'

/** How to reach a backend that speaks the wire contract. */
export interface HttpAdapterOptions {
  /** Where the handler is mounted, e.g. `/api/add-ons`. */
  baseUrl: string
  /** @default globalThis.fetch */
  fetch?: ((request: Request) => Promise<Response>) | undefined
  /** Sent with every request; a function is asked each time, e.g. for a fresh token. */
  headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>) | undefined
  /** Milliseconds until a call that was not answered rejects with `timeout`. @default 30000 */
  timeout?: number | undefined
}

/** Answers beyond this size are not read to their end, in bytes. */
const maxAnswerBytes = 4_000_000

/**
 * An adapter for a backend that speaks the wire contract over HTTP.
 *
 * Cookies go to the same origin only, unless `fetch` says otherwise. Calls reject with an `AddOnError`: the backend's
 * code, or `offline`, `network`, `timeout`, `invalid-response`.
 */
export function createHttpAdapter(options: HttpAdapterOptions): AddOnAdapter {
  const root = options.baseUrl.replace(/\/+$/, '')

  async function call(
    operation: Operation,
    input: AddOnTarget | undefined,
    { signal, locale }: CallOptions = {},
  ): Promise<unknown> {
    const { addOnId, idempotencyKey, ...body }: Partial<KeyedTarget> = input ?? {}
    const headers = new Headers(typeof options.headers === 'function' ? await options.headers() : options.headers)
    headers.set('Accept', 'application/json')
    if (locale) headers.set('Accept-Language', locale)
    if (idempotencyKey) headers.set(idempotencyKeyHeader, idempotencyKey)
    if (input) headers.set('Content-Type', 'application/json')
    // Outside of a page, or in one that is only simulated, `Request` takes no relative address.
    const request = new Request(new URL(root + pathOf(operation, addOnId), globalThis.location?.href), {
      method: input ? 'POST' : 'GET',
      headers,
      body: input ? JSON.stringify(body) : null,
      signal: signal ?? null,
    })
    signal?.throwIfAborted()
    return read(await (options.fetch ?? fetch)(request))
  }

  const post = (operation: Operation) => (input: AddOnTarget, callOptions?: CallOptions) =>
    call(operation, input, callOptions)
  const unchecked = {
    getPlan: (callOptions?: CallOptions) => call('getPlan', undefined, callOptions),
    previewPurchase: post('previewPurchase'),
    purchase: post('purchase'),
    requestQuote: post('requestQuote'),
    startTrial: post('startTrial'),
    requestFeature: post('requestFeature'),
  }
  return new CheckedAdapter(unchecked, options.timeout)
}

async function read(response: Response): Promise<unknown> {
  const { status, headers } = response
  const requestId = headers.get('X-Request-Id') ?? undefined
  const text = await readBounded(response.body, maxAnswerBytes)
  let body: unknown
  try {
    body = JSON.parse(text ?? '')
  } catch {
    // What is no JSON is nothing.
  }
  // A proxy in between may have put it into the headers only.
  if (status >= 400) throw parseProblem(status, body, { requestId, retryAfter: retryAfterSeconds(headers) })
  // A redirect that was not followed says nothing of what became of the request.
  if (!response.ok || body === undefined) {
    const message = `expected JSON, received ${headers.get('Content-Type')}`
    throw new AddOnError('invalid-response', { status, requestId, message })
  }
  return body
}

/** By the server's own clock, where it tells the time: the client's may be a day off. */
function retryAfterSeconds(headers: Headers): number {
  const value = headers.get('Retry-After') ?? ''
  if (/^\d+$/.test(value)) return Number(value)
  const now = Date.parse(headers.get('Date') ?? '') || Date.now()
  return (Date.parse(/GMT$/.test(value) ? value : '') - now) / 1000
}
