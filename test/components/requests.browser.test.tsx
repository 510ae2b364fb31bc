import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, render, screen, waitFor, within } from '@testing-library/react'
import {
  AddOnCard,
  AddOnNavItem,
  AddOnProvider,
  type AddOnProviderProps,
  createHttpAdapter,
  PlanTab,
  useAddOnFlow,
} from 'addon-kit'
import { createDemoHandler, createMemoryStore, demoAddOns } from 'addon-kit/demo'
import { StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server.browser'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import {
  analytics,
  Backend,
  confirmName,
  findButton,
  findCard,
  findDialog,
  Gate,
  never,
  now,
  type Override,
  openPurchase,
  press,
  pressConfirm,
  show,
  whenClosed,
} from './harness.js'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** A backend that does not answer purchases until it is let. */
const purchaseAfter =
  (gate: Gate): Override =>
  (demo) => ({ purchase: async (...call) => gate.passed().then(() => demo.purchase(...call)) })

/** A dashboard with everything of the kit that a host puts on a page. */
const dashboard = (
  <>
    <nav>
      {demoAddOns.map(({ id }) => (
        <AddOnNavItem key={id} addOnId={id} />
      ))}
    </nav>
    <PlanTab />
  </>
)

/** The sidebar entry of what is not bought; between its parts a browser may read a space. */
const locked = /^Analytics\+ ?, locked$/
const methods = (backend: Backend) => backend.calls.map(({ method }) => method)

describe('how often the backend is asked', () => {
  test('a page with a plan tab and four sidebar entries: once', async () => {
    const { backend } = show({ children: dashboard })
    await findCard()
    expect(await screen.findAllByRole('button', { name: /locked$/ })).toHaveLength(4)
    expect(backend.calls).toEqual([{ method: 'getPlan', input: undefined }])
  })

  test('the same page in StrictMode: once', async () => {
    const { backend } = show({ children: <StrictMode>{dashboard}</StrictMode> })
    await findCard()
    expect(backend.count()).toBe(1)
  })

  test('a provider without a component below it: never', async () => {
    const { backend } = show({ children: <p>The host’s own page</p> })
    // Whatever was to be asked for would be by now: the same wait that another page needs for its plan.
    show({ children: <PlanTab /> })
    await findCard()
    expect(backend.count()).toBe(0)
  })

  test('from the page to the receipt: one plan, one price, one purchase', async () => {
    const { backend } = show({ children: dashboard })
    await findCard()
    expect(backend.count()).toBe(1)
    await openPurchase()
    expect(methods(backend)).toEqual(['getPlan', 'previewPurchase'])
    await pressConfirm()
    await findDialog('Analytics+ is ready')
    expect(methods(backend)).toEqual(['getPlan', 'previewPurchase', 'purchase'])
    await press('Done')
    await whenClosed()
    expect(within(await findCard()).getByText('Active')).toBeVisible()
    expect(screen.getByRole('navigation')).toHaveTextContent('Analytics+')
    expect(within(screen.getByRole('navigation')).getByRole('link', { name: 'Analytics+' })).toBeVisible()
    expect(backend.count()).toBe(3)
  })

  test('in StrictMode the dialog asks for one price, and buys once', async () => {
    const backend = new Backend()
    render(
      <StrictMode>
        <AddOnProvider adapter={backend}>{dashboard}</AddOnProvider>
      </StrictMode>,
    )
    await findCard()
    await openPurchase()
    await pressConfirm()
    await findDialog('Analytics+ is ready')
    expect([backend.count('previewPurchase'), backend.count('purchase')]).toEqual([1, 1])
  })

  test('closing the dialog and opening it again asks for a new price, not for the plan', async () => {
    const { backend } = show()
    await openPurchase()
    await press('Cancel')
    await whenClosed()
    await openPurchase()
    expect(methods(backend)).toEqual(['getPlan', 'previewPurchase', 'previewPurchase'])
  })

  test('a component that comes later finds the plan there', async () => {
    const { backend, rerender } = show({ children: null })
    const page = (children: AddOnProviderProps['children']) => (
      <AddOnProvider adapter={backend}>{children}</AddOnProvider>
    )
    rerender(page(<AddOnCard addOnId={analytics} />))
    await findCard()
    rerender(page(<PlanTab />))
    await screen.findByRole('heading', { name: 'Essentials' })
    expect(backend.count()).toBe(1)
  })
})

