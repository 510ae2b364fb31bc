import { render, screen, waitFor, within } from '@testing-library/react'
import { AddOnError, AddOnNavItem, AddOnProvider, type AddOnProviderProps, PlanTab, usePurchase } from 'addon-kit'
import { createMemoryStore, type NextPurchase } from 'addon-kit/demo'
import { StrictMode } from 'react'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  analytics,
  Backend,
  type BackendOptions,
  dialogTitle,
  findButton,
  findCard,
  findDialog,
  Gate,
  never,
  type Override,
  openPurchase,
  press,
  pressConfirm,
  show,
  stopTime,
  untilTitle,
  whenClosed,
} from '../components/harness.js'
import { attemptName, type KeptRecord, keptAttempts, leaveAttempt } from './leaveAttempt.js'

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const dashboard = (
  <>
    <AddOnNavItem addOnId={analytics} />
    <PlanTab />
  </>
)
const card = () => document.querySelector(`article[data-add-on="${analytics}"]`)
const entry = () => document.querySelector(`[data-slot="nav-item"][data-add-on="${analytics}"]`)
const checking = 'Checking your purchase'

/** What the page's own live region says, outside of every dialog. */
const said = () =>
  [...document.querySelectorAll('[data-slot="live-region"]')]
    .filter((region) => !region.closest('dialog'))
    .map((region) => region.textContent)
    .join()

/** Everything that the page has shown from now on, also for a moment. */
function watchWords() {
  let words = ''
  const observer = new MutationObserver(() => {
    words += document.body.textContent
  })
  observer.observe(document.body, { childList: true, characterData: true, subtree: true })
  onTestFinished(() => observer.disconnect())
  return () => words
}

/** Purchases that wait at a gate once it is set, then reach the backend. */
function gated() {
  let gate: Gate | undefined
  const override: Override = (demo) => ({
    purchase: async (...call) => {
      await gate?.passed()
      return demo.purchase(...call)
    },
  })
  const close = () => {
    gate = new Gate()
    return gate
  }
  return { override, close }
}

/** Purchases that fail with these errors in turn, once there are some, before they reach the backend. */
function failing() {
  const errors: AddOnError[] = []
  const override: Override = (demo) => ({
    purchase: async (...call) => {
      const error = errors.shift()
      if (error) throw error
      return demo.purchase(...call)
    },
  })
  return { errors, override }
}

/** The body and the key of a kept attempt, as a purchase is sent. */
function bodyOf({ viewerId: _, sentAt: __, ...input }: KeptRecord) {
  return input
}

async function confirm(options: Parameters<typeof show>[0] = {}) {
  const page = show(options)
  await openPurchase()
  await pressConfirm()
  return page
}

