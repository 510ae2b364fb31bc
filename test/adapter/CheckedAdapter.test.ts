import { describe, expect, test } from 'vitest'
import type { AddOnAdapter } from '../../src/adapter/AddOnAdapter.js'
import { CheckedAdapter, type UncheckedAdapter } from '../../src/adapter/CheckedAdapter.js'
import { AddOnError } from '../../src/domain/errors.js'
import { addOn, plan, preview, purchases } from '../protocol/wireSamples.js'

const target = { accountId: 'a', addOnId: 'x' }
const keyed = { ...target, idempotencyKey: 'k' }
const purchaseInput = {
  ...keyed,
  previewId: 'p',
  expected: { dueNow: { amount: 1, currency: 'USD' }, seats: 1, termsVersion: '1' },
  acceptedFinalSale: true,
} as const

const truth = {
  getPlan: plan,
  previewPurchase: preview,
  purchase: { purchase: purchases.completed, addOn },
  requestQuote: { quoteRequest: addOn.quoteRequest, addOn },
  startTrial: { addOn },
  requestFeature: { featureRequest: addOn.featureRequests.byViewer, addOn },
}

type Method = keyof AddOnAdapter
const methods = Object.keys(truth).filter((name): name is Method => name in truth)

/** A host's own adapter that answers whatever it likes. */
function saying(answers: Partial<Record<Method, unknown>>): UncheckedAdapter {
  const say = (method: Method) => async () => ({ ...truth, ...answers })[method]
  return {
    getPlan: say('getPlan'),
    previewPurchase: say('previewPurchase'),
    purchase: say('purchase'),
    requestQuote: say('requestQuote'),
    startTrial: say('startTrial'),
    requestFeature: say('requestFeature'),
  }
}

const calls: Record<Method, (adapter: AddOnAdapter) => Promise<unknown>> = {
  getPlan: (adapter) => adapter.getPlan(),
  previewPurchase: (adapter) => adapter.previewPurchase(target),
  purchase: (adapter) => adapter.purchase(purchaseInput),
  requestQuote: (adapter) => adapter.requestQuote(keyed),
  startTrial: (adapter) => adapter.startTrial(keyed),
  requestFeature: (adapter) => adapter.requestFeature(keyed),
}

describe.each(methods)('%s', (method) => {
  const call = (answers: Partial<Record<Method, unknown>> = {}) => calls[method](new CheckedAdapter(saying(answers)))

  test('passes on what is right, and drops what the contract does not name', async () => {
    expect(await call()).toEqual(truth[method])
    expect(await call({ [method]: { ...truth[method], extra: 1 } })).toEqual(truth[method])
  })

  test.each([undefined, null, 'ok', 5, [], {}, () => {}])('%s is no answer', async (answer) => {
    await expect(call({ [method]: answer })).rejects.toMatchObject({ code: 'invalid-response' })
  })

  test('passes on what it rejects with', async () => {
    const error = new AddOnError('forbidden')
    const inner: UncheckedAdapter = { ...saying({}), [method]: () => Promise.reject(error) }
    await expect(calls[method](new CheckedAdapter(inner))).rejects.toBe(error)
  })

  test('a throw is a rejection', async () => {
    const inner: UncheckedAdapter = {
      ...saying({}),
      [method]: () => {
        throw new TypeError('not async')
      },
    }
    await expect(calls[method](new CheckedAdapter(inner))).rejects.toThrow('not async')
  })
})

describe('a lie', () => {
  test.each([
    [
      'plan',
      'getPlan',
      { ...plan, addOns: [{ ...addOn, unitPrice: { amount: 15, currency: 'dollars' } }] },
      'addOns.0.unitPrice.currency: expected an ISO 4217 code, received "dollars"',
    ],
    ['price', 'previewPurchase', { ...preview, expiresAt: undefined }, /^expiresAt: expected .+, received undefined$/],
    ['sum', 'previewPurchase', { ...preview, lines: [] }, /expected dueNow to be the sum of the lines/],
    [
      'purchase',
      'purchase',
      { purchase: { ...purchases.completed, charged: { amount: '15', currency: 'USD' } }, addOn },
      'purchase.charged.amount: expected a safe integer, received "15"',
    ],
    [
      'status',
      'purchase',
      { purchase: { ...purchases.completed, status: 'done' }, addOn },
      'purchase.status: expected completed, received "done"',
    ],
    ['request', 'requestFeature', { featureRequest: null, addOn }, 'featureRequest: expected Object, received null'],
  ] as const)('about the %s is named: path, expected, received', async (_, method, answer, message) => {
    const call = calls[method](new CheckedAdapter(saying({ [method]: answer })))
    await expect(call).rejects.toMatchObject({ code: 'invalid-response', retryable: false })
    await expect(call).rejects.toThrow(message)
  })

  test('an answer is a fresh object: what the adapter does to its own later changes nothing', async () => {
    const own = structuredClone(plan)
    const told = await new CheckedAdapter(saying({ getPlan: own })).getPlan()
    own.addOns.length = 0
    own.account.name = 'Changed'
    expect([told.addOns.length, told.account.name]).toEqual([1, 'Acme'])
  })
})

test('arguments reach the adapter as they are, on itself', async () => {
  class Own {
    readonly seen: unknown[] = []
    async getPlan(...args: unknown[]) {
      this.seen.push(args)
      return plan
    }
  }
  const own = new Own()
  const inner = Object.assign(own, { ...saying({}), getPlan: own.getPlan })
  const options = { locale: 'de' }
  await new CheckedAdapter(inner).getPlan(options)
  expect(own.seen).toEqual([[options]])
})
