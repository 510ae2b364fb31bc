import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { dispatch } from '../../src/data/purchases.js'
import { runAttempt } from '../../src/data/runAttempt.js'
import { AddOnError, type AddOnErrorDetails } from '../../src/domain/errors.js'
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
  Locks,
  lost,
  now,
  openBrowser,
  Page,
  pass,
  pendingPurchase,
  planOf,
  planWith,
  preview,
  processing,
  type Reply,
} from './Page.js'

beforeEach(openBrowser)
afterEach(closeBrowser)

/** A page on which a press has just confirmed the purchase. */
function confirm(...replies: Reply[]) {
  const backend = new Backend(...replies)
  const page = new Page(backend)
  const run = runAttempt(page.context, attempt, 'confirm')
  return { backend, page, run }
}

/** When one key is sent, in seconds, until asking stops. */
const allTimes = [0, 1, 3, 6, 11, 19, 32]

describe('a purchase that is confirmed', () => {
  test('is kept before it is sent, with all that sending it again takes and with nobody’s name', async () => {
    let before: unknown
    confirm(async () => {
      before = kept()
      return completed
    })
    await now()
    expect(before).toEqual({ ...attempt, acceptedFinalSale: true })
  })

  test('is sent as the contract says, in the viewer’s language', async () => {
    const { backend } = confirm(completed)
    await now()
    const { idempotencyKey, previewId, expected } = attempt
    expect(backend.sent).toEqual([{ idempotencyKey, accountId, addOnId, previewId, expected, acceptedFinalSale: true }])
    expect(backend.locales).toEqual(['de'])
  })

  test('and went through is done: the plan has it, the host is told, and nothing is kept', async () => {
    const { page, run } = confirm(completed)
    await run
    expect(page.state).toEqual({ step: 'done', purchase: completed })
    expect(page.addOn?.status).toEqual({ kind: 'active', since: completed.purchasedAt })
    expect(page.events).toEqual([{ type: 'purchased', addOnId, purchase: completed }])
    expect(kept()).toBeNull()
  })

  test('and was charged at another amount is reported as that, never as purchased', async () => {
    const purchase = { ...completed, charged: { amount: 1, currency: 'USD' } }
    const { page, run } = confirm(purchase)
    await run
    expect(page.state.step).toBe('mischarged')
    expect(page.events).toEqual([{ type: 'mischarged', addOnId, purchase }])
  })

  test('does not become “checking” before an answer is missing', async () => {
    const { page } = confirm(() => new Promise(() => {}))
    page.store.setState({ purchases: { [page.key]: { step: 'submitting', attempt, preview } } })
    await pass(60)
    expect(page.state.step).toBe('submitting')
    expect(page.steps).toEqual(['submitting'])
  })

  test('is sent once, however often the same one is confirmed', async () => {
    const { backend, page, run } = confirm(completed)
    void runAttempt(page.context, { ...attempt, idempotencyKey: 'another' }, 'confirm')
    await run
    expect(backend.sent).toHaveLength(1)
  })
})

describe('a purchase whose answer is lost', () => {
  test('is sent again as itself after 1, 2, 3, 5, 8 and 13 seconds, and then no more', async () => {
    const { backend, page, run } = confirm(lost())
    await pass(31)
    expect(page.state).toEqual({ step: 'checking', attempt })
    await pass(600)
    await run
    expect(backend.times).toEqual(allTimes)
    expect(new Set(backend.sent.map((input) => JSON.stringify(input))).size).toBe(1)
    expect(page.state).toMatchObject({ step: 'unresolved', attempt, error: { code: 'network' } })
    expect(page.events).toMatchObject([{ type: 'failed', addOnId, error: { code: 'network' } }])
    expect(kept()).toEqual({ ...attempt, acceptedFinalSale: true })
  })

  test.each(['network', 'timeout', 'invalid-response', 'internal', 'unavailable', 'request-in-progress'] as const)(
    '(%s) and that went through after all is done',
    async (code) => {
      const { backend, page } = confirm(new AddOnError(code), completed)
      await pass(1)
      expect(backend.times).toEqual([0, 1])
      expect(page.steps).toEqual(['checking', 'done'])
      expect(kept()).toBeNull()
    },
  )

  test('waits as long as the backend asks for, and no shorter than it would without', async () => {
    const { backend } = confirm(
      new AddOnError('unavailable', { retryAfter: 4 }),
      new AddOnError('unavailable', { retryAfter: 1 }),
      completed,
    )
    await pass(60)
    expect(backend.times).toEqual([0, 4, 6])
  })

  test('is asked about no more where the backend wants silence for longer than a viewer waits', async () => {
    const { backend, page, run } = confirm(new AddOnError('unavailable', { retryAfter: 11 }))
    await run
    await pass(3600)
    expect(backend.sent).toHaveLength(1)
    expect(page.state).toMatchObject({ step: 'unresolved', error: { retryAfter: 11 } })
    expect(kept()).not.toBeNull()
  })

  test('is asked about again after the longest silence that a viewer waits', async () => {
    const { backend } = confirm(new AddOnError('unavailable', { retryAfter: 10 }), completed)
    await pass(3600)
    expect(backend.times).toEqual([0, 10])
  })

  test('is sent again at once when the viewer presses “Check again”', async () => {
    const { backend, page } = confirm(lost(), completed)
    await pass(0.5)
    page.store.hurry.get(page.key)?.(true)
    await now()
    expect(backend.times).toEqual([0, 0.5])
    expect(page.state.step).toBe('done')
    expect(page.store.hurry.size).toBe(0)
  })

  test('a foreign error of an adapter counts as a lost answer', async () => {
    const { page } = confirm(() => Promise.reject(new Error('boom')), completed)
    await pass(1)
    expect(page.steps).toEqual(['checking', 'done'])
  })
})