describe('an attempt', () => {
  test('is kept before it is sent: what it takes to send it again and whose it is, and no names', async () => {
    const kept: Record<string, string>[] = []
    const before = Date.now()
    const { backend } = await confirm({
      override: (demo) => ({
        purchase: (...call) => {
          kept.push(keptAttempts())
          return demo.purchase(...call)
        },
      }),
    })
    await findDialog('Analytics+ is ready')
    const [input] = backend.inputs('purchase')
    const [[name, text] = ['', ''], ...others] = Object.entries(kept[0] ?? {})
    expect(others).toEqual([])
    expect(name).toBe(attemptName(input?.idempotencyKey ?? ''))
    const record: KeptRecord = JSON.parse(text)
    expect(record).toEqual({ ...input, viewerId: 'usr_olive', sentAt: expect.any(Number) })
    expect(record.sentAt).toBeGreaterThanOrEqual(before)
    expect(record.sentAt).toBeLessThanOrEqual(Date.now())
    expect(Object.keys(record).sort()).toEqual([
      'acceptedFinalSale',
      'accountId',
      'addOnId',
      'expected',
      'idempotencyKey',
      'previewId',
      'sentAt',
      'viewerId',
    ])
    expect(text).not.toMatch(/Olive|Larkspur|Analytics\+/)
  })

  test.each<[NextPurchase | undefined, string]>([
    [undefined, 'Analytics+ is ready'],
    ['declined', 'Your payment was declined'],
    ['price-changed', 'The price has changed'],
    ['expired', 'The price is no longer held'],
    ['bought-by-other', 'Your account has Analytics+'],
  ])('is kept no longer once its outcome is known: %s', async (nextPurchase, title) => {
    await confirm({ nextPurchase })
    await findDialog(title)
    expect(keptAttempts()).toEqual({})
  })

  test.each<[AddOnError, string]>([
    [new AddOnError('unauthenticated', { status: 401 }), 'Your purchase did not go through'],
    [new AddOnError('rate-limited'), 'Your purchase did not go through'],
    [new AddOnError('offline'), 'Your purchase did not go through'],
    [new AddOnError('account-changed'), 'You cannot buy Analytics+ any more'],
    [new AddOnError('purchase-pending', { purchasedBy: 'Otto' }), 'Analytics+ is being bought'],
  ])('that was refused when it was sent for the first time is kept no longer: $code', async (error, title) => {
    await confirm({ override: () => ({ purchase: () => Promise.reject(error) }) })
    await findDialog(title)
    expect(keptAttempts()).toEqual({})
  })

  test.each<[NextPurchase, string]>([
    ['action-needed', 'Waiting for your bank'],
    ['processing', 'Your purchase is being processed'],
  ])('that was accepted and is not completed stays kept: %s', async (nextPurchase, title) => {
    const { backend } = await confirm({ nextPurchase })
    await findDialog(title)
    expect(Object.keys(keptAttempts())).toEqual(backend.purchaseKeys().map(attemptName))
  })

  test.each(['network', 'timeout', 'internal', 'unavailable', 'invalid-response', 'request-in-progress'] as const)(
    'whose outcome is not known stays kept: %s',
    async (code) => {
      const { backend } = await confirm({ override: () => ({ purchase: () => Promise.reject(new AddOnError(code)) }) })
      await findDialog(checking)
      expect(Object.keys(keptAttempts())).toEqual(backend.purchaseKeys().map(attemptName))
    },
  )

  test.each([
    ['cannot be written', () => vi.spyOn(Storage.prototype, 'setItem')],
    ['cannot be read', () => vi.spyOn(Storage.prototype, 'getItem')],
    ['cannot be emptied', () => vi.spyOn(Storage.prototype, 'removeItem')],
    ['is not there at all', () => vi.spyOn(window, 'localStorage', 'get')],
  ] as const)('a storage that %s loses nothing of a purchase, nor of one whose answer is lost', async (_, spy) => {
    const broken = spy().mockImplementation(() => {
      throw new DOMException('The storage is closed.', 'SecurityError')
    })
    const { backend, unmount, events } = await confirm({ nextPurchase: 'lost-answer' })
    await findDialog('Analytics+ is ready')
    expect(backend.purchaseKeys()).toHaveLength(1)
    expect(events.map(({ type }) => type)).not.toContain('crashed')
    unmount()
    broken.mockRestore()
  })
})

