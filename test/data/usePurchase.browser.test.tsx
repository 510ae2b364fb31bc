import { QueryClient } from '@tanstack/react-query'
import { waitFor } from '@testing-library/react'
import { AddOnError, type AddOnEvent, PlanTab, type PurchasePreview, useAddOn, usePlan, usePurchase } from 'addon-kit'
import { createMemoryStore } from 'addon-kit/demo'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  analytics,
  Backend,
  Gate,
  never,
  type Override,
  previewIs,
  show,
  stopTime,
  untilSo,
} from '../components/harness.js'
import { goOffline, goOnline } from './connection.js'
import { run } from './harness.js'

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const useBoth = () => ({ plan: usePlan(), addOn: useAddOn(analytics), purchase: usePurchase(analytics) })

/** The hook of one purchase, once the plan is known. */
async function ready(options: Parameters<typeof run>[1] = {}) {
  const page = run(useBoth, options)
  await waitFor(() => expect(page.now().plan.status).toBe('ready'))
  const purchase = () => page.now().purchase
  const step = () => purchase().state.step
  return { ...page, purchase, step }
}

/** The same, with a price on the screen. */
async function priced(options: Parameters<typeof run>[1] = {}) {
  const page = await ready(options)
  page.purchase().refreshPrice()
  await waitFor(() => expect(page.purchase().canConfirm).toBe(true), { timeout: 3000 })
  return page
}

const types = (events: readonly AddOnEvent[]) => events.map(({ type }) => type)

describe('usePurchase without a component of the kit', () => {
  test('goes from a price to the purchase, and writes the plan', async () => {
    const { purchase, step, now, backend, events } = await ready()
    expect(step()).toBe('idle')
    expect(purchase().preview).toBeUndefined()
    purchase().refreshPrice()
    await waitFor(() => expect(step()).toBe('review'))
    expect(purchase().preview?.dueNow).toEqual({ amount: 6000, currency: 'USD' })
    expect(purchase().canConfirm).toBe(false)
    purchase().confirm()
    expect(step()).toBe('review')
    await waitFor(() => expect(purchase().canConfirm).toBe(true), { timeout: 3000 })
    purchase().confirm()
    await waitFor(() => expect(step()).toBe('done'))
    expect(now().addOn.data?.status.kind).toBe('active')
    expect(backend.count('getPlan')).toBe(1)
    expect(types(events)).toEqual(['purchased'])
    purchase().close()
    await waitFor(() => expect(step()).toBe('idle'))
  })

  test('sends exactly what was shown, once, however often it is confirmed', async () => {
    const { purchase, step, backend } = await priced()
    const preview = purchase().preview
    const { confirm } = purchase()
    confirm()
    confirm()
    purchase().confirm()
    await waitFor(() => expect(step()).toBe('done'))
    confirm()
    purchase().confirm()
    expect(backend.inputs('purchase')).toEqual([
      {
        accountId: 'acc_larkspur',
        addOnId: analytics,
        previewId: preview?.previewId,
        expected: { dueNow: preview?.dueNow, seats: 15, termsVersion: '1' },
        acceptedFinalSale: true,
        idempotencyKey: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/),
      },
    ])
  })

  test('two hooks of one add-on are one purchase; another add-on’s is another one', async () => {
    const useThree = () => ({
      plan: usePlan(),
      one: usePurchase(analytics),
      same: usePurchase(analytics),
      other: usePurchase('ai-assist'),
    })
    const { now, backend } = run(useThree)
    await waitFor(() => expect(now().plan.status).toBe('ready'))
    now().one.refreshPrice()
    await waitFor(() => expect(now().same.canConfirm).toBe(true), { timeout: 3000 })
    expect(now().other.state.step).toBe('idle')
    now().one.confirm()
    now().same.confirm()
    await waitFor(() => expect(now().same.state.step).toBe('done'))
    expect(backend.count('purchase')).toBe(1)
    expect(now().other.state.step).toBe('idle')
  })

  test('nothing to confirm, nothing to resume, nothing to close: nothing happens', async () => {
    const { purchase, step, backend } = await ready()
    purchase().confirm()
    purchase().resume()
    purchase().close()
    expect(step()).toBe('idle')
    expect(backend.count()).toBe(1)
  })

  test('before the plan is known nothing is asked for', () => {
    const { now, backend } = run(useBoth, { override: () => ({ getPlan: never }) })
    now().purchase.refreshPrice()
    now().purchase.confirm()
    now().purchase.resume()
    expect(backend.calls.map(({ method }) => method)).toEqual(['getPlan'])
  })

  test('closing leaves a price, and never a purchase that is under way', async () => {
    const gate = new Gate()
    const { purchase, step } = await priced({
      override: (demo) => ({ purchase: async (...call) => gate.passed().then(() => demo.purchase(...call)) }),
    })
    purchase().close()
    await waitFor(() => expect(step()).toBe('idle'))
    purchase().refreshPrice()
    await waitFor(() => expect(purchase().canConfirm).toBe(true), { timeout: 3000 })
    purchase().confirm()
    purchase().close()
    await waitFor(() => expect(step()).toBe('submitting'))
    purchase().refreshPrice()
    expect(step()).toBe('submitting')
    gate.open()
    await waitFor(() => expect(step()).toBe('done'))
  })

  test('a screen without the kit’s dialog is the screen of the card too', async () => {
    const gate = new Gate()
    const { purchase } = await priced({
      beside: <PlanTab />,
      override: (demo) => ({ purchase: async (...call) => gate.passed().then(() => demo.purchase(...call)) }),
    })
    purchase().confirm()
    await waitFor(() => expect(document.body).toHaveTextContent('Checking your purchase'))
    gate.open()
    await waitFor(() => expect(document.body).toHaveTextContent('Since Nov 23, 2026'))
  })
})