describe('a purchase that is accepted but not completed', () => {
  test('is asked about as often, and then called slow, which is no failure', async () => {
    const { backend, page, run } = confirm(processing)
    await now()
    expect(page.state).toEqual({ step: 'processing', attempt, isSlow: false })
    expect(page.addOn?.pendingPurchase?.state).toBe('processing')
    await pass(600)
    await run
    expect(backend.times).toEqual(allTimes)
    expect(page.state).toEqual({ step: 'processing', attempt, isSlow: true })
    expect(page.events).toEqual([])
    expect(kept()).not.toBeNull()
  })

  test('and waits for the bank, where the host cannot ask, keeps waiting for it', async () => {
    const { backend, page, run } = confirm(actionNeeded)
    await pass(600)
    await run
    expect(backend.times).toEqual(allTimes)
    expect(page.state).toEqual({ step: 'action-needed', attempt, action: { type: 'challenge' } })
    expect(page.events).toEqual([])
    expect(kept()).not.toBeNull()
  })
})

describe('a purchase that is refused', () => {
  test.each([
    ['payment-declined', 'declined'],
    ['preview-expired', 'expired'],
    ['already-purchased', 'already-purchased'],
    ['purchase-pending', 'purchase-pending'],
    ['forbidden', 'not-allowed'],
    ['not-found', 'not-allowed'],
    ['account-changed', 'not-allowed'],
    ['unauthenticated', 'failed'],
    ['rate-limited', 'failed'],
    ['offline', 'failed'],
    ['idempotency-key-reused', 'failed'],
  ] as const)('the first time it is sent (%s) is over: %s, and nothing is kept or sent again', async (code, step) => {
    const { backend, page, run } = confirm(new AddOnError(code))
    await run
    await pass(600)
    expect(page.state).toMatchObject({ step, error: { code } })
    expect(page.told).toEqual(['failed'])
    expect(backend.sent).toHaveLength(1)
    expect(kept()).toBeNull()
  })

  test.each([
    'payment-declined',
    'preview-changed',
    'preview-expired',
    'already-purchased',
    'purchase-pending',
  ] as const)('when its outcome is asked for (%s) is over: that is said of this very key', async (code) => {
    const { backend, page } = confirm(lost(), new AddOnError(code))
    await pass(60)
    expect(backend.times).toEqual([0, 1])
    expect(page.state).toMatchObject({ error: { code } })
    expect(page.told).toEqual(['failed'])
    expect(kept()).toBeNull()
  })

  test('for a new price shows it, and waits a second from now for the next press', async () => {
    const dearer = { ...preview, previewId: 'prv_2', dueNow: { amount: 20_000, currency: 'USD' } }
    const { page } = confirm(lost(), new AddOnError('preview-changed', { preview: dearer }))
    await pass(1)
    expect(page.state).toMatchObject({
      step: 'price-changed',
      preview: dearer,
      confirmableFrom: performance.now() + 1000,
    })
  })
})