describe('an attempt that a page left behind', () => {
  test('whose answer was lost is found out under its own key, shown once, announced, and then forgotten', async () => {
    const { override, close } = gated()
    const backend = new Backend({ override })
    const record = await leaveAttempt(backend, 'sent')
    const gate = close()
    const page = show({ backend, children: dashboard })
    await waitFor(() => expect(card()).toHaveTextContent(checking))
    expect(entry()).toHaveTextContent(checking)
    expect(screen.queryByRole('button', { name: 'Subscribe now, Analytics+' })).toBeNull()
    expect(dialogTitle()).toBeNull()
    expect(keptAttempts()).toEqual({ [attemptName(record.idempotencyKey)]: JSON.stringify(record) })
    gate.open()
    await findDialog('Analytics+ is ready')
    expect(said()).toBe('Active, Analytics+')
    expect(backend.inputs('purchase')).toEqual([bodyOf(record)])
    expect(page.events.filter(({ type }) => type === 'purchased')).toHaveLength(1)
    expect(keptAttempts()).toEqual({})
    page.unmount()

    const before = backend.count('purchase')
    show({ backend, children: dashboard })
    await waitFor(() => expect(card()).toHaveAttribute('data-status', 'active'))
    expect(dialogTitle()).toBeNull()
    expect(card()).not.toHaveTextContent(checking)
    expect(backend.count('purchase')).toBe(before)
  })

  test('that never arrived is carried out once, under its own key', async () => {
    const store = createMemoryStore()
    const backend = new Backend({ store })
    const record = await leaveAttempt(backend, 'not sent')
    show({ backend })
    await findDialog('Analytics+ is ready')
    expect(backend.inputs('purchase')).toEqual([bodyOf(record)])
    expect(backend.count('previewPurchase')).toBe(0)
    expect(keptAttempts()).toEqual({})
  })

  test.each<[NextPurchase, string]>([
    ['declined', 'Your payment was declined'],
    ['price-changed', 'The price has changed'],
    ['expired', 'The price is no longer held'],
    ['bought-by-other', 'Your account has Analytics+'],
  ])('opens the dialog once on how it ended: %s', async (nextPurchase, title) => {
    const backend = new Backend({ nextPurchase })
    const record = await leaveAttempt(backend, 'not sent')
    const { unmount } = show({ backend })
    await findDialog(title)
    expect(said()).not.toBe('')
    expect(backend.inputs('purchase')).toEqual([bodyOf(record)])
    expect(keptAttempts()).toEqual({})
    unmount()
    show({ backend })
    await findCard()
    expect(dialogTitle()).toBeNull()
    expect(backend.count('purchase')).toBe(1)
  })

  test('and whose price has changed is not bought at the new one without a press, and then under a key of its own', async () => {
    const backend = new Backend({ nextPurchase: 'price-changed' })
    await leaveAttempt(backend, 'not sent')
    const pass = stopTime()
    show({ backend })
    await untilTitle('The price has changed')
    screen.getByRole('button', { name: /^Subscribe for/ }).click()
    expect(backend.count('purchase')).toBe(1)
    await pass(1000)
    expect(backend.count('purchase')).toBe(1)
    screen.getByRole('button', { name: /^Subscribe for/ }).click()
    await untilTitle('Analytics+ is ready')
    expect(backend.purchaseKeys()).toHaveLength(2)
  })

  const thirtyDays = 30 * 24 * 60 * 60 * 1000
  test.each<[string, Partial<KeptRecord>]>([
    ['of another account', { accountId: 'acc_other' }],
    ['of another viewer', { viewerId: 'usr_otto' }],
    ['older than 30 days', { sentAt: Date.now() - thirtyDays - 1000 }],
  ])('%s is dropped and never sent', async (_, change) => {
    const backend = new Backend()
    const { idempotencyKey, ...record } = await leaveAttempt(backend, 'not sent')
    const name = attemptName(idempotencyKey)
    localStorage.setItem(name, JSON.stringify({ idempotencyKey, ...record, ...change }))
    show({ backend, children: dashboard })
    await findCard()
    await waitFor(() => expect(keptAttempts()).toEqual({}))
    expect(card()).not.toHaveTextContent(checking)
    expect(backend.count('purchase')).toBe(0)
  })

  test('29 days old is still found out', async () => {
    const backend = new Backend()
    await leaveAttempt(backend, 'not sent', { sentAt: Date.now() - thirtyDays + 24 * 60 * 60 * 1000 })
    show({ backend })
    await findDialog('Analytics+ is ready')
  })

  test.each<[string, (record: KeptRecord) => string]>([
    ['no JSON', () => '{'],
    ['nothing', () => ''],
    ['null', () => 'null'],
    ['a list', (record) => JSON.stringify([record])],
    ['no key', ({ idempotencyKey: _, ...rest }) => JSON.stringify(rest)],
    ['a key that is no UUID', (record) => JSON.stringify({ ...record, idempotencyKey: 'key' })],
    ['another one’s key', (record) => JSON.stringify({ ...record, idempotencyKey: crypto.randomUUID() })],
    ['no consent', ({ acceptedFinalSale: _, ...rest }) => JSON.stringify(rest)],
    ['a consent that was not given', (record) => JSON.stringify({ ...record, acceptedFinalSale: false })],
    ['no price', ({ expected: _, ...rest }) => JSON.stringify(rest)],
    ['an amount in words', (record) => JSON.stringify({ ...record, expected: { ...record.expected, dueNow: '60' } })],
    ['a time in words', (record) => JSON.stringify({ ...record, sentAt: 'yesterday' })],
    ['no viewer', ({ viewerId: _, ...rest }) => JSON.stringify(rest)],
  ])('that is damaged is dropped and never sent: %s', async (_, damage) => {
    const backend = new Backend()
    const record = await leaveAttempt(backend, 'not sent')
    localStorage.setItem(attemptName(record.idempotencyKey), damage(record))
    show({ backend })
    await findCard()
    await waitFor(() => expect(keptAttempts()).toEqual({}))
    expect(await findButton('Subscribe now, Analytics+')).toBeVisible()
    expect(backend.count('purchase')).toBe(0)
  })

  test('leaves the host’s own items of the storage alone', async () => {
    localStorage.setItem('host/theme', 'dark')
    localStorage.setItem('addon-kit-of-the-host', '{}')
    await leaveAttempt(new Backend(), 'not sent', { viewerId: 'usr_otto' })
    show()
    await findCard()
    await waitFor(() => expect(keptAttempts()).toEqual({}))
    expect([localStorage.getItem('host/theme'), localStorage.getItem('addon-kit-of-the-host')]).toEqual(['dark', '{}'])
  })

  test('that waits for the bank says so, and asks nobody anything before the viewer goes on', async () => {
    const gate = new Gate()
    const onPaymentAction = vi.fn(() => gate.passed())
    const backend = new Backend({
      nextPurchase: 'action-needed',
      // The bank makes up its mind when it has been asked, not before.
      override: (demo) => ({
        purchase: async (...call) => {
          const answer = await demo.purchase(...call)
          if (onPaymentAction.mock.calls.length > 0) return answer
          const { id, addOnId, seats, requestedAt, purchasedBy } = answer.purchase
          const facts = { id, addOnId, seats, requestedAt, purchasedBy }
          return { ...answer, purchase: { ...facts, status: 'action-needed', action: { type: 'challenge' } } }
        },
      }),
    })
    const record = await leaveAttempt(backend, 'sent')
    const pass = stopTime()
    show({ backend, children: dashboard, provider: { onPaymentAction } })
    await expect.poll(() => card()?.textContent, { timeout: 5000 }).toContain('Waiting for your bank')
    expect(entry()).toHaveTextContent('Waiting for your bank')
    await pass(600_000)
    expect(onPaymentAction).not.toHaveBeenCalled()
    expect(dialogTitle()).toBeNull()
    expect(Object.keys(keptAttempts())).toEqual([attemptName(record.idempotencyKey)])
    vi.useRealTimers()
    await press('Continue, Analytics+')
    await waitFor(() => expect(onPaymentAction).toHaveBeenCalledOnce())
    gate.open()
    await findDialog('Analytics+ is ready')
    expect(backend.purchaseKeys()).toEqual([record.idempotencyKey])
  })

  test('whose session ends while it is found out is sent again only by “Check again”, also on the next page', async () => {
    const { errors, override } = failing()
    const backend = new Backend({ override })
    const record = await leaveAttempt(backend, 'not sent')
    errors.push(new AddOnError('unauthenticated', { status: 401 }))
    const onAuthRequired = vi.fn()
    const first = show({ backend, provider: { onAuthRequired } })
    await waitFor(() => expect(onAuthRequired).toHaveBeenCalledOnce())
    await waitFor(() => expect(card()).toHaveTextContent(checking))
    first.unmount()

    const pass = stopTime()
    show({ backend, children: dashboard })
    await expect.poll(() => card()?.textContent, { timeout: 5000 }).toContain(checking)
    await pass(600_000)
    expect(backend.count('purchase')).toBe(1)
    vi.useRealTimers()
    await press('Continue, Analytics+')
    await findDialog('We do not know yet what became of your purchase')
    expect(backend.count('purchase')).toBe(1)
    await press('Check again')
    await findDialog('Analytics+ is ready')
    expect(backend.inputs('purchase')).toEqual([bodyOf(record), bodyOf(record)])
    expect(keptAttempts()).toEqual({})
  })

  test('that waited for “Check again” is kept no longer once the plan says that it is bought', async () => {
    const backend = new Backend()
    await leaveAttempt(backend, 'sent', { isForPress: true })
    show({ backend })
    await waitFor(() => expect(card()).toHaveAttribute('data-status', 'active'))
    await waitFor(() => expect(keptAttempts()).toEqual({}))
    expect(backend.count('purchase')).toBe(0)
  })

  test('does not take over a dialog that is open: how it ended is announced', async () => {
    const { override, close } = gated()
    const backend = new Backend({ override })
    await leaveAttempt(backend, 'sent')
    const gate = close()
    show({ backend })
    await waitFor(() => expect(card()).toHaveTextContent(checking))
    await press('Subscribe now, AI Assist')
    const other = await findDialog('Subscribe to AI Assist')
    gate.open()
    await waitFor(() => expect(within(other).getByRole('status')).toHaveTextContent('Active, Analytics+'))
    expect(dialogTitle()).toBe('Subscribe to AI Assist')
    await press('Cancel')
    await whenClosed()
    expect(card()).toHaveAttribute('data-status', 'active')
  })

  test('on a screen of the host’s own shows there how it ended, with no dialog of the kit’s on top', async () => {
    function OwnScreen() {
      const { state } = usePurchase(analytics)
      return <output>{state.step}</output>
    }
    const { override, close } = gated()
    const backend = new Backend({ override })
    await leaveAttempt(backend, 'sent')
    const gate = close()
    show({ backend, children: <OwnScreen /> })
    const screenSays = (step: string) => waitFor(() => expect(document.querySelector('output')).toHaveTextContent(step))
    // The screen alone asks for the plan.
    await screenSays('checking')
    gate.open()
    await screenSays('done')
    expect(dialogTitle()).toBeNull()
  })

  test('is sent once in StrictMode', async () => {
    const backend = new Backend()
    const record = await leaveAttempt(backend, 'sent')
    render(
      <StrictMode>
        <AddOnProvider adapter={backend}>{dashboard}</AddOnProvider>
      </StrictMode>,
    )
    await findDialog('Analytics+ is ready')
    expect(backend.inputs('purchase')).toEqual([bodyOf(record)])
  })

  test('is sent once in StrictMode, also where the first HTML had the plan', async () => {
    const backend = new Backend()
    const initialPlan = await backend.getPlan()
    const record = await leaveAttempt(backend, 'sent')
    render(
      <StrictMode>
        <AddOnProvider adapter={backend} initialPlan={initialPlan}>
          {dashboard}
        </AddOnProvider>
      </StrictMode>,
    )
    await findDialog('Analytics+ is ready')
    expect(backend.inputs('purchase')).toEqual([bodyOf(record)])
  })
})

