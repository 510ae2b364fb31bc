import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { createHttpAdapter } from '../../src/adapter/httpAdapter.js'
import { AddOnError } from '../../src/domain/errors.js'
import { expectedOf } from '../../src/domain/purchase.js'
import { createAddOnHandlers, createMemoryStore } from '../../src/msw/index.js'
import { createUuid } from '../../src/protocol/uuid.js'

const server = setupServer()
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const baseUrl = 'http://localhost:3000/api/add-ons'
const target = { accountId: 'acc_larkspur', addOnId: 'analytics-plus' }

function adapterFor(options: Parameters<typeof createAddOnHandlers>[0] = {}) {
  server.use(...createAddOnHandlers({ baseUrl, ...options }))
  return createHttpAdapter({ baseUrl: options.baseUrl ?? baseUrl })
}

async function buy(adapter: ReturnType<typeof adapterFor>, idempotencyKey = createUuid()) {
  const preview = await adapter.previewPurchase(target)
  const input = {
    ...target,
    previewId: preview.previewId,
    expected: expectedOf(preview),
    acceptedFinalSale: true,
    idempotencyKey,
  } as const
  return { preview, send: () => adapter.purchase(input) }
}

test('the plan, by the page’s own fetch', async () => {
  const { viewer, addOns } = await adapterFor({ role: 'supervisor' }).getPlan()
  expect([viewer.role, addOns.length]).toEqual(['supervisor', 4])
})

test('a whole purchase', async () => {
  const adapter = adapterFor()
  const { preview, send } = await buy(adapter)
  expect((await send()).purchase).toMatchObject({ status: 'completed', charged: preview.dueNow })
  const { addOns } = await adapter.getPlan()
  expect(addOns[0]?.status).toMatchObject({ kind: 'active', by: 'Olive', seats: 15 })
  const error: unknown = await buy(adapter).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'already-purchased', status: 409, purchasedBy: 'Olive' })
})

test('every other operation', async () => {
  const store = createMemoryStore()
  const owner = adapterFor({ store })
  const keyed = (addOnId: string) => ({ ...target, addOnId, idempotencyKey: createUuid() })
  expect((await owner.startTrial(keyed('ai-assist'))).addOn.status.kind).toBe('trialing')
  expect(
    (await owner.requestQuote({ ...keyed('ai-voice-agent'), message: 'How much?' })).quoteRequest.requestedBy,
  ).toBe('Olive')
  const supervisor = adapterFor({ store, role: 'supervisor' })
  expect(
    (await supervisor.requestFeature({ ...keyed('ai-assist-pro'), note: 'Please' })).addOn.featureRequests.count,
  ).toBe(1)
})

test('a refusal is a problem, with the id of its request', async () => {
  const call = adapterFor({ role: 'agent' }).startTrial({ ...target, idempotencyKey: createUuid() })
  await expect(call).rejects.toBeInstanceOf(AddOnError)
  await expect(call).rejects.toMatchObject({
    code: 'forbidden',
    reason: 'role',
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
})

describe('nextPurchase', () => {
  test('lost-answer is a network error, and the same key finds the purchase', async () => {
    const { preview, send } = await buy(adapterFor({ nextPurchase: 'lost-answer' }))
    await expect(send()).rejects.toMatchObject({ code: 'network' })
    expect((await send()).purchase).toMatchObject({ status: 'completed', charged: preview.dueNow })
  })

  test('action-needed is resumed with the same key', async () => {
    const { send } = await buy(adapterFor({ nextPurchase: 'action-needed' }))
    expect((await send()).purchase.status).toBe('action-needed')
    expect((await send()).purchase.status).toBe('completed')
  })

  test('declined', async () => {
    const { send } = await buy(adapterFor({ nextPurchase: 'declined' }))
    await expect(send()).rejects.toMatchObject({ code: 'payment-declined', status: 402 })
  })
})

describe('baseUrl', () => {
  test.each([
    'http://localhost:3000/api/add-ons/',
    'https://api.example.com/v1/billing/add-ons',
    'https://api.example.com',
    'http://127.0.0.1:8080/x',
  ])('%s', async (mounted) => {
    const { addOns } = await adapterFor({ baseUrl: mounted }).getPlan()
    expect(addOns).toHaveLength(4)
  })

  test('without one it is /api/add-ons of the page', async () => {
    const [handler] = createAddOnHandlers()
    const request = new Request('http://localhost/api/add-ons/plan')
    const result = await handler?.run({ request, requestId: '1', resolutionContext: { baseUrl: 'http://localhost' } })
    expect(result?.response?.status).toBe(200)
  })

  test('what lies beside it is not answered', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    adapterFor()
    await expect(fetch('http://localhost:3000/api/other')).rejects.toThrow()
    expect(String(log.mock.calls)).toContain('without a matching request handler')
    log.mockRestore()
  })
})

test('functions are read on each request', async () => {
  let role = 'owner'
  const adapter = adapterFor({ role: () => role })
  expect((await adapter.getPlan()).viewer.role).toBe('owner')
  role = 'agent'
  expect((await adapter.getPlan()).viewer.role).toBe('agent')
})