describe('a refusal of a repeat that says nothing of what the first send did', () => {
  test.each(['idempotency-key-reused', 'account-changed', 'invalid-request', 'too-large'] as const)(
    '(%s) ends asking, and leaves the outcome open',
    async (code) => {
      const { backend, page } = confirm(lost(), new AddOnError(code))
      await pass(60)
      expect(backend.times).toEqual([0, 1])
      expect(page.state).toMatchObject({ step: 'unresolved', error: { code } })
      expect(page.told).toEqual(['failed'])
      expect(kept()).toEqual({ ...attempt, acceptedFinalSale: true })
    },
  )

  test.each(['rate-limited', 'offline'] as const)('(%s) is waited for like a lost answer', async (code) => {
    const { backend, page } = confirm(lost(), new AddOnError(code), completed)
    await pass(60)
    expect(backend.times).toEqual([0, 1, 3])
    expect(page.state.step).toBe('done')
    expect(page.told).toEqual(['purchased'])
  })

  test('(401) ends asking and is kept for a press of its buyer, which sends it again', async () => {
    const { backend, page } = confirm(lost(), new AddOnError('unauthenticated'), completed)
    await pass(60)
    expect(backend.times).toEqual([0, 1])
    expect(page.state).toMatchObject({ step: 'unresolved', error: { code: 'unauthenticated' } })
    expect(kept()).toEqual({ ...attempt, acceptedFinalSale: true, isForPress: true })
    await runAttempt(page.context, attempt, 'resume')
    expect(backend.sent).toHaveLength(3)
    expect(page.state.step).toBe('done')
    expect(kept()).toBeNull()
  })

  test.each<[string, Backend['plan']]>([
    ['somebody else is signed in', { ...planOf(), viewer: { ...planOf().viewer, id: 'usr_other' } }],
    ['another account is signed in', { ...planOf(), account: { ...planOf().account, id: 'acc_other' } }],
    ['nobody is signed in', new AddOnError('unauthenticated')],
  ])('(401) is not sent by a press where %s', async (_, plan) => {
    const { backend, page } = confirm(lost(), new AddOnError('unauthenticated'))
    await pass(60)
    backend.plan = plan
    await runAttempt(page.context, attempt, 'resume')
    expect(backend.sent).toHaveLength(2)
    expect(page.state).toMatchObject({ step: 'unresolved', error: { code: 'unauthenticated' } })
    expect(kept()).toMatchObject({ isForPress: true })
  })

  test('(account-changed) is sent by a press without another look at who is signed in', async () => {
    const { backend, page } = confirm(lost(), new AddOnError('account-changed'), completed)
    await pass(60)
    backend.plan = new AddOnError('unavailable')
    await runAttempt(page.context, attempt, 'resume')
    expect(page.state.step).toBe('done')
  })

  test('(401) then a press: while it is sent again it is kept for any page once more', async () => {
    const { page } = confirm(lost(), new AddOnError('unauthenticated'), lost())
    await pass(60)
    void runAttempt(page.context, attempt, 'resume')
    await now()
    expect(kept()).toEqual({ ...attempt, acceptedFinalSale: true })
  })
})

describe('a buyer who may not ask any more', () => {
  const code = 'forbidden'
  async function refuse(
    plan: Backend['plan'],
    details: AddOnErrorDetails = { reason: 'role' },
    refused: 'forbidden' | 'not-found' = code,
  ) {
    const { backend, page } = confirm(lost(), new AddOnError(refused, { requestId: 'req_1', ...details }))
    backend.plan = plan
    await pass(60)
    expect(backend.times).toEqual([0, 1])
    return { backend, page }
  }

  test.each([
    ['active', 'forbidden'],
    ['included', 'forbidden'],
    ['active', 'not-found'],
  ] as const)(
    'learns from the plan that it is %s (%s), which ends the attempt without a failure',
    async (status, refused) => {
      const { backend, page } = await refuse(planOf({ status }), {}, refused)
      expect(backend.reads).toBeGreaterThan(0)
      expect(page.state).toEqual({ step: 'idle' })
      expect(page.events).toEqual([])
      expect(kept()).toBeNull()
    },
  )

  test('learns from the plan that nothing was bought, which makes the refusal final', async () => {
    const { page } = await refuse(planOf())
    expect(page.state).toMatchObject({ step: 'not-allowed', error: { code, requestId: 'req_1' } })
    expect(page.told).toEqual(['failed'])
    expect(kept()).toBeNull()
  })

  test('is not told that it is bought because another add-on is', async () => {
    const [bought] = planOf({ status: 'active' }).addOns
    if (!bought) throw new TypeError('The plan is empty.')
    const { page } = await refuse({ ...planOf(), addOns: [{ ...bought, id: 'ai-assist' }, ...planOf().addOns] })
    expect(page.state).toMatchObject({ step: 'not-allowed', error: { code } })
  })

  test.each<[string, Backend['plan']]>([
    ['it is still pending', planWith({ pendingPurchase })],
    ['it is bought and another purchase is pending', planWith({ pendingPurchase }, planOf({ status: 'active' }))],
    ['the add-on is not told of any more', { ...planOf(), addOns: [] }],
    ['the plan is another account’s', { ...planOf(), account: { ...planOf().account, id: 'acc_other' } }],
    [
      'an Agent is not told of purchases, not even of their own',
      {
        ...planOf({ role: 'agent', status: 'trialing' }),
        viewer: { ...planOf({ role: 'agent' }).viewer, id: attempt.viewerId },
      },
    ],
    ['the plan is another viewer’s', { ...planOf(), viewer: { ...planOf().viewer, id: 'usr_otto' } }],
    ['the plan cannot be read', new AddOnError('forbidden')],
  ])('is left with an open outcome where %s', async (_, plan) => {
    const { page } = await refuse(plan)
    expect(page.state).toMatchObject({ step: 'unresolved', error: { code } })
    expect(kept()).not.toBeNull()
  })

  test.each([
    ['forbidden', {}],
    ['forbidden', { reason: 'origin' }],
    ['not-found', {}],
  ] as const)(
    'is left with an open outcome by a gateway’s refusal, which is no word of the policy (%s %o)',
    async (refused, details) => {
      const { page } = await refuse(planOf(), details, refused)
      expect(page.state).toMatchObject({ step: 'unresolved', error: { code: refused } })
      expect(kept()).not.toBeNull()
    },
  )
})