describe('a refusal to tell the outcome of an attempt', () => {
  const viewer = { id: 'usr_olive', name: 'Olive' }

  /** An attempt is found out by a buyer who is an Admin by now. */
  async function demoted(how: 'sent' | 'not sent', options: BackendOptions = {}) {
    let role = 'owner'
    const backend = new Backend({ viewer, role: () => role, ...options })
    const record = await leaveAttempt(backend, how)
    role = 'admin'
    return { record, ...show({ backend }) }
  }

  test('closes it as bought where the plan has the add-on', async () => {
    const { backend, record, events } = await demoted('sent')
    await waitFor(() => expect(keptAttempts()).toEqual({}))
    await waitFor(() => expect(card()).toHaveAttribute('data-status', 'active'))
    await waitFor(() => expect(card()).not.toHaveTextContent(checking))
    expect(dialogTitle()).toBeNull()
    expect(events).toEqual([])
    expect(backend.purchaseKeys()).toEqual([record.idempotencyKey])
  })

  test('leaves it open where the plan shows that a purchase is pending', async () => {
    const { backend, record } = await demoted('sent', { nextPurchase: 'processing' })
    await waitFor(() => expect(backend.count('purchase')).toBe(1))
    await press('Continue, Analytics+')
    await findDialog('We do not know yet what became of your purchase')
    expect(document.body).not.toHaveTextContent('Nothing has been charged')
    expect(Object.keys(keptAttempts())).toEqual([attemptName(record.idempotencyKey)])
  })

  test('ends it where the plan shows the add-on neither bought nor being bought', async () => {
    const { backend, record } = await demoted('not sent')
    const ending = await findDialog('You cannot buy Analytics+ any more')
    expect(ending).toHaveTextContent('Nothing has been charged.')
    expect(backend.inputs('purchase')).toEqual([bodyOf(record)])
    expect(keptAttempts()).toEqual({})
  })

  test('leaves it open where the plan cannot be read', async () => {
    let isDown = false
    const backend = new Backend({
      override: (demo) => ({
        getPlan: (...call) => (isDown ? Promise.reject(new AddOnError('forbidden')) : demo.getPlan(...call)),
        purchase: () => {
          isDown = true
          return Promise.reject(new AddOnError('forbidden', { reason: 'role' }))
        },
      }),
    })
    const record = await leaveAttempt(backend, 'not sent')
    show({ backend })
    await press('Continue, Analytics+')
    await findDialog('We do not know yet what became of your purchase')
    expect(Object.keys(keptAttempts())).toEqual([attemptName(record.idempotencyKey)])
  })

  test('is not judged by a plan that was asked for before it was sent', async () => {
    const gate = new Gate()
    let isSlow = false
    let sends = 0
    const { backend } = show({
      override: (demo) => ({
        getPlan: async (...call) => {
          const isToWait = isSlow
          const plan = await demo.getPlan(...call)
          if (isToWait) await gate.passed()
          return plan
        },
        purchase: async (...call) => {
          sends += 1
          if (sends > 1) throw new AddOnError('forbidden', { reason: 'role' })
          await demo.purchase(...call)
          throw new AddOnError('network')
        },
      }),
    })
    const words = watchWords()
    await openPurchase()
    // A read begins while nothing is bought, and takes its time.
    isSlow = true
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    await waitFor(() => expect(backend.count('getPlan')).toBe(2))
    isSlow = false
    await pressConfirm()
    await waitFor(() => expect(sends).toBe(2))
    gate.open()
    await waitFor(() => expect(card()).toHaveAttribute('data-status', 'active'))
    expect(words()).not.toContain('Nothing has been charged')
  })
})