describe('prices', () => {
  /** A backend whose prices are answered when and in which order the test says. */
  function byHand() {
    const waiting: ((change: Partial<PurchasePreview>) => void)[] = []
    const override: Override = (demo) => ({
      previewPurchase: (...call) =>
        new Promise((resolve, reject) => {
          waiting.push((change) => {
            demo.previewPurchase(...call).then((preview) => resolve({ ...preview, ...change }), reject)
          })
        }),
    })
    return { waiting, override }
  }

  test('answered out of order: the latest request wins, and there is nothing to confirm until it is here', async () => {
    const { waiting, override } = byHand()
    const { purchase, step, backend } = await ready({ override })
    purchase().refreshPrice()
    purchase().refreshPrice()
    await waitFor(() => expect(waiting).toHaveLength(2))
    const [first, second] = waiting
    first?.({ previewId: 'first' })
    purchase().confirm()
    await waitFor(() => expect(step()).toBe('loading'))
    second?.({ previewId: 'second' })
    await waitFor(() => expect(step()).toBe('review'))
    expect(purchase().preview?.previewId).toBe('second')
    expect(backend.count('purchase')).toBe(0)
  })

  test('an old one that comes last is not shown', async () => {
    const { waiting, override } = byHand()
    const { purchase, step } = await ready({ override })
    purchase().refreshPrice()
    purchase().refreshPrice()
    await waitFor(() => expect(waiting).toHaveLength(2))
    const [first, second] = waiting
    second?.({ previewId: 'second' })
    await waitFor(() => expect(step()).toBe('review'))
    first?.({ previewId: 'first' })
    // The old answer is as far as it gets when one that is asked for after it is here.
    purchase().refreshPrice()
    await waitFor(() => expect(waiting).toHaveLength(3))
    expect(purchase().preview?.previewId).toBe('second')
  })

  test('one that comes after the purchase was left is not shown', async () => {
    const { waiting, override } = byHand()
    const { purchase, step } = await ready({ override })
    purchase().refreshPrice()
    await waitFor(() => expect(waiting).toHaveLength(1))
    purchase().close()
    waiting[0]?.({})
    purchase().refreshPrice()
    await waitFor(() => expect(waiting).toHaveLength(2))
    expect(step()).toBe('loading')
    expect(purchase().preview).toBeUndefined()
  })

  test.each([
    ['another add-on', { addOnId: 'ai-assist' }],
    ['another account', { accountId: 'acc_other' }],
  ])('one that is of %s is no price', async (_, change) => {
    const { purchase, step } = await ready({ override: previewIs(change) })
    purchase().refreshPrice()
    await waitFor(() => expect(step()).toBe('unpriced'))
    expect(purchase().preview).toBeUndefined()
  })

  test('one whose lines do not add up is no price', async () => {
    const { purchase, step } = await ready({ override: previewIs({ dueNow: { amount: 1, currency: 'USD' } }) })
    purchase().refreshPrice()
    await waitFor(() => expect(step()).toBe('unpriced'))
    purchase().confirm()
    expect(step()).toBe('unpriced')
  })
})

