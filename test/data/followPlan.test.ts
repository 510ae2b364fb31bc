import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { followPlan } from '../../src/data/followPlan.js'
import { runAttempt } from '../../src/data/runAttempt.js'
import { AddOnError } from '../../src/domain/errors.js'
import type { PlanOverview } from '../../src/domain/planOverview.js'
import type { PurchaseState } from '../../src/domain/purchaseState.js'
import {
  accountId,
  actionNeeded,
  addOnId,
  attempt,
  Backend,
  closeBrowser,
  completed,
  kept,
  keptName,
  lost,
  now,
  openBrowser,
  Page,
  pass,
  pendingPurchase,
  planOf,
  planWith,
  preview,
  type Reply,
  start,
} from './Page.js'

beforeEach(openBrowser)
afterEach(closeBrowser)

const days = (count: number) => count * 24 * 60 * 60 * 1000

/** A page that has just learned its plan, where another page has kept something. */
async function reload(text: string, ...replies: Reply[]) {
  localStorage.setItem(keptName, text)
  const backend = new Backend(...replies)
  const page = new Page(backend)
  followPlan(page.context, undefined, planOf())
  await now()
  return { backend, page }
}

const keptText = (change: object = {}) => JSON.stringify({ ...attempt, acceptedFinalSale: true, ...change })

describe('what an earlier page kept', () => {
  test('is sent again: the same key and the same body', async () => {
    const { backend, page } = await reload(keptText(), completed)
    const { idempotencyKey, previewId, expected } = attempt
    expect(backend.sent).toEqual([{ idempotencyKey, accountId, addOnId, previewId, expected, acceptedFinalSale: true }])
    expect(page.state.step).toBe('done')
    expect(page.store.getState().current).toMatchObject({ addOnId, action: 'subscribe' })
    expect(kept()).toBeNull()
  })

  test('is called “checking” until its outcome is known', async () => {
    const { page } = await reload(keptText(), () => new Promise(() => {}))
    expect(page.state).toMatchObject({ step: 'checking', attempt })
  })

  test.each([
    ['by another account', { accountId: 'acc_other' }],
    ['by another viewer', { viewerId: 'usr_other' }],
    ['more than 30 days ago', { sentAt: start - days(30) - 1 }],
    ['without agreement to a final sale', { acceptedFinalSale: false }],
    ['without a key', { idempotencyKey: undefined }],
    ['under another key', { idempotencyKey: '00000000-0000-4000-8000-000000000002' }],
    ['under what is no key', { idempotencyKey: 'mine' }],
    ['without an account', { accountId: undefined }],
    ['without a viewer', { viewerId: undefined }],
    ['without an add-on', { addOnId: undefined }],
    ['without a preview', { previewId: undefined }],
    ['without what was agreed to', { expected: undefined }],
    ['without its time', { sentAt: undefined }],
    ['for a press that never was', { isForPress: false }],
  ])('%s is dropped and never sent', async (_, change) => {
    const { backend, page } = await reload(keptText(change))
    await pass(60)
    expect(backend.sent).toEqual([])
    expect(page.state.step).toBe('idle')
    expect(kept()).toBeNull()
  })

  test.each(['', 'null', '{', '[]', '"attempt"'])('and is not an attempt (%j) is dropped', async (text) => {
    const { backend } = await reload(text)
    expect(backend.sent).toEqual([])
    expect(localStorage.getItem(keptName)).toBeNull()
  })

  test('30 days ago is still sent', async () => {
    const { backend } = await reload(keptText({ sentAt: start - days(30) }), completed)
    expect(backend.sent).toHaveLength(1)
  })

  test('when the session ended waits for a press, which is said, and stays kept', async () => {
    const { backend, page } = await reload(keptText({ isForPress: true }), completed)
    await pass(600)
    expect(backend.sent).toEqual([])
    expect(page.state).toMatchObject({ step: 'unresolved', attempt, error: { code: 'unauthenticated' } })
    expect(kept()).toMatchObject({ isForPress: true })
  })

  test('of several add-ons is all found out', async () => {
    const other = { ...attempt, idempotencyKey: '00000000-0000-4000-8000-000000000002', addOnId: 'ai-assist' }
    localStorage.setItem(
      `addon-kit/attempt/${other.idempotencyKey}`,
      JSON.stringify({ ...other, acceptedFinalSale: true }),
    )
    const { backend } = await reload(keptText(), lost())
    expect(backend.sent.map((input) => input.addOnId).sort()).toEqual(['ai-assist', addOnId])
  })

  test('by anything else on the page is left alone', async () => {
    localStorage.setItem('theme', 'dark')
    localStorage.setItem('other/addon-kit/attempt/', '{}')
    await reload(keptText(), completed)
    expect(localStorage.getItem('theme')).toBe('dark')
    expect(localStorage.getItem('other/addon-kit/attempt/')).toBe('{}')
  })

  test('is not looked for again when the plan is read again', async () => {
    localStorage.setItem(keptName, keptText())
    const backend = new Backend()
    const page = new Page(backend)
    followPlan(page.context, planOf(), planOf())
    await now()
    expect(backend.sent).toEqual([])
    expect(page.state.step).toBe('idle')
  })
})

