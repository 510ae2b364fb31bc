import { createServer, type Server } from 'node:http'
import type { Harness } from '../server/harness.js'
import { listen, stop } from './listening.js'

/** The bank's own site, on another origin than the host's: it asks its question and tells billing the answer. */
export class BankServer {
  origin = ''
  readonly #backend: Harness
  readonly #server: Server

  constructor(backend: Harness) {
    this.#backend = backend
    this.#server = createServer(async (request, response) => {
      const url = new URL(request.url ?? '/', this.origin)
      const back = url.searchParams.get('back')
      if (url.pathname === '/challenge') {
        response.writeHead(200, { 'Content-Type': 'text/html' }).end(challenge(back))
        return
      }
      if (url.pathname === '/approve') await this.approve()
      if (url.pathname === '/refuse') await this.refuse()
      if (back) response.setHeader('Location', back)
      response.writeHead(back ? 303 : 204).end()
    })
  }

  /** Lets the purchase that waits for it go through. */
  async approve(): Promise<void> {
    const { pending } = await this.#backend.record()
    if (pending) this.#backend.billing.pay(pending.attemptId, pending.preview)
  }

  /** Declines the purchase that waits for it. */
  async refuse(): Promise<void> {
    const { pending } = await this.#backend.record()
    if (pending) this.#backend.billing.known.set(pending.attemptId, { status: 'declined' })
  }

  async start(): Promise<void> {
    // Another site than the host's, not only another port of it.
    this.origin = `http://localhost:${await listen(this.#server)}`
  }

  stop(): Promise<void> {
    return stop(this.#server)
  }
}

function challenge(back: string | null): string {
  const answers = { approve: 'Approve', refuse: 'Refuse', abandon: 'Not now' }
  const query = back ? `?back=${encodeURIComponent(back)}` : ''
  const buttons = Object.entries(answers).map(
    ([name, label]) => `<form method="post" action="/${name}${query}"><button>${label}</button></form>`,
  )
  const script = `for (const form of document.forms) form.addEventListener('submit', async (event) => {
    event.preventDefault()
    await fetch(form.action, { method: 'POST' })
    parent.postMessage('over', '*')
  })`
  return `<!doctype html><html lang="en"><title>Bank</title><link rel="icon" href="data:,"><h1>Is it you?</h1>
${buttons.join('\n')}${back ? '' : `<script>${script}</script>`}</html>`
}