describe('one press', () => {
  test('two clicks in one task buy once', async () => {
    const { backend } = show()
    await openPurchase()
    const confirm = await findButton(confirmName)
    confirm.click()
    confirm.click()
    await findDialog('Analytics+ is ready')
    expect(backend.count('purchase')).toBe(1)
  })

  test('two clicks in one batch of React buy once', async () => {
    const { backend } = show()
    await openPurchase()
    const confirm = await findButton(confirmName)
    act(() => {
      confirm.click()
      confirm.click()
    })
    await findDialog('Analytics+ is ready')
    expect(backend.count('purchase')).toBe(1)
  })

  test('a double click of the mouse buys once', async () => {
    const gate = new Gate()
    const { backend } = show({ override: purchaseAfter(gate) })
    await openPurchase()
    await userEvent.dblClick(await findButton(confirmName))
    gate.open()
    await findDialog('Analytics+ is ready')
    expect(backend.count('purchase')).toBe(1)
  })

  test('the second click of a double click presses nothing of the step that the first one brought', async () => {
    show()
    await openPurchase()
    ;(await findButton(confirmName)).click()
    const dialog = await findDialog('Analytics+ is ready')
    const second = () => new MouseEvent('click', { bubbles: true, cancelable: true, detail: 2 })
    expect(within(dialog).getByRole('link', { name: 'Open Analytics+' }).dispatchEvent(second())).toBe(false)
    within(dialog).getByRole('button', { name: 'Done' }).dispatchEvent(second())
    expect(dialog).toHaveAttribute('data-state', 'open')
    await press('Done')
    await whenClosed()
  })

  test('Enter held on the confirm button buys once, and presses nothing of what comes after', async () => {
    const { backend } = show()
    await openPurchase()
    ;(await findButton(confirmName)).focus()
    await userEvent.keyboard('{Enter>12/}')
    await findDialog('Analytics+ is ready')
    expect(backend.count('purchase')).toBe(1)
  })

  test('Enter and a click in one task buy once', async () => {
    const { backend } = show()
    await openPurchase()
    const confirm = await findButton(confirmName)
    confirm.focus()
    const clicked = userEvent.keyboard('{Enter}')
    confirm.click()
    await clicked
    await findDialog('Analytics+ is ready')
    expect(backend.count('purchase')).toBe(1)
  })

  test('two clicks on an action open one dialog, which asks for one price', async () => {
    const { backend, events } = show()
    const action = await findButton('Subscribe now, Analytics+')
    action.click()
    action.click()
    await findDialog('Subscribe to Analytics+')
    await findButton(confirmName)
    expect(screen.getAllByRole('dialog')).toHaveLength(1)
    expect(backend.count('previewPurchase')).toBe(1)
    expect(events.filter(({ type }) => type === 'opened').length).toBeLessThanOrEqual(2)
  })

  test.each([
    [
      'Request a quote, AI Voice Agent',
      'Request a quote for AI Voice Agent',
      'Request a quote',
      'requestQuote',
      'owner',
    ],
    ['Try it for free, Analytics+', 'Try Analytics+ for free', 'Start free trial', 'startTrial', 'owner'],
    ['Request feature, Analytics+', 'Request Analytics+', 'Send request', 'requestFeature', 'supervisor'],
  ] as const)(
    'two clicks in one task on the last step of “%s” send once',
    async (opener, title, send, method, role) => {
      const { backend } = show({ role })
      await press(opener)
      const dialog = await findDialog(title)
      const button = within(dialog).getByRole('button', { name: send })
      button.click()
      button.click()
      await within(dialog).findByRole('heading', { name: /(has been sent|has begun)$/ })
      expect(backend.count(method)).toBe(1)
    },
  )
})

