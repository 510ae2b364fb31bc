import { QueryClient } from '@tanstack/react-query'
import { render, screen, waitFor, within } from '@testing-library/react'
import {
  AddOnError,
  type AddOnEvent,
  AddOnProvider,
  PlanTab,
  useAddOn,
  usePlan,
  usePurchase,
  useRequestFeature,
  useRequestQuote,
  useStartTrial,
} from 'addon-kit'
import { createMemoryStore, type NextPurchase } from 'addon-kit/demo'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  analytics,
  Backend,
  dialogTitle,
  findCard,
  findDialog,
  Gate,
  inDays,
  type Override,
  openPurchase,
  planIs,
  press,
  pressConfirm,
  now as serverNow,
  show,
  stopTime,
  untilTitle,
  whenClosed,
} from '../components/harness.js'
import { run } from './harness.js'
import { keptAttempts } from './leaveAttempt.js'

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const otto = { id: 'usr_otto', name: 'Otto' }
const card = () => document.querySelector(`article[data-add-on="${analytics}"]`)

/** The page comes back from the browser's back/forward cache, or is shown for the first time. */
const showPage = (persisted: boolean) => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted }))

/** Every status that the card shows from now on, also for a moment. */
function watchStatus() {
  const seen = new Set<string | null | undefined>()
  const look = () => seen.add(card()?.getAttribute('data-status'))
  const observer = new MutationObserver(look)
  observer.observe(document.body, { attributes: true, childList: true, subtree: true })
  onTestFinished(() => observer.disconnect())
  look()
  return seen
}

/** A provider whose plan is there. */
async function planOf(options: Parameters<typeof run>[1]) {
  const page = run(() => ({ plan: usePlan(), one: useAddOn(analytics), voice: useAddOn('ai-voice-agent') }), options)
  await waitFor(() => expect(page.now().plan.status).toBe('ready'))
  return page
}

describe('another tab, or another provider', () => {
  const useAll = () => ({
    plan: usePlan(),
    purchase: usePurchase(analytics),
    quote: useRequestQuote('ai-voice-agent'),
    trial: useStartTrial(analytics),
    feature: useRequestFeature(analytics),
  })
  type All = ReturnType<typeof useAll>

  async function buy(all: () => All) {
    all().purchase.refreshPrice()
    await waitFor(() => expect(all().purchase.canConfirm).toBe(true), { timeout: 3000 })
    all().purchase.confirm()
  }

  test.each<[string, string, (all: () => All) => Promise<void> | void, string]>([
    ['a purchase', 'owner', buy, '"kind":"active"'],
    ['a quote request', 'owner', (all) => all().quote.send(), '"requestedBy":"Olive"'],
    ['a trial', 'owner', (all) => all().trial.send(), '"kind":"trialing"'],
    ['a feature request', 'supervisor', (all) => all().feature.send(), '"name":"Sunny"'],
  ])('of the same account updates by itself after %s; nobody else reads again', async (_, role, post, sign) => {
    const store = createMemoryStore()
    // The first to hear it, if it did.
    const stranger = await planOf({
      override: planIs((plan) => ({ ...plan, account: { ...plan.account, id: 'acc_x' } })),
    })
    const other = await planOf({ store, viewer: otto })
    const own = run(useAll, { store, role })
    await waitFor(() => expect(own.now().plan.status).toBe('ready'))
    expect(JSON.stringify(other.now().plan.data)).not.toContain(sign)
    await post(own.now)
    await waitFor(() => expect(JSON.stringify(other.now().plan.data)).toContain(sign))
    await waitFor(() => expect(other.now().plan.isFetching).toBe(false))
    expect(other.backend.count('getPlan')).toBe(2)
    expect(own.backend.count('getPlan')).toBe(1)
    expect(stranger.backend.count('getPlan')).toBe(1)
  })

  test('learns of a purchase also when the page that made it is gone before its answer', async () => {
    const gate = new Gate()
    const store = createMemoryStore()
    const own = run(useAll, {
      store,
      override: (demo) => ({ purchase: async (...call) => gate.passed().then(() => demo.purchase(...call)) }),
    })
    await waitFor(() => expect(own.now().plan.status).toBe('ready'))
    const other = await planOf({ store, viewer: otto })
    await buy(own.now)
    await waitFor(() => expect(own.backend.count('purchase')).toBe(1))
    own.unmount()
    gate.open()
    await waitFor(() => expect(other.now().one.data?.status.kind).toBe('active'))
  })

  test('does its work where the browser has no BroadcastChannel', async () => {
    vi.stubGlobal('BroadcastChannel', undefined)
    try {
      show()
      await press('Try it for free, Analytics+')
      await press('Start free trial')
      await findDialog('Your free trial of Analytics+ has begun')
    } finally {
      vi.unstubAllGlobals()
    }
  })
})

