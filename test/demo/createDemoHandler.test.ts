import { expect, test } from 'vitest'
import { createDemoHandler } from '../../src/demo/index.js'
import { createUuid } from '../../src/protocol/uuid.js'

const post = (body: string, headers: Record<string, string> = {}) =>
  new Request('https://app.example/api/add-ons/analytics-plus/purchases', {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': createUuid(), ...headers },
  })

test.each([
  ['no JSON', '{', 400],
  ['nothing', '', 422],
  ['no purchase', '{"accountId":"acc_larkspur"}', 422],
  ['too much', 'x'.repeat(20_000), 413],
])('a purchase that is %s is answered as by the real handler', async (_, body, status) => {
  for (const nextPurchase of [undefined, 'expired', 'declined'] as const) {
    const handle = createDemoHandler({ basePath: '/api', nextPurchase })
    expect((await handle(post(body))).status).toBe(status)
  }
})

test('an answer gets lost as fetch loses it: with a TypeError', async () => {
  const handle = createDemoHandler({ basePath: '/api', nextPurchase: 'lost-answer' })
  await expect(handle(post('{}'))).rejects.toThrow(TypeError)
})

test('the base path is where it is mounted', async () => {
  const handle = createDemoHandler({ basePath: '/api' })
  expect((await handle(new Request('https://app.example/api/plan'))).status).toBe(200)
  expect((await handle(new Request('https://app.example/plan'))).status).toBe(404)
})