test('two add-ons bought at once, each from its own dialog, are two purchases', async () => {
  const gate = new Gate()
  const { backend } = show({ override: purchaseAfter(gate) })
  await openPurchase()
  await pressConfirm()
  await findDialog('Subscribing to Analytics+')
  await userEvent.keyboard('{Escape}')
  await whenClosed()
  await press('Subscribe now, AI Assist')
  await pressConfirm('Subscribe for $36.00 today')
  await findDialog('Subscribing to AI Assist')
  gate.open()
  await findDialog('AI Assist is ready')
  await press('Done')
  await whenClosed()
  const owned = screen.getByRole('region', { name: 'Your add-ons' })
  expect(within(owned).getAllByText('Active')).toHaveLength(2)
  expect(backend.inputs('purchase').map(({ addOnId }) => addOnId)).toEqual([analytics, 'ai-assist'])
})

describe('one flow', () => {
  function Opener() {
    const { open, close, current } = useAddOnFlow()
    return (
      <>
        <button type="button" onClick={() => open(analytics)}>
          Open from the host
        </button>
        <button type="button" onClick={close}>
          Close from the host
        </button>
        <output>{current ? `${current.addOnId} ${current.action ?? 'any'}` : 'closed'}</output>
      </>
    )
  }

  test('a sidebar entry, a card and the host’s code open the same dialog with the same purchase', async () => {
    const { backend } = show({
      children: (
        <>
          {dashboard}
          <Opener />
        </>
      ),
    })
    const inside = () => within(screen.getByRole('dialog'))
    await press(locked)
    await findDialog('Analytics+')
    expect(screen.getByText(`${analytics} any`)).toBeInTheDocument()
    await userEvent.click(inside().getByRole('button', { name: 'Subscribe now, Analytics+' }))
    await findDialog('Subscribe to Analytics+')
    expect(screen.getByText(`${analytics} subscribe`)).toBeInTheDocument()
    await userEvent.keyboard('{Escape}')
    await whenClosed()
    expect(screen.getByText('closed')).toBeVisible()
    expect(await findButton(locked)).toHaveFocus()

    await press('Open from the host')
    await findDialog('Analytics+')
    await userEvent.keyboard('{Escape}')
    await whenClosed()
    expect(await findButton('Open from the host')).toHaveFocus()

    await openPurchase()
    expect(screen.getAllByRole('dialog')).toHaveLength(1)
    expect(backend.count('getPlan')).toBe(1)
  })

  test('the host’s code closes it', async () => {
    show({ children: <Opener /> })
    await press('Open from the host')
    await findDialog('Analytics+')
    // Out of a mouse’s reach behind the dialog, not out of the host’s.
    screen.getByText('Close from the host').click()
    await whenClosed()
  })

  test('one that is opened for another add-on leaves the first one’s price behind', async () => {
    function Two() {
      const { open } = useAddOnFlow()
      return (
        <>
          <button type="button" onClick={() => open(analytics, 'subscribe')}>
            One
          </button>
          <button type="button" onClick={() => open('ai-assist', 'subscribe')}>
            Other
          </button>
        </>
      )
    }
    const { backend } = show({ children: <Two /> })
    await press('One')
    await findDialog('Subscribe to Analytics+')
    await findButton(confirmName)
    screen.getByText('Other').click()
    await findDialog('Subscribe to AI Assist')
    await findButton('Subscribe for $36.00 today')
    screen.getByText('One').click()
    await findDialog('Subscribe to Analytics+')
    await findButton(confirmName)
    // Each time a fresh price: an old one may have run out meanwhile.
    expect(backend.inputs('previewPurchase').map(({ addOnId }) => addOnId)).toEqual([analytics, 'ai-assist', analytics])
  })
})

