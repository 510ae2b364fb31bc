import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import path from 'node:path'
import { createHttpAdapter } from 'addon-kit'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { server } from './server.js'

const read = (name: string) => readFileSync(path.join(import.meta.dirname, name), 'utf8')
const readme = read('../../README.md')

/** What the server says to a request as it goes over the line, which no client of good manners would send. */
async function statusOf(head: string): Promise<string | undefined> {
  const socket = connect(Number(new URL(baseUrl).port), '127.0.0.1').setEncoding('utf8')
  socket.end(`${head}\r\nConnection: close\r\n\r\n`)
  let answer = ''
  for await (const part of socket) answer += part
  return answer.split('\r\n')[0]
}

let baseUrl = ''
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  baseUrl = `http://127.0.0.1:${typeof address === 'object' && address?.port}/api/add-ons`
})
afterAll(() => server.close())

test.each(['handler', 'account', 'server'])(
  '%s.ts of the README is the file that is run here, to the letter',
  (name) => {
    const block = readme.split('```ts\n').find((text) => text.startsWith(`// ${name}.ts\n`))
    expect(block).toBeDefined()
    const source = read(`${name}.ts`).replace(/^\/\/ biome-ignore.*\n/gm, '')
    expect(block?.split('```')[0]).toBe(`// ${name}.ts\n${source}`)
  },
)

test('they sell an add-on over a real server, and say whom to tell', async () => {
  const told = vi.spyOn(console, 'log').mockReturnValue()
  const adapter = createHttpAdapter({ baseUrl, headers: { 'X-User': 'usr_olive' } })
  const { account, addOns } = await adapter.getPlan()
  expect([account.name, addOns.map(({ id }) => id)]).toEqual(['Larkspur', ['analytics-plus']])
  const place = { accountId: account.id, addOnId: 'analytics-plus' }
  const trial = await adapter.startTrial({ ...place, idempotencyKey: crypto.randomUUID() })
  expect(trial.addOn.status.kind).toBe('trialing')
  expect(told.mock.calls).toMatchObject([['trial-started', 'Analytics+', [{ name: 'Olive' }, { name: 'Otto' }]]])
  told.mockRestore()
})

test('nobody without a session gets a plan', async () => {
  await expect(createHttpAdapter({ baseUrl }).getPlan()).rejects.toMatchObject({ code: 'unauthenticated' })
})

test.each([
  ['HEAD /api/add-ons/plan HTTP/1.1\r\nHost: a', 'HTTP/1.1 401 Unauthorized'],
  ['GET // HTTP/1.1\r\nHost: a', 'HTTP/1.1 400 Bad Request'],
  ['GET /api/add-ons/plan HTTP/1.1\r\nHost: a b', 'HTTP/1.1 400 Bad Request'],
  ['TRACE / HTTP/1.1\r\nHost: a', 'HTTP/1.1 400 Bad Request'],
])('%j is answered, and the server stays', async (head, status) => {
  expect(await statusOf(head)).toBe(status)
  await expect(createHttpAdapter({ baseUrl }).getPlan()).rejects.toMatchObject({ code: 'unauthenticated' })
})
