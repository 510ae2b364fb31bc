// biome-ignore-all format: the README's own lines, to the letter
import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { handle } from './handler.js'

export const server = createServer(async (incoming, outgoing) => {
  const { method = 'GET', url = '/', headers } = incoming
  const request = new Request(new URL(url, `https://${headers.host}`), {
    method,
    headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
    ...(method !== 'GET' && { body: Readable.toWeb(incoming) as ReadableStream, duplex: 'half' }),
  })
  const response = await handle(request)
  outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text())
})