/** A page in a state, that learns another plan. */
async function learn(state: PurchaseState, before: PlanOverview, after: PlanOverview, ...replies: Reply[]) {
  localStorage.setItem(keptName, keptText())
  const backend = new Backend(...replies)
  const page = new Page(backend)
  page.store.setState({ purchases: { [page.key]: state } })
  followPlan(page.context, before, after)
  await now()
  return { backend, page }
}

describe('an open attempt, when the plan is read again', () => {
  const unresolved: PurchaseState = { step: 'unresolved', attempt, error: lost() }
  const slow: PurchaseState = { step: 'processing', attempt, isSlow: true }
  const waiting: PurchaseState = { step: 'action-needed', attempt, action: { type: 'challenge' } }
  const pending = planWith({ pendingPurchase })

  test.each<[string, PurchaseState, PlanOverview, PlanOverview]>([
    ['is pending no longer', slow, pending, planOf()],
    ['is pending no longer, and bought', waiting, pending, planOf({ status: 'active' })],
    ['is bought', unresolved, planOf(), planOf({ status: 'active' })],
    ['is bought, and was not told of before', unresolved, { ...planOf(), addOns: [] }, planOf({ status: 'active' })],
  ])('is asked about once more where the add-on %s', async (_, state, before, after) => {
    const { backend, page } = await learn(state, before, after, completed)
    expect(backend.sent).toHaveLength(1)
    expect(page.state.step).toBe('done')
  })

  test.each<[string, PurchaseState, PlanOverview, PlanOverview]>([
    ['nothing is new', unresolved, planOf(), planOf()],
    ['it is still pending', slow, pending, pending],
    ['it has just become pending', unresolved, planOf(), pending],
    [
      'something is bought and something is pending',
      unresolved,
      planOf(),
      planWith({ pendingPurchase }, planOf({ status: 'active' })),
    ],
    ['only another viewer’s request is new', unresolved, planOf(), planOf({ hasAsked: true })],
    [
      'the session ended: only a press sends it',
      { ...unresolved, error: new AddOnError('unauthenticated') },
      pending,
      planOf(),
    ],
  ])('is left alone where %s', async (_, state, before, after) => {
    const { backend, page } = await learn(state, before, after)
    expect(backend.sent).toEqual([])
    expect(page.state).toEqual(state)
  })

  test('is left alone where something is new of another add-on', async () => {
    const [other] = pending.addOns
    if (!other) throw new TypeError('The plan is empty.')
    const beside = (plan: PlanOverview) => ({ ...plan, addOns: [{ ...other, id: 'ai-assist' }, ...plan.addOns] })
    const { backend } = await learn(unresolved, beside(planOf()), beside(planOf()))
    expect(backend.sent).toEqual([])
  })

  test('whose session ended is dropped where the add-on is bought: nothing is left to press for', async () => {
    localStorage.setItem(keptName, keptText())
    const signedOut: PurchaseState = { ...unresolved, error: new AddOnError('unauthenticated') }
    const { backend, page } = await learn(signedOut, pending, planOf({ status: 'active' }))
    expect(backend.sent).toEqual([])
    expect(page.state).toEqual({ step: 'idle' })
    expect(kept()).toBeNull()
  })

  test('that is under way already is asked about by that run, which waits no longer', async () => {
    const backend = new Backend(lost(), completed)
    const page = new Page(backend)
    void runAttempt(page.context, attempt, 'confirm')
    await now()
    expect(page.steps).toEqual(['checking'])
    followPlan(page.context, pending, planOf({ status: 'active' }))
    await now()
    expect(backend.sent).toHaveLength(2)
    expect(page.state.step).toBe('done')
  })

  test('which waited for the bank is asked about without asking the bank again', async () => {
    const onPaymentAction = vi.fn()
    localStorage.setItem(keptName, keptText())
    const page = new Page(new Backend(actionNeeded))
    page.host.current = { onPaymentAction }
    page.store.setState({ purchases: { [page.key]: waiting } })
    followPlan(page.context, pending, planOf())
    await pass(60)
    expect(onPaymentAction).not.toHaveBeenCalled()
  })
})