describe('another page’s attempt at the same add-on', () => {
  test('a press buys nothing beside it: what became of that one is found out first, by a press that says so', async () => {
    const backend = new Backend({ nextPurchase: 'declined' })
    show({ backend })
    await openPurchase()
    // Its page confirmed while the network was away, and was closed.
    const { idempotencyKey } = await leaveAttempt(backend, 'not sent')
    await pressConfirm()
    await findDialog('We do not know yet what became of your purchase')
    expect(backend.count('purchase')).toBe(0)
    await press('Check again')
    await findDialog('Your payment was declined')
    expect(backend.purchaseKeys()).toEqual([idempotencyKey])
    expect(keptAttempts()).toEqual({})
  })

  test('that waits for its buyer after a 401 is not sent under somebody else’s session, nor forgotten', async () => {
    let viewer = { id: 'usr_olive', name: 'Olive' }
    const backend = new Backend({ viewer: () => viewer })
    show({ backend })
    await openPurchase()
    const { idempotencyKey } = await leaveAttempt(backend, 'not sent', { isForPress: true })
    // In another tab; this page has not read the plan since.
    viewer = { id: 'usr_otto', name: 'Otto' }
    await pressConfirm()
    await findDialog('We do not know yet what became of your purchase')
    expect(backend.count('purchase')).toBe(0)
    expect(Object.keys(keptAttempts())).toEqual([attemptName(idempotencyKey)])
  })
})

