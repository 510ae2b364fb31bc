// biome-ignore-all format: the README's own lines, to the letter
import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { handle } from './handler.js'

export const server = createServer(async (incoming, outgoing) => {
  try {
    const { method = 'GET', url = '/' } = incoming
    const headers = new Headers()
    for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value))
    const hasBody = method !== 'GET' && method !== 'HEAD'
    const request = new Request(new URL(url, `https://${incoming.headers.host}`), {
      method,
      headers,
      ...(hasBody && { body: Readable.toWeb(incoming) as ReadableStream, duplex: 'half' }),
    })
    const response = await handle(request)
    response.headers.forEach((value, name) => void outgoing.setHeader(name, value))
    outgoing.writeHead(response.status).end(await response.text())
  } catch {
    outgoing.writeHead(400).end() // no `Request` can be made of it: `GET //`, `Host: a b`, `TRACE`
  }
})