describe('a page that comes back', () => {
  test('from the back/forward cache reads again: no stale “Subscribe now”', async () => {
    const store = createMemoryStore()
    const { backend } = show({ store })
    await findCard()
    await store.recordSale('acc_larkspur', analytics, { since: serverNow().toISOString(), by: 'Otto', seats: 15 })
    showPage(false)
    await screen.findByRole('button', { name: 'Subscribe now, Analytics+' })
    expect(backend.count('getPlan')).toBe(1)
    showPage(true)
    await waitFor(() => expect(card()).toHaveAttribute('data-status', 'active'))
    expect(backend.count('getPlan')).toBe(2)
  })

  test('no longer listens once the provider is gone', async () => {
    const { backend, unmount } = show()
    await findCard()
    unmount()
    showPage(true)
    expect(backend.count('getPlan')).toBe(1)
  })
})

describe('a trial that ends while the page is open', () => {
  test.each([
    ['right', 0],
    ['a day early', -1],
    ['a day late', 1],
  ])('flips on the server’s clock, with the client’s %s', async (_, days) => {
    let server = serverNow().getTime()
    const twelveDays = 12 * 86_400_000
    const pass = stopTime()
    vi.setSystemTime(server + days * 86_400_000)
    const { backend } = show({
      now: () => new Date(server),
      records: { [analytics]: { trial: { startedAt: inDays(-18), endsAt: inDays(12) } } },
    })
    await expect.poll(() => card()?.textContent, { timeout: 5000 }).toContain('12 days left')
    const before = backend.count('getPlan')
    // Looking at the page lets a little time pass, too.
    await pass(twelveDays - 60_000)
    expect(backend.count('getPlan')).toBe(before)
    server += twelveDays
    await pass(60_000)
    await expect.poll(() => card()?.getAttribute('data-status'), { timeout: 5000 }).toBe('trial-ended')
    expect(card()).toHaveTextContent('Your free trial ended on Dec 5, 2026')
    expect(backend.count('getPlan')).toBe(before + 1)
  })

  test('in more days than a timer can count is not asked for all the time', async () => {
    const pass = stopTime()
    const { backend } = show({ records: { [analytics]: { trial: { startedAt: inDays(-1), endsAt: inDays(29) } } } })
    await expect.poll(() => card()?.textContent, { timeout: 5000 }).toContain('29 days left')
    await pass(24 * 86_400_000)
    expect(backend.count('getPlan')).toBe(1)
    await pass(86_400_000)
    await expect.poll(() => backend.count('getPlan'), { timeout: 5000 }).toBe(2)
  })
})