describe('whoever comes after', () => {
  const page = (props: AddOnProviderProps) => <AddOnProvider {...props}>{dashboard}</AddOnProvider>

  test('a scope that is named only after the plan has come is nobody else: the attempt goes on', async () => {
    const { errors, override } = failing()
    const backend = new Backend({ override })
    await leaveAttempt(backend, 'not sent')
    errors.push(new AddOnError('network'))
    const { rerender } = render(page({ adapter: backend }))
    await waitFor(() => expect(backend.count('purchase')).toBe(1))
    rerender(page({ adapter: backend, scope: 'larkspur/olive' }))
    await findDialog('Analytics+ is ready')
    expect(backend.purchaseKeys()).toHaveLength(1)
    expect(keptAttempts()).toEqual({})
  })

  test('another scope: the record is gone, and nothing is sent again', async () => {
    const gate = new Gate()
    const olive = new Backend({
      override: () => ({ purchase: () => gate.passed().then(() => Promise.reject(new AddOnError('network'))) }),
    })
    // Whose plan never comes: nobody else may have dropped it.
    const otto = new Backend({ override: () => ({ getPlan: never }) })
    const { rerender } = render(page({ adapter: olive, scope: 'larkspur/olive' }))
    await openPurchase()
    await pressConfirm()
    await findDialog('Subscribing to Analytics+')
    expect(Object.keys(keptAttempts())).toHaveLength(1)
    const pass = stopTime()
    rerender(page({ adapter: otto, scope: 'larkspur/otto' }))
    await expect.poll(keptAttempts, { timeout: 5000 }).toEqual({})
    gate.open()
    await pass(600_000)
    expect([olive.count('purchase'), otto.count('purchase')]).toEqual([1, 0])
    expect(keptAttempts()).toEqual({})
    rerender(page({ adapter: olive, scope: 'larkspur/olive' }))
    await expect.poll(card, { timeout: 5000 }).not.toBeNull()
    await pass(60_000)
    expect(olive.count('purchase')).toBe(1)
  })

  test('a provider that goes while it is sent leaves it to the next one', async () => {
    const gate = new Gate()
    const backend = new Backend({
      override: (demo) => ({ purchase: async (...call) => gate.passed().then(() => demo.purchase(...call)) }),
    })
    const { unmount, events } = await confirm({ backend })
    await findDialog('Subscribing to Analytics+')
    unmount()
    expect(Object.keys(keptAttempts())).toHaveLength(1)
    const next = show({ backend })
    // Its turn comes when the request of the page that went has been answered.
    await waitFor(() => expect(card()).toHaveTextContent(checking))
    expect(backend.count('purchase')).toBe(1)
    gate.open()
    await findDialog('Analytics+ is ready')
    expect(backend.count('purchase')).toBe(2)
    expect(backend.purchaseKeys()).toHaveLength(1)
    expect([...events, ...next.events].filter(({ type }) => type === 'purchased')).toHaveLength(1)
    expect(keptAttempts()).toEqual({})
  })

  test('two pages at once: one sends, the other waits for it and needs not to', async () => {
    const store = createMemoryStore()
    const { override, close } = gated()
    const [one, other] = [new Backend({ store, override }), new Backend({ store })]
    const record = await leaveAttempt(one, 'sent')
    const gate = close()
    render(page({ adapter: one }))
    await waitFor(() => expect(one.count('purchase')).toBe(1))
    const second = render(page({ adapter: other }))
    await waitFor(() => expect(second.container.querySelector('article')).toHaveTextContent(checking))
    gate.open()
    await findDialog('Analytics+ is ready')
    await waitFor(() =>
      expect(second.container.querySelector(`article[data-add-on="${analytics}"]`)).toHaveAttribute(
        'data-status',
        'active',
      ),
    )
    await waitFor(() => expect(second.container).not.toHaveTextContent(checking))
    expect(other.count('purchase')).toBe(0)
    expect(one.purchaseKeys()).toEqual([record.idempotencyKey])
    expect(screen.getAllByRole('dialog')).toHaveLength(1)
  })

  test('two pages at once where the browser has no locks: both send the same key, which is harmless', async () => {
    vi.spyOn(navigator, 'locks', 'get').mockReturnValue(undefined as unknown as LockManager)
    const store = createMemoryStore()
    const [one, other] = [new Backend({ store }), new Backend({ store })]
    const record = await leaveAttempt(one, 'not sent')
    render(page({ adapter: one }))
    render(page({ adapter: other }))
    await waitFor(() => expect(document.querySelectorAll('article[data-status="active"]')).toHaveLength(2))
    expect([...new Set([...one.purchaseKeys(), ...other.purchaseKeys()])]).toEqual([record.idempotencyKey])
    await waitFor(() => expect(keptAttempts()).toEqual({}))
  })

  test('a page whose plan never comes finds nothing out', async () => {
    const backend = new Backend()
    const record = await leaveAttempt(backend, 'sent')
    const asked = vi.spyOn(backend, 'getPlan').mockImplementation(never)
    render(page({ adapter: backend }))
    await waitFor(() => expect(asked).toHaveBeenCalled())
    expect(backend.count('purchase')).toBe(0)
    expect(Object.keys(keptAttempts())).toEqual([attemptName(record.idempotencyKey)])
  })
})
