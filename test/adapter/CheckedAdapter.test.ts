import { afterEach, describe, expect, test, vi } from 'vitest'
import type { AddOnAdapter } from '../../src/adapter/AddOnAdapter.js'
import { CheckedAdapter, type UncheckedAdapter } from '../../src/adapter/CheckedAdapter.js'
import { AddOnError } from '../../src/domain/errors.js'
import { isOutcomeUnknown } from '../../src/domain/isOutcomeUnknown.js'
import type { PurchasePreview } from '../../src/domain/purchase.js'
import { purchasePreviewSchema } from '../../src/protocol/schemas.js'
import { addOn, plan, preview, purchases } from '../protocol/wireSamples.js'

const target = { accountId: preview.accountId, addOnId: addOn.id }
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
    ['request', 'requestFeature', { featureRequest: null, addOn }, 'featureRequest: expected an object, received null'],
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
  await new CheckedAdapter(inner).getPlan({ locale: 'de' })
  expect(own.seen).toEqual([[{ locale: 'de', signal: expect.any(AbortSignal) }]])
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

async function failureOf(call: Promise<unknown>): Promise<AddOnError> {
  const error: unknown = await call.then(
    (answer) => answer,
    (reason: unknown) => reason,
  )
  if (!(error instanceof AddOnError)) throw new TypeError('Not an AddOnError.')
  return error
}

describe.each(methods)('a host’s own %s', (method) => {
  const doing = (does: () => unknown, timeout?: number) =>
    calls[method](new CheckedAdapter({ ...saying({}), [method]: does }, ...(timeout === undefined ? [] : [timeout])))

  test('that never settles is over after 30 seconds, and hears of it', async () => {
    vi.useFakeTimers()
    let told: AbortSignal | undefined
    const inner: UncheckedAdapter = {
      ...saying({}),
      [method]: (...args: readonly ({ signal?: AbortSignal } | undefined)[]) => {
        told = args.at(-1)?.signal
        return new Promise(() => {})
      },
    }
    const failure = failureOf(calls[method](new CheckedAdapter(inner)))
    await vi.advanceTimersByTimeAsync(29_999)
    expect(told?.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(await failure).toMatchObject({ code: 'timeout', retryable: true })
    expect(told?.aborted).toBe(true)
  })

  test('that is slow has the time it was given', async () => {
    expect((await failureOf(doing(() => new Promise(() => {}), 5))).code).toBe('timeout')
  })

  test('is not asked offline', async () => {
    vi.stubGlobal('navigator', { onLine: false })
    const own = vi.fn()
    expect((await failureOf(doing(own))).code).toBe('offline')
    expect(own).not.toHaveBeenCalled()
  })

  test.each([
    ['nothing', () => Promise.reject()],
    ['a string', () => Promise.reject('<b>no</b>')],
    ['an object that cannot be made a string', () => Promise.reject(Object.create(null))],
    ['an object like a refusal', () => Promise.reject({ code: 'payment-declined', status: 402 })],
    [
      'an error at once',
      () => {
        throw new TypeError('not async')
      },
    ],
  ])('that rejects with %s leaves the outcome open: network', async (_, does) => {
    expect(await failureOf(doing(does))).toMatchObject({ code: 'network', retryable: true })
  })

  test('that answers with a trap is no crash', async () => {
    const trap = Object.defineProperty({}, method === 'getPlan' ? 'viewer' : 'addOn', {
      enumerable: true,
      get: () => {
        throw new RangeError('trap')
      },
    })
    const { code } = await failureOf(doing(() => trap))
    expect(['network', 'invalid-response']).toContain(code)
  })
})

test('a call that throws at once and is ended later leaves no rejection that nobody handles', async () => {
  const unhandled = vi.fn()
  process.on('unhandledRejection', unhandled)
  const controller = new AbortController()
  const inner: UncheckedAdapter = {
    ...saying({}),
    getPlan: () => {
      throw new TypeError('not async')
    },
  }
  await failureOf(new CheckedAdapter(inner).getPlan({ signal: controller.signal }))
  controller.abort()
  await new Promise((resolve) => setTimeout(resolve, 5))
  process.off('unhandledRejection', unhandled)
  expect(unhandled).not.toHaveBeenCalled()
})

describe('an answer about something else leaves the outcome open', () => {
  const another = { ...addOn, id: 'ai-assist' }
  test.each([
    ['a price for another account', 'previewPurchase', { ...preview, accountId: 'acc_other' }],
    ['a price for another add-on', 'previewPurchase', { ...preview, addOnId: 'ai-assist' }],
    ['a purchase of another add-on', 'purchase', { purchase: { ...purchases.completed, addOnId: 'ai-assist' }, addOn }],
    ['a purchase with another add-on', 'purchase', { purchase: purchases.completed, addOn: another }],
    ['a quote request', 'requestQuote', { ...truth.requestQuote, addOn: another }],
    ['a trial', 'startTrial', { addOn: another }],
    ['a feature request', 'requestFeature', { ...truth.requestFeature, addOn: another }],
  ] as const)('%s', async (_, method, answer) => {
    const error = await failureOf(calls[method](new CheckedAdapter(saying({ [method]: answer }))))
    expect(error.code).toBe('invalid-response')
    expect(isOutcomeUnknown(error)).toBe(true)
  })

  test('also a new price that comes with a refusal', async () => {
    const parsed = purchasePreviewSchema(preview)
    const refusing = (about: Partial<PurchasePreview>): UncheckedAdapter => ({
      ...saying({}),
      purchase: () => Promise.reject(new AddOnError('preview-changed', { preview: { ...parsed, ...about } })),
    })
    const refusalOf = (about: Partial<PurchasePreview>) =>
      failureOf(new CheckedAdapter(refusing(about)).purchase(purchaseInput))
    expect((await refusalOf({})).code).toBe('preview-changed')
    expect((await refusalOf({ addOnId: 'ai-assist' })).code).toBe('invalid-response')
    expect((await refusalOf({ accountId: 'acc_other' })).code).toBe('invalid-response')
  })
})

test('a huge value is named by its beginning only', async () => {
  const answer = { ...plan, serverTime: 'x'.repeat(1_000_000) }
  const { message } = await failureOf(new CheckedAdapter(saying({ getPlan: answer })).getPlan())
  expect(message.length).toBeLessThan(200)
})