describe('faults', () => {
  test('offline: an immediate error, and nothing is sent when the connection is back', async () => {
    const { purchase, step, backend, events } = await priced()
    const requests = vi.spyOn(backend, 'purchase')
    goOffline()
    purchase().confirm()
    await waitFor(() => expect(step()).toBe('failed'))
    expect(events).toMatchObject([{ type: 'failed', error: { code: 'offline' } }])
    const sent = requests.mock.calls.length
    goOnline()
    // A read that begins now is answered later than whatever would have been sent.
    await backend.getPlan()
    expect(requests.mock.calls.length).toBe(sent)
    expect(step()).toBe('failed')
    purchase().refreshPrice()
    await waitFor(() => expect(step()).toBe('review'))
  })

  test('a price that is asked for offline is an immediate error', async () => {
    const { purchase, step } = await ready()
    goOffline()
    purchase().refreshPrice()
    await waitFor(() => expect(step()).toBe('unpriced'))
    goOnline()
  })

  test('a busy key is asked about again only after Retry-After', async () => {
    const errors = [new AddOnError('request-in-progress', { retryAfter: 7 })]
    const { purchase, step, backend } = await priced({
      override: (demo) => ({
        purchase: async (...call) => {
          const error = errors.shift()
          if (error) throw error
          return demo.purchase(...call)
        },
      }),
    })
    const pass = stopTime()
    purchase().confirm()
    await untilSo(() => step() === 'checking')
    await pass(6999)
    expect(backend.count('purchase')).toBe(1)
    await pass(1)
    await expect.poll(step, { timeout: 5000 }).toBe('done')
    expect(backend.purchaseKeys()).toHaveLength(1)
  })

  test('too many at once closes the attempt: nothing was bought, and the next one has its own key', async () => {
    const errors = [new AddOnError('rate-limited', { retryAfter: 60 })]
    const { purchase, step, backend } = await priced({
      override: (demo) => ({
        purchase: async (...call) => {
          const error = errors.shift()
          if (error) throw error
          return demo.purchase(...call)
        },
      }),
    })
    purchase().confirm()
    await waitFor(() => expect(step()).toBe('failed'))
    purchase().refreshPrice()
    await waitFor(() => expect(step()).toBe('review'))
    await waitFor(() => expect(purchase().canConfirm).toBe(true), { timeout: 3000 })
    purchase().confirm()
    await waitFor(() => expect(step()).toBe('done'))
    expect(backend.purchaseKeys()).toHaveLength(2)
  })

  test('a foreign error of an adapter’s own is an open outcome', async () => {
    const { purchase, step, backend } = await priced({
      override: () => ({ purchase: () => Promise.reject(new TypeError('fetch failed')) }),
    })
    const pass = stopTime()
    purchase().confirm()
    await pass(0)
    await expect.poll(step, { timeout: 5000 }).toBe('checking')
    for (const wait of [1000, 2000, 3000, 5000, 8000, 13_000]) await pass(wait)
    await expect.poll(step, { timeout: 5000 }).toBe('unresolved')
    expect(backend.purchaseKeys()).toHaveLength(1)
  })

  test('403 asks for the plan again', async () => {
    let role = 'owner'
    const { purchase, step, now, backend } = await priced({ role: () => role })
    role = 'supervisor'
    purchase().confirm()
    await waitFor(() => expect(step()).toBe('not-allowed'))
    await waitFor(() => expect(now().plan.data?.viewer.role).toBe('supervisor'))
    expect(backend.count('getPlan')).toBe(2)
  })

  test('a pending purchase of the viewer’s own, from an earlier visit, is resumed under its own key', async () => {
    const store = createMemoryStore()
    const first = await priced({ store, nextPurchase: 'action-needed' })
    first.purchase().confirm()
    await waitFor(() => expect(first.step()).toBe('action-needed'))
    first.unmount()
    // Another browser, in which nothing is kept.
    localStorage.clear()
    const { purchase, step, now, backend } = await ready({ store })
    expect(now().addOn.data?.pendingPurchase).toMatchObject({ state: 'action-needed', mine: true })
    purchase().resume()
    purchase().resume()
    await waitFor(() => expect(step()).toBe('done'))
    expect(backend.purchaseKeys()).toEqual(first.backend.purchaseKeys())
    expect(backend.count('purchase')).toBe(1)
  })

  test('an answer that arrives after its page has gone is in the plan, and told on the next page', async () => {
    const gate = new Gate()
    const backend = new Backend({
      override: (demo) => ({ purchase: async (...call) => gate.passed().then(() => demo.purchase(...call)) }),
    })
    const provider = { queryClient: new QueryClient() }
    const { purchase, unmount, events } = await priced({ backend, provider })
    purchase().confirm()
    await waitFor(() => expect(backend.count('purchase')).toBe(1))
    unmount()
    gate.open()
    const next = run(useBoth, { backend, provider })
    await waitFor(() => expect(next.now().purchase.state.step).toBe('done'))
    expect(next.now().addOn.data?.status.kind).toBe('active')
    expect(backend.purchaseKeys()).toHaveLength(1)
    expect(types([...events, ...next.events])).toEqual(['purchased'])
    expect(localStorage).toHaveLength(0)
  })

  test('a plan that was asked for before the answer came never shows that it is not bought', async () => {
    const gate = new Gate()
    let isSlow = false
    const { purchase, step, now, backend } = await priced({
      override: (demo) => ({
        getPlan: async (...call) => {
          const isToWait = isSlow
          const plan = await demo.getPlan(...call)
          if (isToWait) await gate.passed()
          return plan
        },
      }),
    })
    const kinds: (string | undefined)[] = []
    isSlow = true
    now().plan.refetch()
    await waitFor(() => expect(backend.count('getPlan')).toBe(2))
    isSlow = false
    purchase().confirm()
    await waitFor(() => expect(step()).toBe('done'))
    kinds.push(now().addOn.data?.status.kind)
    gate.open()
    await waitFor(() => expect(backend.count('getPlan')).toBe(3))
    await waitFor(() => expect(now().plan.isFetching).toBe(false))
    kinds.push(now().addOn.data?.status.kind)
    expect(kinds).toEqual(['active', 'active'])
  })
})

test('each of two Owners on two screens is told of the other’s purchase', async () => {
  const store = createMemoryStore()
  const olive = await priced({ store })
  const otto = await priced({ store, viewer: { id: 'usr_otto', name: 'Otto' } })
  olive.purchase().confirm()
  otto.purchase().confirm()
  await waitFor(() => expect([olive.step(), otto.step()].sort()).toEqual(['already-purchased', 'done']))
  const { unmount } = show({ store })
  await waitFor(() => expect(document.body).toHaveTextContent('Since Nov 23, 2026'))
  unmount()
})