describe('a price on screen, when the plan is read again', () => {
  const review: PurchaseState = { step: 'review', preview, confirmableFrom: start }
  const billing = planOf().account.billing
  const billed = (change: object): PlanOverview => {
    const plan = planOf()
    return { ...plan, account: { ...plan.account, billing: billing && { ...billing, ...change } } }
  }

  test.each<[string, PlanOverview]>([
    ['the seats', billed({ seats: { standardLicenses: 13, additionalUsers: 3 } })],
    ['the billing period', billed({ period: { start: '2026-03-02T00:00:00Z', end: '2026-04-02T00:00:00Z' } })],
    ['the price of a seat', planWith({ unitPrice: { amount: 1600, currency: 'USD' } })],
    ['the frequency', planWith({ frequency: 'annual' })],
    ['who has bought it', planOf({ status: 'active' })],
  ])('is asked for again where %s changed', async (_, after) => {
    const { backend, page } = await learn(review, planOf(), after)
    expect(backend.prices).toBe(1)
    expect(page.steps).toContain('loading')
  })

  test('is left alone where the viewer may not buy any more', async () => {
    const { backend, page } = await learn(review, planOf(), planOf({ mode: 'quote' }))
    expect(backend.prices).toBe(0)
    expect(page.state).toEqual(review)
  })

  test('is asked for again where it changed already once', async () => {
    const { backend } = await learn(
      { step: 'price-changed', preview, previous: preview, confirmableFrom: start + 1000 },
      planOf(),
      planWith({ unitPrice: { amount: 1600, currency: 'USD' } }),
    )
    expect(backend.prices).toBe(1)
  })

  test('stays where nothing that it rests on changed', async () => {
    const { backend, page } = await learn(review, planOf(), {
      ...planOf({ hasAsked: true }),
      serverTime: '2026-03-16T00:01:00Z',
    })
    expect(backend.prices).toBe(0)
    expect(page.state).toEqual(review)
  })

  test.each<PurchaseState>([
    { step: 'idle' },
    { step: 'done', purchase: completed },
    { step: 'declined', preview },
    { step: 'loading', request: 1, previous: preview },
  ])('is not asked for where none can be confirmed ($step)', async (state) => {
    const { backend } = await learn(state, planOf(), planWith({ unitPrice: { amount: 1600, currency: 'USD' } }))
    expect(backend.prices).toBe(0)
  })
})

describe('when somebody else is signed in', () => {
  test('what the old viewer left open is forgotten, and nothing of it is sent again', async () => {
    const backend = new Backend(lost())
    const page = new Page(backend)
    void runAttempt(page.context, attempt, 'confirm')
    await now()
    page.store.end()
    await pass(600)
    expect(kept()).toBeNull()
    expect(backend.sent).toHaveLength(1)
  })

  test('an answer that comes afterwards reaches neither plan nor state nor host', async () => {
    let answer = (_: typeof completed) => {}
    const reply = () =>
      new Promise<typeof completed>((resolve) => {
        answer = resolve
      })
    const page = new Page(new Backend(reply))
    const run = runAttempt(page.context, attempt, 'confirm')
    await now()
    page.store.setState({ purchases: { [page.key]: { step: 'submitting', attempt, preview } } })
    page.store.end()
    answer(completed)
    await run
    expect(page.addOn?.status.kind).toBe('available')
    expect(page.state.step).toBe('submitting')
    expect(page.events).toEqual([])
    expect(kept()).toBeNull()
  })

  test('other attempts of this browser stay kept', () => {
    localStorage.setItem('addon-kit/attempt/other', '{}')
    const page = new Page(new Backend())
    page.store.setState({ purchases: { [page.key]: { step: 'checking', attempt }, other: { step: 'idle' } } })
    page.store.end()
    expect(localStorage.getItem('addon-kit/attempt/other')).toBe('{}')
  })
})