test('a buyer who may not ask any more gets a fresh plan, not the one of a moment ago', async () => {
  const { backend, page } = confirm(lost(), lost(), new AddOnError('forbidden'))
  await pass(1)
  await page.context.queryClient.fetchQuery({ queryKey: ['other'], queryFn: () => 1 })
  backend.plan = planOf({ status: 'active' })
  await pass(60)
  expect(page.state).toEqual({ step: 'idle' })
})

describe('an attempt that is found out without a press', () => {
  test('says so at once', async () => {
    localStorage.setItem(keptName, '{}')
    const page = new Page(new Backend(() => new Promise(() => {})))
    void runAttempt(page.context, attempt, 'reconcile')
    await now()
    expect(page.state).toEqual({ step: 'checking', attempt })
  })

  test.each(['reconcile', 'follow'] as const)('(%s) is not sent when it is kept no longer', async (cause) => {
    const backend = new Backend()
    const page = new Page(backend)
    await runAttempt(page.context, attempt, cause)
    expect(backend.sent).toEqual([])
    expect(page.store.getState().purchases).toEqual({ [page.key]: { step: 'idle' } })
    expect(kept()).toBeNull()
  })

  test.each(['resume', 'confirm'] as const)('a press sends it all the same (%s)', async (cause) => {
    const backend = new Backend(completed)
    await runAttempt(new Page(backend).context, attempt, cause)
    expect(backend.sent).toHaveLength(1)
  })

  test.each(['resume', 'reconcile', 'follow'] as const)(
    'was sent before (%s): a refusal that says nothing of it leaves it open',
    async (cause) => {
      localStorage.setItem(keptName, '{}')
      const page = new Page(new Backend(new AddOnError('account-changed')))
      await runAttempt(page.context, attempt, cause)
      expect(page.state.step).toBe('unresolved')
    },
  )
})

describe('two pages of one browser', () => {
  test('send one attempt one after the other, and the second only if the first did not find it out', async () => {
    const backend = new Backend(lost(), completed)
    const first = new Page(backend)
    const second = new Page(backend)
    void runAttempt(first.context, attempt, 'confirm')
    await now()
    const waiting = runAttempt(second.context, attempt, 'reconcile')
    await now()
    expect(backend.sent).toHaveLength(1)
    expect(second.state.step).toBe('checking')
    await pass(1)
    await waiting
    expect(first.state.step).toBe('done')
    expect(second.state.step).toBe('idle')
    expect(backend.sent).toHaveLength(2)
  })

  test('wait for each other by the attempt’s name, so that purchases of other add-ons go on', async () => {
    const locks = new Locks()
    vi.stubGlobal('navigator', { locks })
    confirm(completed)
    await now()
    expect(locks.names).toEqual([keptName])
  })
})