describe('a query client of the host’s with defaults of its own', () => {
  const client = () =>
    new QueryClient({
      defaultOptions: {
        queries: {
          ...{ refetchOnWindowFocus: false, refetchOnReconnect: false, refetchOnMount: false, retryOnMount: false },
          ...{ staleTime: Number.POSITIVE_INFINITY, gcTime: 0, throwOnError: true, retry: 3 },
        },
        mutations: { retry: 3, throwOnError: true, gcTime: 0 },
      },
    })

  test('reads again what has become old when the viewer comes back to the page', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const queryClient = client()
    queryClient.mount()
    const { backend } = show({ provider: { queryClient } })
    await findCard()
    vi.setSystemTime(Date.now() + 31_000)
    window.dispatchEvent(new Event('visibilitychange'))
    await waitFor(() => expect(backend.count('getPlan')).toBe(2))
    queryClient.unmount()
  })

  test('shows a plan that cannot be read as such, asked for once, and reads it by hand', async () => {
    let isDown = true
    const { backend, events } = show({
      provider: { queryClient: client() },
      override: (demo) => ({
        getPlan: (...call) => (isDown ? Promise.reject(new AddOnError('forbidden')) : demo.getPlan(...call)),
      }),
    })
    await screen.findByRole('heading', { name: 'Your plan could not be loaded' })
    expect(backend.count('getPlan')).toBe(1)
    expect(events.map(({ type }) => type)).toEqual(['failed'])
    isDown = false
    await press('Try again')
    await findCard()
  })

  test('buys once, and starts a trial once', async () => {
    const errors = [new AddOnError('internal')]
    const { backend } = show({
      provider: { queryClient: client() },
      override: (demo) => ({
        startTrial: async (...call) => {
          const error = errors.shift()
          if (error) throw error
          return demo.startTrial(...call)
        },
      }),
    })
    await press('Try it for free, AI Assist')
    await press('Start free trial')
    await screen.findByRole('alert')
    expect(backend.count('startTrial')).toBe(1)
    await press('Cancel')
    await whenClosed()
    await openPurchase()
    await pressConfirm()
    await findDialog('Analytics+ is ready')
    expect(backend.count('purchase')).toBe(1)
    expect(backend.count('getPlan')).toBe(1)
  })
})

describe('a price on the screen', () => {
  const changed = 'The price has changed'

  test('follows the seats: old and new are read out, and the button is dead for its first second', async () => {
    let additionalUsers = 3
    const { backend } = show({ seats: () => ({ standardLicenses: 12, additionalUsers }) })
    await openPurchase()
    additionalUsers = 5
    const pass = stopTime()
    showPage(true)
    await untilTitle(changed)
    const dialog = screen.getByRole('dialog', { name: changed })
    expect(within(dialog).getByRole('heading', { name: changed })).toHaveFocus()
    expect(dialog).toHaveTextContent('was 15, now 17')
    expect(dialog).toHaveTextContent('was $60.00, now $68.00')
    const confirm = () => screen.getByRole('button', { name: 'Subscribe for $68.00 today' })
    confirm().click()
    await pass(999)
    confirm().click()
    expect(backend.count('purchase')).toBe(0)
    await pass(1)
    confirm().click()
    await untilTitle('Analytics+ is ready')
    expect(backend.inputs('purchase')).toMatchObject([{ expected: { dueNow: { amount: 6800 }, seats: 17 } }])
  })

  test('follows the frequency', async () => {
    let frequency: 'monthly' | 'annual' = 'monthly'
    show({ frequency: () => frequency })
    await openPurchase()
    frequency = 'annual'
    showPage(true)
    const dialog = await findDialog(changed)
    expect(dialog).toHaveTextContent('was $15.00, now $150.00')
    expect(dialog).toHaveTextContent('every year')
  })

  test('follows the catalogue', async () => {
    let isDearer = false
    const dearer = { amount: 2000, currency: 'USD' }
    show({
      override: (demo) => ({
        getPlan: async (...call) => {
          const plan = await demo.getPlan(...call)
          if (!isDearer) return plan
          return {
            ...plan,
            addOns: plan.addOns.map((addOn) => (addOn.id === analytics ? { ...addOn, unitPrice: dearer } : addOn)),
          }
        },
        previewPurchase: async (...call) => {
          const preview = await demo.previewPurchase(...call)
          if (!isDearer) return preview
          const dueNow = { amount: 8000, currency: 'USD' }
          const nextInvoice = { ...preview.nextInvoice, addOnAmount: { amount: 30_000, currency: 'USD' } }
          return { ...preview, unitPrice: dearer, dueNow, nextInvoice, lines: [{ kind: 'prorated', amount: dueNow }] }
        },
      }),
    })
    await openPurchase()
    isDearer = true
    showPage(true)
    expect(await findDialog(changed)).toHaveTextContent('was $15.00, now $20.00')
  })

  test('is not asked for again where the plan says nothing new of it', async () => {
    let name = 'Olive'
    const { backend } = show({ viewer: () => ({ id: 'usr_olive', name }) })
    await openPurchase()
    name = 'Olive Oak'
    showPage(true)
    await waitFor(() => expect(backend.count('getPlan')).toBe(2))
    await waitFor(() => expect(screen.getByRole('dialog', { name: 'Subscribe to Analytics+' })).toBeVisible())
    expect(backend.count('previewPurchase')).toBe(1)
  })

  test.each<[NextPurchase | undefined, string, string]>([
    [undefined, 'Your account has Analytics+', 'Otto has bought it for your account.'],
    ['processing', 'Analytics+ is being bought', 'Otto is buying it for your account.'],
  ])('gives way to a colleague’s purchase, by name: %s', async (nextPurchase, title, text) => {
    const store = createMemoryStore()
    const { backend } = show({ store })
    await openPurchase()
    const colleague = run(() => ({ plan: usePlan(), purchase: usePurchase(analytics) }), {
      ...{ store, viewer: otto, nextPurchase },
    })
    await waitFor(() => expect(colleague.now().plan.status).toBe('ready'))
    colleague.now().purchase.refreshPrice()
    await waitFor(() => expect(colleague.now().purchase.canConfirm).toBe(true), { timeout: 3000 })
    colleague.now().purchase.confirm()
    const dialog = await findDialog(title)
    expect(dialog).toHaveTextContent(text)
    expect(dialog).toHaveTextContent('Nothing more has been charged.')
    expect(backend.count('purchase')).toBe(0)
  })
})