describe('initialPlan', () => {
  test('the first render shows it, and nothing is asked for', async () => {
    const initialPlan = await new Backend().getPlan()
    const { backend } = show({ provider: { initialPlan }, children: dashboard })
    expect(screen.getByRole('heading', { name: 'Essentials' })).toBeVisible()
    expect(screen.getAllByRole('article')).toHaveLength(4)
    expect(screen.getAllByRole('button', { name: /locked$/ })).toHaveLength(4)
    await openPurchase()
    expect(methods(backend)).toEqual(['previewPurchase'])
  })

  test('is rendered on the server, without a style attribute, and hydrates without a warning', async () => {
    const initialPlan = await new Backend({
      plan: 'professional',
      statuses: { [analytics]: 'trialing', 'ai-assist-pro': 'active' },
    }).getPlan()
    const backend = new Backend()
    const page = (
      <AddOnProvider adapter={backend} initialPlan={initialPlan}>
        {dashboard}
      </AddOnProvider>
    )
    const html = renderToString(page)
    expect(html).toContain('Professional')
    expect(html).toContain('12 days left')
    expect(html).toContain('Subscribe now, Analytics+')
    expect(html).not.toMatch(/\sstyle=/)
    expect(html).not.toMatch(/<style|<script/)

    const complaints = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn')]
    const root = document.createElement('div')
    root.innerHTML = html
    document.body.append(root)
    const before = root.querySelector('article')
    const onRecoverableError = vi.fn()
    const hydrated = hydrateRoot(root, page, { onRecoverableError })
    await userEvent.click(await findButton('Subscribe now, Analytics+'))
    await findDialog('Subscribe to Analytics+')
    expect(root.querySelector('article')).toBe(before)
    expect(onRecoverableError).not.toHaveBeenCalled()
    for (const complaint of complaints) expect(complaint).not.toHaveBeenCalled()
    hydrated.unmount()
    root.remove()
  })

  test('without it the server renders skeletons, of no words but that the plan is on its way', () => {
    const html = renderToString(
      <AddOnProvider adapter={new Backend({ override: () => ({ getPlan: never }) })}>{dashboard}</AddOnProvider>,
    )
    expect(html).toContain('Loading your plan')
    expect(html).not.toMatch(/\sstyle=/)
  })
})

