import { AddOnError } from 'addon-kit'
import { demoAccountId } from 'addon-kit/demo'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { requestLog } from '../../stories/bugs/requestLog.js'
import { createBackend, type Scenario } from '../../stories/createBackend.js'
import { initialGlobals } from '../../stories/toolbar/menus.js'
import { type Choices, isOverridden, readChoices, toolbar } from '../../stories/toolbar/Toolbar.js'

beforeEach(() => requestLog.clear())
afterEach(() => {
  toolbar.current = {}
})

const told: Scenario = {
  role: 'supervisor',
  plan: 'professional',
  mode: 'quote',
  adminsCanRequestQuote: true,
  frequency: 'annual',
  currency: 'EUR',
  statuses: { 'analytics-plus': 'trialing' },
}

function backend(choices: Choices, scenario = told) {
  toolbar.current = choices
  return createBackend(scenario).adapter
}

test('before anybody has touched it the toolbar names nothing', () => {
  const choices = readChoices(initialGlobals)
  expect(Object.values(choices).filter((choice) => choice !== undefined)).toEqual([])
  expect(isOverridden(choices)).toBe(false)
})

test('the toolbar takes any instant, and no nonsense', () => {
  expect(readChoices({ clock: '20280229T123456Z' }).clock).toBe('2028-02-29T12:34:56Z')
  expect(readChoices({ clock: '20281399T000000Z', role: 'emperor', network: 7 })).toEqual({})
  expect(isOverridden(readChoices({ network: 'normal' }))).toBe(false)
  expect(isOverridden(readChoices({ network: 'slow' }))).toBe(true)
})

test('a story tells its own tale where the toolbar names nothing', async () => {
  const { viewer, account, addOns } = await backend({}, { ...told, role: 'owner' }).getPlan()
  expect([viewer.role, account.plan.id, account.purchasing]).toEqual([
    'owner',
    'professional',
    { mode: 'quote', adminsCanRequestQuote: true },
  ])
  expect(account.billing).toMatchObject({ frequency: 'annual', currency: 'EUR' })
  expect(addOns[0]?.status.kind).toBe('trialing')
})

test('a story follows the toolbar where that names a value, and only there', async () => {
  const choices = { role: 'owner', plan: 'essentials', adminQuotes: 'off', currency: 'JPY' } as const
  const { viewer, account, addOns } = await backend(choices).getPlan()
  expect([viewer.role, account.plan.id, account.purchasing]).toEqual([
    'owner',
    'essentials',
    { mode: 'quote', adminsCanRequestQuote: false },
  ])
  expect(account.billing).toMatchObject({ frequency: 'annual', currency: 'JPY' })
  expect(addOns[0]?.unitPrice).toEqual({ amount: 22_000, currency: 'JPY' })
})

test("the toolbar's clock moves on from the moment in which the story began", async () => {
  const adapter = backend({ clock: '2026-12-04T12:00:00Z' })
  const at = async () => (await adapter.getPlan()).addOns[0]?.status
  expect(await at()).toMatchObject({ kind: 'trialing', endsAt: '2026-12-05T00:00:00.000Z' })
  toolbar.current = { clock: '2026-12-05T12:00:00Z' }
  expect((await at())?.kind).toBe('trial-ended')
})

async function buy({ previewPurchase, purchase }: ReturnType<typeof backend>) {
  const target = { accountId: demoAccountId, addOnId: 'ai-assist-pro' }
  const { previewId, dueNow, seats, terms } = await previewPurchase(target)
  const expected = { dueNow, seats: seats.total, termsVersion: terms.version }
  const input = { ...target, previewId, expected, acceptedFinalSale: true } as const
  return purchase({ ...input, idempotencyKey: crypto.randomUUID() })
}

test('what the next purchase comes to is said of one purchase', async () => {
  const adapter = backend({ nextPurchase: 'declined' }, {})
  await expect(buy(adapter)).rejects.toMatchObject({ code: 'payment-declined' })
  expect((await buy(adapter)).purchase.status).toBe('completed')
})

describe('a network out of order', () => {
  const own: Scenario = { override: () => ({ getPlan: () => new Promise<never>(() => {}) }) }

  test.each([
    ['offline', 'network', undefined],
    ['forbidden', 'forbidden', 403],
    ['outage', 'internal', 500],
    ['malformed', 'invalid-response', undefined],
  ] as const)(
    '%s: every request fails as “%s”, whatever the story would have answered',
    async (network, code, status) => {
      for (const scenario of [{}, own]) {
        const failure = await backend({ network }, scenario)
          .getPlan()
          .catch((error: unknown) => error)
        if (!(failure instanceof AddOnError)) throw new Error(`The plan has arrived: ${JSON.stringify(failure)}`)
        expect([failure.code, failure.status]).toEqual([code, status])
      }
    },
  )

  test('is noted in the log, which keeps the last ten requests and nothing that was written into them', async () => {
    const adapter = backend({}, { role: 'supervisor' })
    for (let request = 0; request < 12; request += 1) await adapter.getPlan()
    const note = 'Between us: the weekly report takes me hours.'
    const target = { accountId: demoAccountId, addOnId: 'ai-assist' }
    await adapter.requestFeature({ ...target, note, idempotencyKey: crypto.randomUUID() })
    toolbar.current = { network: 'forbidden' }
    await adapter.getPlan().catch(() => {})
    expect(requestLog.requests).toHaveLength(10)
    expect(requestLog.requests.slice(-2)).toEqual([
      { method: 'POST', path: '/api/add-ons/add-ons/ai-assist/feature-requests', status: 201, code: undefined },
      { method: 'GET', path: '/api/add-ons/plan', status: 403, code: 'forbidden' },
    ])
    expect(JSON.stringify(requestLog.requests)).not.toContain('weekly report')
  })
})

test('a method of its own, with which a story refuses, is noted as well', async () => {
  const refuse = () => Promise.reject(new AddOnError('purchase-pending', { status: 409 }))
  const adapter = backend({}, { override: () => ({ purchase: refuse }) })
  await expect(buy(adapter)).rejects.toMatchObject({ code: 'purchase-pending' })
  expect(requestLog.requests.at(-1)).toEqual({
    method: 'call',
    path: 'purchase',
    status: 409,
    code: 'purchase-pending',
  })
})