describe('somebody else in the plan, without another scope', () => {
  const someoneElse = [
    ['viewer', { viewer: otto, accountId: 'acc_larkspur' }],
    ['account', { viewer: { id: 'usr_olive', name: 'Olive' }, accountId: 'acc_other' }],
  ] as const

  /** A page of Olive's that becomes somebody else's with its next read. */
  function handedOver(to: (typeof someoneElse)[number][1], override?: Override) {
    let isElse = false
    const backend = new Backend({
      viewer: () => (isElse ? to.viewer : { id: 'usr_olive', name: 'Olive' }),
      override: (demo) => ({
        ...override?.(demo),
        getPlan: async (...call) => {
          const plan = await demo.getPlan(...call)
          const id = isElse ? to.accountId : plan.account.id
          const addOns = isElse
            ? plan.addOns.map((addOn) =>
                addOn.id === analytics
                  ? { ...addOn, status: { kind: 'available' } as const, pendingPurchase: null }
                  : addOn,
              )
            : plan.addOns
          return { ...plan, account: { ...plan.account, id }, addOns }
        },
      }),
    })
    const page = show({ backend, children: <PlanTab /> })
    const handOver = async () => {
      const before = backend.count('getPlan')
      isElse = true
      showPage(true)
      await waitFor(() => expect(backend.count('getPlan')).toBeGreaterThan(before))
    }
    return { ...page, backend, handOver }
  }

  test.each(someoneElse)('another %s: the dialog and its price are gone', async (_, to) => {
    const { handOver, backend } = handedOver(to)
    await openPurchase()
    await handOver()
    await whenClosed()
    await findCard()
    expect(document.body).not.toHaveTextContent('was not completed')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(backend.count('purchase')).toBe(0)
  })

  test.each(someoneElse)(
    'another %s: the attempt and its record are gone, its late answer is not written',
    async (_, to) => {
      const gate = new Gate()
      const [bought, answered] = [vi.fn(), vi.fn()]
      const { handOver, backend, events } = handedOver(to, (demo) => ({
        purchase: async (...call) => {
          const answer = await demo.purchase(...call)
          bought()
          await gate.passed()
          answered()
          return answer
        },
      }))
      await openPurchase()
      await pressConfirm()
      await waitFor(() => expect(bought).toHaveBeenCalled())
      await handOver()
      await whenClosed()
      await waitFor(() => expect(keptAttempts()).toEqual({}))
      const seen = watchStatus()
      gate.open()
      await waitFor(() => expect(answered).toHaveBeenCalled())
      // Whatever is done with that answer is done by then.
      await new Promise((resolve) => setTimeout(resolve, 50))
      expect([...seen]).toEqual(['available'])
      expect(dialogTitle()).toBeNull()
      expect(backend.count('purchase')).toBe(1)
      expect(events.filter(({ type }: AddOnEvent) => type === 'purchased' || type === 'failed')).toEqual([])
      expect(keptAttempts()).toEqual({})
    },
  )

  test.each(someoneElse)('another %s: a trial that the old one began is not written', async (_, to) => {
    const gate = new Gate()
    const answered = vi.fn()
    const { handOver, backend, events } = handedOver(to, (demo) => ({
      startTrial: async (...call) => {
        const answer = await demo.startTrial(...call)
        await gate.passed()
        answered()
        return answer
      },
    }))
    await press('Try it for free, Analytics+')
    await press('Start free trial')
    await waitFor(() => expect(backend.count('startTrial')).toBe(1))
    await handOver()
    await whenClosed()
    const seen = watchStatus()
    gate.open()
    await waitFor(() => expect(answered).toHaveBeenCalled())
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect([...seen]).toEqual(['available'])
    expect(events.map(({ type }) => type)).toEqual(['opened'])
  })

  test('a price that the old one asked for is no failure of the new one’s session', async () => {
    const gate = new Gate()
    const answered = vi.fn()
    const { handOver, events } = handedOver(someoneElse[0][1], () => ({
      previewPurchase: async () => {
        await gate.passed()
        answered()
        throw new AddOnError('unauthenticated', { status: 401 })
      },
    }))
    await press('Subscribe now, Analytics+')
    await findDialog('Subscribe to Analytics+')
    await handOver()
    await whenClosed()
    gate.open()
    await waitFor(() => expect(answered).toHaveBeenCalled())
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(events.map(({ type }) => type)).toEqual(['opened'])
  })

  test('the same viewer with another role keeps what is under way', async () => {
    let role = 'owner'
    const viewer = { id: 'usr_olive', name: 'Olive' }
    const { backend } = show({ viewer, role: () => role })
    await press('Subscribe now, AI Assist')
    await findDialog('Subscribe to AI Assist')
    role = 'admin'
    showPage(true)
    await waitFor(() => expect(backend.count('getPlan')).toBeGreaterThan(1))
    await waitFor(() => expect(card()).toHaveTextContent('Request feature'))
    expect(backend.count('purchase')).toBe(0)
  })
})

test('a language that changes while a purchase is under way: the card learns how it ended', async () => {
  const gate = new Gate()
  const backend = new Backend({
    override: (demo) => ({ purchase: async (...call) => gate.passed().then(() => demo.purchase(...call)) }),
  })
  const page = (locale: string) => (
    <AddOnProvider adapter={backend} locale={locale}>
      <PlanTab />
    </AddOnProvider>
  )
  const { rerender } = render(page('en'))
  await openPurchase()
  await pressConfirm()
  await waitFor(() => expect(backend.count('purchase')).toBe(1))
  rerender(page('de'))
  await waitFor(() => expect(backend.count('getPlan')).toBe(2))
  gate.open()
  await findDialog('Analytics+ is ready')
  await waitFor(() =>
    expect(document.querySelector(`article[data-add-on="${analytics}"]`)).toHaveAttribute('data-status', 'active'),
  )
})