describe('what belongs to whom', () => {
  test('another scope drops the dialog and the plan of the old one', async () => {
    const store = createMemoryStore()
    const olive = new Backend({ store })
    const ada = new Backend({ store, role: 'admin', plan: 'professional', override: () => ({ getPlan: never }) })
    const page = (scope: string, adapter: Backend) => (
      <AddOnProvider adapter={adapter} scope={scope}>
        <PlanTab />
      </AddOnProvider>
    )
    const { rerender } = render(page('larkspur/olive', olive))
    await openPurchase()
    rerender(page('larkspur/ada', ada))
    await whenClosed()
    expect(screen.queryByText('Essentials')).toBeNull()
    expect(screen.getByRole('region', { name: 'Current plan' })).toHaveAttribute('aria-busy', 'true')
    rerender(page('larkspur/olive', olive))
    await findCard()
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(olive.count('getPlan')).toBe(2)
  })

  test('another scope drops the old one’s plan from the host’s client too', async () => {
    const queryClient = new QueryClient()
    const page = (scope: string, adapter: Backend) => (
      <AddOnProvider adapter={adapter} scope={scope} queryClient={queryClient}>
        <PlanTab />
      </AddOnProvider>
    )
    const { rerender } = render(page('larkspur/olive', new Backend()))
    await findCard()
    rerender(page('larkspur/ada', new Backend({ role: 'admin' })))
    await findButton('Request feature, Analytics+')
    await waitFor(() => expect(queryClient.getQueryCache().getAll()).toHaveLength(1))
  })

  test('another scope drops a purchase that is under way: what it comes to is not shown to the next person', async () => {
    const gate = new Gate()
    const store = createMemoryStore()
    const olive = new Backend({
      store,
      override: purchaseAfter(gate),
    })
    const otto = new Backend({ store, viewer: { id: 'usr_otto', name: 'Otto' } })
    const page = (scope: string, adapter: Backend) => (
      <AddOnProvider adapter={adapter} scope={scope}>
        <PlanTab />
      </AddOnProvider>
    )
    const { rerender } = render(page('larkspur/olive', olive))
    await openPurchase()
    await pressConfirm()
    await findDialog('Subscribing to Analytics+')
    rerender(page('larkspur/otto', otto))
    await whenClosed()
    await findButton('Subscribe now, Analytics+')
    gate.open()
    await waitFor(() => expect(olive.count('purchase')).toBe(1))
    expect(screen.queryByText('Checking your purchase')).toBeNull()
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  test('the host’s own query client is left alone', async () => {
    const host = new QueryClient()
    const { backend } = show({ children: <QueryClientProvider client={host}>{dashboard}</QueryClientProvider> })
    await findCard()
    await press('Try it for free, Analytics+')
    await press('Start free trial')
    await findDialog('Your free trial of Analytics+ has begun')
    expect(backend.count()).toBe(2)
    expect(host.getQueryCache().getAll()).toEqual([])
    expect(host.getMutationCache().getAll()).toEqual([])
  })

  test('a query client that is handed over holds the plan', async () => {
    const queryClient = new QueryClient()
    show({ provider: { queryClient, scope: 'larkspur/olive' } })
    await findCard()
    const [query, ...others] = queryClient.getQueryCache().getAll()
    expect(others).toEqual([])
    expect(query?.queryKey[0]).toBe('addon-kit')
    expect(query?.state.data).toMatchObject({ account: { plan: { name: 'Essentials' } } })
  })

  test('two providers on one page know nothing of each other', async () => {
    const [one, other] = [new Backend(), new Backend({ role: 'supervisor' })]
    render(
      <>
        <AddOnProvider adapter={one}>
          <PlanTab aria-label="One" />
        </AddOnProvider>
        <AddOnProvider adapter={other}>
          <PlanTab aria-label="Other" />
        </AddOnProvider>
      </>,
    )
    await findButton('Request feature, Analytics+')
    await openPurchase()
    expect(screen.getAllByRole('dialog')).toHaveLength(1)
    expect([one.count('getPlan'), other.count('getPlan')]).toEqual([1, 1])
  })

  test('a purchase whose screens are gone shows its result when they come back', async () => {
    const gate = new Gate()
    const backend = new Backend({
      override: purchaseAfter(gate),
    })
    const page = (children: AddOnProviderProps['children']) => (
      <AddOnProvider adapter={backend}>{children}</AddOnProvider>
    )
    const { rerender } = render(page(<PlanTab />))
    await openPurchase()
    await pressConfirm()
    await findDialog('Subscribing to Analytics+')
    await userEvent.keyboard('{Escape}')
    await whenClosed()
    rerender(page(null))
    gate.open()
    await waitFor(() => expect(backend.count('purchase')).toBe(1))
    rerender(page(<PlanTab />))
    const owned = await screen.findByRole('region', { name: 'Your add-ons' })
    expect(within(owned).getByText('Active')).toBeVisible()
    expect(methods(backend)).toEqual(['getPlan', 'previewPurchase', 'purchase'])
  })
})

describe('baseUrl', () => {
  test('the plan, a price and a purchase go through the page’s fetch, below that address', async () => {
    const handle = createDemoHandler({ now, basePath: '/api/add-ons' })
    const requests: string[] = []
    const realFetch = globalThis.fetch
    vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
      const request = new Request(input, init)
      const { pathname } = new URL(request.url)
      if (!pathname.startsWith('/api/add-ons')) return realFetch(input, init)
      requests.push(`${request.method} ${pathname} ${request.headers.get('Accept-Language')}`)
      return handle(request)
    })
    render(
      <AddOnProvider baseUrl="/api/add-ons/" locale="en-GB">
        <PlanTab />
      </AddOnProvider>,
    )
    await openPurchase()
    await pressConfirm(/^Subscribe for/)
    await findDialog('Analytics+ is ready')
    expect(requests).toEqual([
      'GET /api/add-ons/plan en-GB',
      `POST /api/add-ons/add-ons/${analytics}/purchase-previews en-GB`,
      `POST /api/add-ons/add-ons/${analytics}/purchases en-GB`,
    ])
  })

  test('an adapter over HTTP that a host made itself is the same', async () => {
    const handle = createDemoHandler({ now, basePath: '/elsewhere' })
    const adapter = createHttpAdapter({ baseUrl: 'https://backend.example/elsewhere', fetch: handle })
    render(
      <AddOnProvider adapter={adapter}>
        <PlanTab />
      </AddOnProvider>,
    )
    await findCard()
  })
})
