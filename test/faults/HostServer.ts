import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import path from 'node:path'
import { idempotencyKeyHeader, matchPath, type Operation } from '../../src/protocol/routes.js'
import type { Identity } from '../../src/server/index.js'
import { Harness, type HarnessOptions, people } from '../server/harness.js'
import type { Fault } from './fault.js'
import { listen, stop } from './listening.js'

/** A person of the demo data. */
export type Person = keyof typeof people

/** A request that reached the server, in the order of arrival. */
export interface Arrival {
  readonly operation: Operation
  /** Whose session it was sent in; `null`: nobody's. */
  readonly by: string | null
  readonly key: string | null
  readonly body: unknown
}

const basePath = '/api/add-ons'
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

/** A host's server: its built pages, and the real handler behind a wire that a test can break. */
export class HostServer {
  /** Store, bank, clock, account and catalogue behind the handler. */
  readonly backend: Harness
  readonly arrivals: Arrival[] = []
  /** The sessions, by their cookie. */
  readonly sessions = new Map<string, Identity>(Object.entries(people))
  origin = ''
  readonly #faults = new Map<Operation, Fault[]>()
  readonly #pages: string
  readonly #server: Server

  constructor(pages: string, options: HarnessOptions = {}) {
    this.#pages = pages
    this.backend = new Harness({
      identify: (request) => this.sessions.get(sessionIn(request.headers.get('Cookie'))) ?? null,
      ...options,
    })
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy())
    })
  }

  async start(): Promise<void> {
    this.origin = `http://127.0.0.1:${await listen(this.#server)}`
  }

  stop(): Promise<void> {
    return stop(this.#server)
  }

  /** The next requests of this kind meet these faults, one each. */
  next(operation: Operation, ...faults: Fault[]): void {
    this.#faults.set(operation, [...(this.#faults.get(operation) ?? []), ...faults])
  }

  /** The requests of one kind that arrived. */
  sent(operation: Operation): Arrival[] {
    return this.arrivals.filter((arrival) => arrival.operation === operation)
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin)
    const answer = url.pathname.startsWith(`${basePath}/`)
      ? await this.#call(url, request)
      : await page(path.join(this.#pages, url.pathname.endsWith('/') ? `${url.pathname}index.html` : url.pathname))
    if (!answer) {
      response.destroy()
      return
    }
    // On a connection that was used before, Chromium repeats a request that broke by itself.
    response.writeHead(answer.status, { ...Object.fromEntries(answer.headers), Connection: 'close' })
    response.end(Buffer.from(await answer.arrayBuffer()))
  }

  async #call(url: URL, incoming: IncomingMessage): Promise<Response | null> {
    const body = await textOf(incoming)
    const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)])
    const method = incoming.method ?? 'GET'
    const request = new Request(url, { method, headers, ...(method === 'POST' && { body }) })
    const { operation } = matchPath(url.pathname.slice(basePath.length)) ?? {}
    const pass = () => this.backend.handle(request)
    if (!operation) return pass()
    const by = this.sessions.get(sessionIn(incoming.headers.cookie))?.userId ?? null
    const key = request.headers.get(idempotencyKeyHeader)
    this.arrivals.push({ operation, by, key, body: body === '' ? null : JSON.parse(body) })
    const fault = this.#faults.get(operation)?.shift()
    return fault ? fault(pass) : pass()
  }
}

function sessionIn(cookie: string | null | undefined): string {
  return /(?:^|; )session=(\w+)/.exec(cookie ?? '')?.[1] ?? ''
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(Buffer.from(part))
  return Buffer.concat(parts).toString()
}

async function page(file: string): Promise<Response> {
  try {
    const headers = { 'Content-Type': types[path.extname(file)] ?? 'application/octet-stream' }
    return new Response(new Uint8Array(await readFile(file)), { headers })
  } catch {
    return new Response('<!doctype html><p>Nothing of the kit is here.', {
      status: 404,
      headers: { 'Content-Type': 'text/html' },
    })
  }
}