describe('a provider that goes', () => {
  test('while it waits sends nothing more, and leaves the attempt to the next page as it is', async () => {
    const { backend, page, run } = confirm(lost(), completed)
    await pass(0.5)
    page.store.life.abort()
    await run
    await pass(60)
    expect(backend.sent).toHaveLength(1)
    expect(page.steps).toEqual(['checking'])
    expect(page.events).toEqual([])
    expect(kept()).toEqual({ ...attempt, acceptedFinalSale: true })
  })

  test('while an answer is on its way leaves its outcome to the next page, and lets the plan know', async () => {
    let answer = (_: typeof completed) => {}
    const { page, run } = confirm(
      () =>
        new Promise((resolve) => {
          answer = resolve
        }),
    )
    await now()
    page.store.life.abort()
    answer(completed)
    await run
    expect(page.addOn?.status.kind).toBe('active')
    expect(page.steps).toEqual([])
    expect(page.events).toEqual([])
    expect(kept()).not.toBeNull()
  })

  test('while a refusal is on its way does not read the plan for it', async () => {
    let refuse = (_: Error) => {}
    const { backend, page, run } = confirm(
      lost(),
      () =>
        new Promise((_, reject) => {
          refuse = reject
        }),
    )
    await pass(1)
    page.store.life.abort()
    refuse(new AddOnError('forbidden'))
    await run
    expect(backend.reads).toBe(0)
    expect(kept()).not.toBeNull()
  })

  test('while the plan is read for a refusal leaves the outcome to the next page', async () => {
    const { backend, page, run } = confirm(lost(), new AddOnError('forbidden'))
    backend.getPlan = async () => {
      page.store.life.abort()
      return planOf()
    }
    await pass(1)
    await run
    expect(page.steps).toEqual(['checking'])
    expect(page.events).toEqual([])
    expect(kept()).not.toBeNull()
  })

  test('before its turn keeps nothing and sends nothing', async () => {
    const backend = new Backend()
    const page = new Page(backend)
    page.store.life.abort()
    await runAttempt(page.context, attempt, 'confirm')
    expect(backend.sent).toEqual([])
    expect(kept()).toBeNull()
  })

  test('leaves the way free for the next one', async () => {
    const { page, run } = confirm(lost(), completed)
    await pass(0.5)
    page.store.life.abort()
    await run
    expect(page.store.hurry.size).toBe(0)
  })
})

test('what does not concern a purchase wakes nobody who shows it', async () => {
  const { page, run } = confirm(completed)
  await run
  const listener = vi.fn()
  page.store.subscribe(listener)
  dispatch(page.store, page.key, { type: 'price-expired', previewId: 'prv_1' })
  expect(listener).not.toHaveBeenCalled()
})

describe('what becomes of a purchase', () => {
  test('is announced where no screen shows it', async () => {
    const { page, run } = confirm(completed)
    await run
    expect(page.store.getState().announcement).toEqual({ addOnId, step: 'done' })
  })

  test('is not announced where a screen shows it', async () => {
    const { page, run } = confirm(completed)
    page.store.screens.set(page.key, 1)
    await run
    expect(page.store.getState().announcement).toBe('')
  })

  test('of a page before opens the dialog once on that ending', async () => {
    localStorage.setItem(keptName, '{}')
    const page = new Page(new Backend(completed))
    await runAttempt(page.context, attempt, 'reconcile')
    expect(page.store.getState().current).toMatchObject({ addOnId, action: 'subscribe' })
    expect(page.told).toEqual(['purchased', 'opened'])
  })

  test('of a page before does not take the place of a dialog that is open', async () => {
    localStorage.setItem(keptName, '{}')
    const page = new Page(new Backend(completed))
    page.store.setState({ current: { addOnId: 'ai-assist' } })
    await runAttempt(page.context, attempt, 'reconcile')
    expect(page.store.getState().current).toEqual({ addOnId: 'ai-assist' })
    expect(page.store.getState().announcement).toEqual({ addOnId, step: 'done' })
  })

  test('of a page before does not take the place of what the host asks', async () => {
    localStorage.setItem(keptName, '{}')
    const page = new Page(new Backend(completed))
    page.store.setState({ isHostAsking: true })
    await runAttempt(page.context, attempt, 'reconcile')
    expect(page.store.getState()).toMatchObject({ current: null, isHostAsking: true })
  })

  test.each(['confirm', 'resume', 'follow'] as const)('of this page opens no dialog (%s)', async (cause) => {
    localStorage.setItem(keptName, '{}')
    const page = new Page(new Backend(completed))
    await runAttempt(page.context, attempt, cause)
    expect(page.store.getState().current).toBeNull()
    expect(page.told).toEqual(['purchased'])
  })

  test('is not announced where the plan says it already', async () => {
    localStorage.setItem(keptName, '{}')
    const backend = new Backend(new AddOnError('forbidden'))
    backend.plan = planOf({ status: 'active' })
    const page = new Page(backend)
    await runAttempt(page.context, attempt, 'reconcile')
    expect(page.store.getState()).toMatchObject({ announcement: '', current: null })
  })
})
