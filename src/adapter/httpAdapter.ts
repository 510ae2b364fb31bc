import { AddOnError, toAddOnError } from '../domain/errors.js'
import { parseProblem } from '../protocol/problem.js'
import { idempotencyKeyHeader, methodOf, type Operation, pathOf } from '../protocol/routes.js'
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

/** Answers beyond this size are not read to their end, in characters. */
const maxAnswerLength = 4_000_000

/**
 * An adapter for a backend that speaks the wire contract over HTTP.
 *
 * Cookies go to the same origin only, unless `fetch` says otherwise. Calls reject with an `AddOnError`: the backend's
 * code, or `offline`, `network`, `timeout`, `invalid-response`.
 */
export function createHttpAdapter(options: HttpAdapterOptions): AddOnAdapter {
  const { baseUrl, timeout = 30_000 } = options
  const root = baseUrl.replace(/\/+$/, '')

  async function call(
    operation: Operation,
    input: AddOnTarget | undefined,
    { signal, locale }: CallOptions = {},
  ): Promise<unknown> {
    if (globalThis.navigator?.onLine === false) throw new AddOnError('offline')
    signal?.throwIfAborted()
    const limit = new AbortController()
    const timer = setTimeout(() => limit.abort(new AddOnError('timeout')), timeout)
    const stop = signal ? AbortSignal.any([signal, limit.signal]) : limit.signal
    // A `fetch` or `headers` of the host's own need not listen to the signal.
    const stopped = new Promise<never>((_, reject) => stop.addEventListener('abort', () => reject(stop.reason)))
    try {
      return await Promise.race([stopped, send(operation, input, locale, stop)])
    } catch (error) {
      throw stop.aborted ? stop.reason : toAddOnError(error)
    } finally {
      clearTimeout(timer)
    }
  }

  async function send(
    operation: Operation,
    input: AddOnTarget | undefined,
    locale: string | undefined,
    signal: AbortSignal,
  ): Promise<unknown> {
    const { addOnId, idempotencyKey, ...body }: Partial<KeyedTarget> = input ?? {}
    const headers = new Headers(typeof options.headers === 'function' ? await options.headers() : options.headers)
    headers.set('Accept', 'application/json')
    if (locale) headers.set('Accept-Language', locale)
    if (idempotencyKey) headers.set(idempotencyKeyHeader, idempotencyKey)
    if (input) headers.set('Content-Type', 'application/json')
    const request = new Request(absolute(root + pathOf(operation, addOnId)), {
      method: methodOf(operation),
      headers,
      body: input ? JSON.stringify(body) : null,
      signal,
    })
    signal.throwIfAborted()
    return read(await (options.fetch ?? fetch)(request))
  }

  const post = (operation: Operation) => (input: AddOnTarget, callOptions?: CallOptions) =>
    call(operation, input, callOptions)
  return new CheckedAdapter({
    getPlan: (callOptions) => call('getPlan', undefined, callOptions),
    previewPurchase: post('previewPurchase'),
    purchase: post('purchase'),
    requestQuote: post('requestQuote'),
    startTrial: post('startTrial'),
    requestFeature: post('requestFeature'),
  })
}

/** `Request` takes no relative address outside of a page. */
function absolute(url: string): string {
  return globalThis.location ? new URL(url, globalThis.location.href).href : url
}

async function read(response: Response): Promise<unknown> {
  const { status, headers } = response
  const requestId = headers.get('X-Request-Id') ?? undefined
  const text = await response.text()
  let body: unknown
  try {
    body = text.length > maxAnswerLength ? undefined : JSON.parse(text)
  } catch {
    body = undefined
  }
  // A proxy in between may have put it into the headers only.
  if (!response.ok)
    throw parseProblem(status, body, { requestId, retryAfter: retryAfterSeconds(headers.get('Retry-After')) })
  if (body === undefined) {
    const type = headers.get('Content-Type') ?? 'no content type'
    throw new AddOnError('invalid-response', { status, requestId, message: `expected JSON, received ${type}` })
  }
  return body
}

function retryAfterSeconds(value: string | null): number | undefined {
  if (!value) return undefined
  const seconds = /^\d+$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - Date.now()) / 1000)
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined
}
