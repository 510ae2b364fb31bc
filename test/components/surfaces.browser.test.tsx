import { render, screen, waitFor, within } from '@testing-library/react'
import {
  type AddOn,
  type AddOnAdapter,
  AddOnCard,
  AddOnError,
  type AddOnErrorCode,
  type AddOnEvent,
  AddOnNavItem,
  AddOnProvider,
  type LinkProps,
  type PlanOverview,
  PlanTab,
  RequestFeatureButton,
  useAddOn,
  useAddOnFlow,
  useAddOnPermissions,
  usePlan,
  usePurchase,
  useRequestFeature,
  useRequestQuote,
  useStartTrial,
} from 'addon-kit'
import { Component, createRef, type ReactNode, StrictMode } from 'react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import {
  addOnIs,
  analytics,
  Backend,
  buttonNames,
  findButton,
  findCard,
  findDialog,
  Gate,
  inDays,
  never,
  type Override,
  openPurchase,
  planIs,
  press,
  pressConfirm,
  previewIs,
  show,
  whenClosed,
} from './harness.js'

afterEach(() => {
  vi.restoreAllMocks()
})

const locked = /^Analytics\+ ?, locked$/
const planTab = () => screen.getByRole('region', { name: 'Current plan' })

/** A backend whose plan can be read only while it is up. */
function upOrDown(error: () => AddOnError): { override: Override; set: (isUp: boolean) => void } {
  let isUp = false
  return {
    override: (demo) => ({ getPlan: (...call) => (isUp ? demo.getPlan(...call) : Promise.reject(error())) }),
    set: (value) => {
      isUp = value
    },
  }
}

describe('the plan tab', () => {
  test('loading: says so, and shows nothing that could be pressed', async () => {
    show({ override: () => ({ getPlan: never }) })
    expect(planTab()).toHaveAttribute('aria-busy', 'true')
    expect(planTab()).toHaveAttribute('data-state', 'loading')
    expect(planTab()).toHaveTextContent('Loading your plan')
    expect(buttonNames(document.body)).toEqual([])
  })

  test('ready: the plan, its billing and its add-ons, the rules and whom to contact', async () => {
    show({ statuses: { 'ai-assist': 'active' } })
    await findCard()
    expect(planTab()).toHaveAttribute('data-state', 'ready')
    expect(planTab()).toHaveAttribute('aria-busy', 'false')
    const entry = (term: string) => screen.getByText(term, { selector: 'dt' }).parentElement
    expect(entry('Billing')).toHaveTextContent('Monthly')
    expect(entry('Next invoice')).toHaveTextContent('Dec 1, 2026')
    expect(entry('Seats')).toHaveTextContent('15 12 standard + 3 additional')
    const owned = screen.getByRole('region', { name: 'Your add-ons' })
    expect(within(owned).getAllByRole('article')).toHaveLength(1)
    expect(within(screen.getByRole('region', { name: 'Available add-ons' })).getAllByRole('article')).toHaveLength(3)
    expect(planTab()).toHaveTextContent('All purchases are final.')
    const contacts = within(screen.getByText(/For anything else after a purchase/))
    expect(contacts.getByRole('link', { name: /your account manager, Mara/ })).toHaveAttribute(
      'href',
      'mailto:mara@northwind.example',
    )
    expect(contacts.getByRole('link', { name: 'customer success' })).toHaveAttribute(
      'href',
      'https://northwind.example/help',
    )
  })

  test.each(['admin', 'supervisor'])('for an %s: no billing, no receipt, nobody’s names', async (role) => {
    show({
      role,
      statuses: { 'ai-assist': 'active' },
      records: {
        [analytics]: {
          featureRequests: [
            { viewerId: 'usr_kim', name: 'Kim', requestedAt: inDays(-1), askAgainAt: inDays(13), note: 'For reports.' },
          ],
        },
      },
    })
    await findCard()
    for (const word of ['Billing', 'Next invoice', 'Seats', '15 seats', 'Kim', 'For reports.', 'teammate']) {
      expect(planTab()).not.toHaveTextContent(word)
    }
  })

  test('an Owner reads who asked, and what for', async () => {
    show({
      records: {
        [analytics]: {
          featureRequests: [
            { viewerId: 'usr_kim', name: 'Kim', requestedAt: inDays(-1), askAgainAt: inDays(13), note: 'For reports.' },
            { viewerId: 'usr_lee', name: 'Lee', requestedAt: inDays(-2), askAgainAt: inDays(12) },
          ],
        },
      },
    })
    const card = await findCard()
    const asked = within(card).getByText(/teammates asked$/)
    expect(asked).toHaveTextContent('2 teammates asked')
    await userEvent.click(asked)
    expect(within(card).getByText('For reports.')).toBeVisible()
    expect(within(card).getAllByRole('listitem')).toHaveLength(2)
  })

  test('without add-ons: one plain sentence', async () => {
    show({ override: planIs((plan) => ({ ...plan, addOns: [] })) })
    expect(await screen.findByText('There are no add-ons for your plan yet.')).toBeVisible()
    expect(screen.getByRole('heading', { name: 'Essentials' })).toBeVisible()
  })

  test('one that is not offered is not shown, even if a backend sends it', async () => {
    show({ override: addOnIs(analytics, { status: { kind: 'unavailable' } }), children: sidebarAndTab })
    await findCard('AI Assist')
    expect(screen.queryByText('Analytics+')).toBeNull()
  })

  test('a status of a later version offers nothing, and breaks nothing', async () => {
    const later = (plan: PlanOverview): PlanOverview =>
      JSON.parse(JSON.stringify(plan).replace('"kind":"available"', '"kind":"paused","until":"2027-01-01"'))
    show({ override: planIs(later), children: sidebarAndTab })
    const card = await findCard()
    expect(card).toHaveAttribute('data-status', 'unknown')
    expect(buttonNames(card)).toEqual([])
    expect(screen.getByRole('navigation')).not.toHaveTextContent('Analytics+')
  })

  test('failed: why, the request id to copy, and another try', async () => {
    const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    const backend = upOrDown(() => new AddOnError('forbidden', { requestId: 'req_42' }))
    const { events } = show({ override: backend.override })
    const alert = await screen.findByRole('alert')
    expect(screen.getByRole('heading', { name: 'Your plan could not be loaded' })).toBeVisible()
    expect(alert).toHaveTextContent('req_42')
    await press('Copy')
    expect(await findButton('Copied')).toBeVisible()
    expect(copied.mock.calls).toEqual([['req_42']])
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({ type: 'failed', error: { code: 'forbidden', requestId: 'req_42' } })
    backend.set(true)
    await press('Try again')
    await findCard()
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test.each<AddOnErrorCode>([
    'unauthenticated',
    'forbidden',
    'not-found',
    'invalid-request',
    'invalid-response',
    'offline',
  ])('“%s” is read in words', async (code) => {
    show({ override: () => ({ getPlan: () => Promise.reject(new AddOnError(code)) }) })
    const alert = await screen.findByRole('alert')
    expect(alert).toHaveAttribute('data-code', code)
    expect(alert.textContent).toMatch(/^[A-Z].*\.$/)
    expect(alert.textContent).not.toContain('error.')
  })

  test('what a card alone shows when the plan cannot be read', async () => {
    const backend = upOrDown(() => new AddOnError('forbidden'))
    show({ override: backend.override, children: <AddOnCard addOnId={analytics} /> })
    expect(await screen.findByRole('alert')).toHaveTextContent(/your account has changed/)
    backend.set(true)
    await press('Try again')
    await findCard()
  })

  test('what a request button shows when the plan cannot be read, and where the focus goes when it can', async () => {
    const backend = upOrDown(() => new AddOnError('forbidden', { requestId: 'req_42' }))
    const gate = new Gate()
    let isHeld = false
    show({
      role: 'supervisor',
      override: (demo) => ({
        getPlan: async (...call) => {
          if (isHeld) await gate.passed()
          return backend.override(demo).getPlan?.(...call) ?? demo.getPlan(...call)
        },
      }),
      children: <RequestFeatureButton addOnId={analytics} className="host" />,
    })
    const alert = await screen.findByRole('alert')
    const root = alert.closest<HTMLElement>('[data-slot="request-feature"]')
    expect(root).toHaveAttribute('data-state', 'error')
    expect(root).toHaveClass('host')
    expect(alert).toHaveTextContent('Your role or your account has changed.')
    expect(alert).toHaveTextContent('req_42')
    backend.set(true)
    isHeld = true
    await press('Try again')
    const again = screen.getByRole('button', { name: 'Try again' })
    await waitFor(() => expect(again).toHaveAttribute('aria-disabled', 'true'))
    expect(again).toHaveFocus()
    gate.open()
    await findButton('Request feature, Analytics+')
    expect(root).toHaveAttribute('data-state', 'idle')
    expect(root).toHaveFocus()
  })

  test('a sidebar entry shows nothing while the plan cannot be read, and the last one where it is stale', async () => {
    const backend = upOrDown(() => new AddOnError('forbidden'))
    const { backend: asked } = show({
      override: backend.override,
      children: (
        <nav>
          <Refetch />
          <AddOnNavItem addOnId={analytics} />
        </nav>
      ),
    })
    const entry = () => document.querySelector('[data-slot="nav-item"]')
    await waitFor(() => expect(entry()).toBeNull())
    backend.set(true)
    await press('Read again')
    const locked = await findButton(/^Analytics\+.*locked$/)
    backend.set(false)
    await press('Read again')
    await waitFor(() => expect(asked.count('getPlan')).toBe(3))
    await new Promise(requestAnimationFrame)
    expect(entry()).toBe(locked)
    await press(/^Analytics\+.*locked$/)
    await findDialog('Analytics+')
  })

  test('stale: what was read stays, with its time and another try', async () => {
    const backend = upOrDown(() => new AddOnError('forbidden'))
    backend.set(true)
    show({
      override: backend.override,
      children: (
        <>
          <Refetch />
          <PlanTab />
        </>
      ),
    })
    const card = await findCard()
    backend.set(false)
    await press('Read again')
    await waitFor(() => expect(planTab()).toHaveAttribute('data-state', 'stale'))
    expect(planTab()).toHaveTextContent(/This page could not be refreshed\. It shows your plan as of .*\d:\d\d/)
    expect(card).toBeInTheDocument()
    backend.set(true)
    await press('Try again')
    await waitFor(() => expect(planTab()).toHaveAttribute('data-state', 'ready'))
    expect(screen.queryByText(/could not be refreshed/)).toBeNull()
  })

  test('no access: one plain sentence, or what the host puts there', async () => {
    const children = (
      <>
        <PlanTab />
        <PlanTab aria-label="In the host’s words" noAccess={<b>Ask Olive.</b>} />
      </>
    )
    show({ role: 'agent', statuses: { [analytics]: 'active' }, children })
    expect(await within(planTab()).findByText(/^Your Owners look after the plan/)).toBeVisible()
    expect(planTab()).toHaveAttribute('data-state', 'no-access')
    expect(screen.getByText('Ask Olive.')).toBeVisible()
    expect(screen.queryByText('Essentials')).toBeNull()
    expect(screen.queryByRole('article')).toBeNull()
    expect(buttonNames(document.body)).toEqual([])
  })

  function Refetch() {
    const { refetch } = usePlan()
    return (
      <button type="button" onClick={refetch}>
        Read again
      </button>
    )
  }
})

/** A link of the host's router. */
const HostLink = ({ children, ...rest }: Partial<LinkProps>) => (
  <a {...rest} data-host-link="">
    {children}
  </a>
)

const sidebarAndTab = (
  <>
    <nav>
      <AddOnNavItem addOnId={analytics} />
    </nav>
    <PlanTab />
  </>
)

describe('the sidebar entry', () => {
  test.each([
    ['owner', 'button'],
    ['admin', 'button'],
    ['supervisor', 'button'],
    ['agent', null],
    ['contractor', null],
  ])('of what is not bought, for an %s: %s', async (role, what) => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    show({ role, children: sidebarAndTab })
    await waitFor(() => expect(planTab()).toHaveAttribute('aria-busy', 'false'))
    const nav = screen.getByRole('navigation')
    expect(within(nav).queryAllByRole('button').length).toBe(what === 'button' ? 1 : 0)
    expect(within(nav).queryByRole('link')).toBeNull()
    if (!what) expect(nav).toBeEmptyDOMElement()
  })

  test.each([
    ['owner', 'active'],
    ['agent', 'active'],
    ['agent', 'trialing'],
    ['contractor', 'included'],
  ] as const)('for an %s, of what is %s: a plain link', async (role, status) => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    show({ role, statuses: { [analytics]: status }, children: <AddOnNavItem addOnId={analytics} /> })
    const link = await screen.findByRole('link', { name: 'Analytics+' })
    expect(link).toHaveAttribute('href', '/analytics')
    expect(link).toHaveAttribute('data-status', status)
    expect(link).not.toHaveAttribute('target')
    expect(link).not.toHaveAttribute('data-locked')
  })

  test('href goes before the add-on’s own, and children before its name', async () => {
    show({
      statuses: { [analytics]: 'active' },
      children: (
        <AddOnNavItem addOnId={analytics} href="/reports">
          Reports
        </AddOnNavItem>
      ),
    })
    expect(await screen.findByRole('link', { name: 'Reports' })).toHaveAttribute('href', '/reports')
  })

  test('asChild gives the link’s props to the child, which keeps its own', async () => {
    const onClick = vi.fn((event: { preventDefault(): void }) => event.preventDefault())
    function RouterLink(props: LinkProps & { activeClass?: string }) {
      const { activeClass, ...rest } = props
      return <a {...rest} data-router={activeClass} />
    }
    show({
      statuses: { [analytics]: 'active' },
      children: (
        <AddOnNavItem addOnId={analytics} asChild className="from-entry" data-testid="entry">
          <RouterLink href="/reports" activeClass="on" className="from-child">
            <button type="button" onClick={onClick}>
              Reports
            </button>
          </RouterLink>
        </AddOnNavItem>
      ),
    })
    const link = await screen.findByTestId('entry')
    expect(link.tagName).toBe('A')
    expect(link).toHaveAttribute('data-router', 'on')
    expect(link).toHaveAttribute('data-add-on', analytics)
    expect(link).toHaveClass('from-entry', 'from-child')
    await userEvent.click(screen.getByRole('button', { name: 'Reports' }))
    expect(onClick).toHaveBeenCalledTimes(1)
  })

  test('asChild without an address of its own gets the add-on’s', async () => {
    show({
      statuses: { [analytics]: 'active' },
      children: (
        <AddOnNavItem addOnId={analytics} asChild>
          <HostLink>Reports</HostLink>
        </AddOnNavItem>
      ),
    })
    expect(await screen.findByRole('link', { name: 'Reports' })).toHaveAttribute('href', '/analytics')
  })

  test('asChild of what is not bought is the kit’s own button, with the child’s words', async () => {
    show({
      children: (
        <AddOnNavItem addOnId={analytics} asChild>
          <a href="/reports">Reports</a>
        </AddOnNavItem>
      ),
    })
    const button = await findButton(/^Reports ?, locked$/)
    expect(button).toHaveAttribute('data-locked')
    expect(screen.queryByRole('link')).toBeNull()
    await userEvent.click(button)
    await findDialog('Analytics+')
  })

  test('a host’s own handlers are called beside the kit’s', async () => {
    const onClick = vi.fn()
    const onFocus = vi.fn()
    show({ children: <AddOnNavItem addOnId={analytics} onClick={onClick} onFocus={onFocus} /> })
    await press(locked)
    await findDialog('Analytics+')
    expect(onClick).toHaveBeenCalledTimes(1)
    expect(onFocus).toHaveBeenCalled()
  })
})

describe('what comes from the host or the backend', () => {
  /** Every text of this plan that is not the kit's has this letter. */
  const mark = 'ⵣ'
  const foreign = (text: string) => `${text}${mark}أ`
  const foreignPlan = (plan: PlanOverview): PlanOverview => ({
    ...plan,
    viewer: { ...plan.viewer, name: foreign('Olive') },
    account: {
      ...plan.account,
      name: foreign('Larkspur'),
      plan: { id: 'essentials', name: foreign('Essentials') },
      contacts: {
        accountManager: { name: foreign('Mara'), email: 'mara@northwind.example' },
        customerSuccess: { name: foreign('Help'), url: 'https://northwind.example/help' },
      },
      owners: [{ name: foreign('Olive') }, { name: foreign('Otto') }],
    },
    addOns: plan.addOns.map((addOn) => ({
      ...addOn,
      name: foreign(addOn.name),
      description: foreign(addOn.description),
    })),
  })

  function notIsolated(): string[] {
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const { nodeValue, parentElement } = walker.currentNode
      const isTile = parentElement?.closest('[data-slot="tile"], [data-slot="faces"]')
      if (nodeValue?.includes(mark) && !isTile && !parentElement?.closest('bdi')) found.push(nodeValue)
    }
    return found
  }

  const shapes = (changes: Partial<AddOn>[]): Override =>
    planIs((plan) => {
      const named = foreignPlan(plan)
      const [addOn] = named.addOns
      if (!addOn) return named
      const { decisions: _, ...rest } = addOn
      return { ...named, addOns: changes.map((change, index) => ({ ...rest, ...change, id: `desk-${index}` })) }
    })

  test('is isolated in every text of the page', async () => {
    const by = foreign('Otto')
    show({
      override: shapes([
        { status: { kind: 'active', since: inDays(-9), by, seats: 15, receiptUrl: 'https://northwind.example/r' } },
        { status: { kind: 'included' } },
        { status: { kind: 'trialing', startedAt: inDays(-1), endsAt: inDays(29) } },
        { pendingPurchase: { state: 'processing', startedAt: inDays(0), by, mine: false } },
        { quoteRequest: { requestedAt: inDays(-1), requestedBy: by } },
        {
          featureRequests: {
            count: 1,
            byViewer: null,
            from: [{ name: by, requestedAt: inDays(-1), note: foreign('Please.') }],
          },
        },
        {
          decisions: {
            subscribe: { allowed: false, reason: 'host', reasonText: foreign('Not on Mondays.') },
            'request-quote': { allowed: true },
            'start-trial': { allowed: true },
            'request-feature': { allowed: true },
          },
        },
      ]),
      children: (
        <>
          <nav>
            <AddOnNavItem addOnId="desk-0" />
            <AddOnNavItem addOnId="desk-4" />
          </nav>
          <PlanTab />
          <RequestFeatureButton addOnId="desk-6" />
        </>
      ),
    })
    await screen.findByRole('region', { name: 'Your add-ons' })
    expect(document.body).toHaveTextContent(mark)
    expect(notIsolated()).toEqual([])
  })

  test.each([
    ['Try it for free', 'owner'],
    ['Request feature', 'supervisor'],
    ['Subscribe now', 'owner'],
  ])('is isolated in the dialog of “%s”', async (label, role) => {
    const usd = (amount: number) => ({ amount, currency: 'USD' })
    show({
      role,
      override: (demo) => ({
        ...planIs(foreignPlan)(demo),
        ...previewIs({
          lines: [{ kind: 'other', label: foreign('Fee'), amount: usd(6000) }],
          payment: { label: foreign('Visa') },
        })(demo),
      }),
    })
    await press(`${label}, ${foreign('Analytics+')}`)
    const dialog = await screen.findByRole('dialog')
    const go = await within(dialog).findByRole('button', { name: /^(Start free trial|Send request|Subscribe for)/ })
    expect(notIsolated()).toEqual([])
    await userEvent.click(go)
    await within(dialog).findByRole('button', { name: 'Done' })
    expect(notIsolated()).toEqual([])
  })

  test.each([
    new AddOnError('already-purchased', { purchasedBy: foreign('Otto') }),
    new AddOnError('purchase-pending', { purchasedBy: foreign('Otto') }),
    new AddOnError('forbidden', { reason: 'host', reasonText: foreign('Not on Mondays.') }),
    new AddOnError('unauthenticated'),
  ])('is isolated in the ending of a purchase: %s', async (error) => {
    show({
      override: (demo) => ({ ...planIs(foreignPlan)(demo), purchase: () => Promise.reject(error) }),
    })
    await press(`Subscribe now, ${foreign('Analytics+')}`)
    await pressConfirm(/^Subscribe for/)
    const dialog = await screen.findByRole('dialog')
    await waitFor(() => expect(dialog).not.toHaveTextContent('Subscribing'))
    await waitFor(() => expect(within(dialog).queryByRole('button', { name: /^Subscribe for/ })).toBeNull())
    expect(notIsolated()).toEqual([])
  })

  const attack = '<img src=x onerror="globalThis.hasBeenHacked = true"><b>bold</b>'

  test('is shown as text, whatever it looks like', async () => {
    show({
      override: addOnIs(analytics, { name: attack, description: attack }),
      children: sidebarAndTab,
    })
    const card = await findCard(attack)
    expect(card).toHaveTextContent('onerror=')
    expect(document.querySelector('img, b:not([data-addon-kit] b)')).toBeNull()
    await press(`Subscribe now, ${attack}`)
    await findButton(/^Subscribe for/)
    expect(document.querySelector('img')).toBeNull()
    expect('hasBeenHacked' in globalThis).toBe(false)
  })

  const wicked = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' \u0001javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'blob:https://northwind.example/1',
  ]

  test.each(wicked)('a link or an image to %j is dropped, and its words stay', async (url) => {
    show({
      override: (demo) => ({
        getPlan: async (...call) => {
          const plan = await demo.getPlan(...call)
          return {
            ...plan,
            account: {
              ...plan.account,
              contacts: {
                accountManager: { name: 'Mara', url },
                customerSuccess: { name: 'Help', email: `x", ${url}` },
              },
            },
            addOns: plan.addOns.map((addOn) => ({
              ...addOn,
              href: url,
              learnMoreUrl: url,
              imageUrl: url,
              ...(addOn.id === 'ai-assist' && {
                status: { kind: 'active', since: inDays(-1), receiptUrl: url } as const,
              }),
            })),
          }
        },
        ...previewIs({ terms: { final: true, version: '1', consent: 'notice', url } })(demo),
      }),
      children: (
        <>
          <nav>
            <AddOnNavItem addOnId="ai-assist" />
            <AddOnNavItem addOnId="ai-assist" href={url} />
            <AddOnNavItem addOnId="ai-assist" asChild href={url}>
              <HostLink>Child</HostLink>
            </AddOnNavItem>
          </nav>
          <PlanTab />
        </>
      ),
    })
    const card = await findCard()
    expect(card).toHaveTextContent('Learn more')
    expect(await findCard('AI Assist')).toHaveTextContent('Receipt')
    expect(screen.getByRole('navigation')).toHaveTextContent('AI Assist')
    await press('Subscribe now, Analytics+')
    await findButton(/^Subscribe for/)
    const addresses = Array.from(document.body.querySelectorAll(':not(script)'), (element) => [
      element.getAttribute('href'),
      element.getAttribute('src'),
    ]).flat()
    expect(addresses.filter((address) => address && !/^(https?|mailto):/.test(address))).toEqual([])
    expect(document.querySelector('main img, [role="dialog"] img')).toBeNull()
  })

  test('a safe image is shown as a decoration', async () => {
    const imageUrl = `${location.origin}/favicon.svg`
    show({ override: addOnIs(analytics, { imageUrl }) })
    const card = await findCard()
    const image = card.querySelector('img')
    expect(image).toHaveAttribute('src', imageUrl)
    expect(image).toHaveAttribute('alt', '')
  })
})

describe('links', () => {
  test('within the host’s site are the host’s; to elsewhere, and mail, are plain', async () => {
    show({
      statuses: { 'ai-assist': 'active' },
      provider: { linkComponent: HostLink },
      override: planIs((plan) => ({
        ...plan,
        addOns: plan.addOns.map((addOn) =>
          addOn.id === 'ai-assist-pro' ? { ...addOn, learnMoreUrl: '//elsewhere.example/pro' } : addOn,
        ),
      })),
      children: (
        <>
          <AddOnNavItem addOnId="ai-assist" />
          <PlanTab />
        </>
      ),
    })
    await findCard()
    const links = screen
      .getAllByRole('link')
      .map((link) => [
        link.getAttribute('href'),
        link.hasAttribute('data-host-link'),
        link.getAttribute('target'),
        link.getAttribute('rel'),
      ])
    const elsewhere = [false, '_blank', 'noopener noreferrer']
    expect(new Set(links.map((link) => JSON.stringify(link)))).toEqual(
      new Set(
        [
          ['/assist', true, null, null],
          ['https://northwind.example/analytics-plus', ...elsewhere],
          ['https://northwind.example/ai-assist', ...elsewhere],
          ['https://northwind.example/help', ...elsewhere],
          ['//elsewhere.example/pro', ...elsewhere],
          ['mailto:mara@northwind.example', false, null, null],
        ].map((link) => JSON.stringify(link)),
      ),
    )
    expect(links.filter(([href]) => href === '/assist')).toHaveLength(2)
  })
})

describe('overrides', () => {
  test('texts: the provider’s before the catalogue’s, a component’s before the provider’s', async () => {
    show({
      role: 'admin',
      provider: { messages: { 'action.start-trial': 'Have a go', 'plan.current': 'Our plan' } },
      children: (
        <>
          <PlanTab
            messages={{
              'plan.current': 'Your plan with us',
              'action.for': ({ action, name }) => `${String(name)}: ${String(action)}`,
            }}
          />
          <AddOnCard addOnId={analytics} />
        </>
      ),
    })
    const region = await screen.findByRole('region', { name: 'Your plan with us' })
    expect(await within(region).findByRole('button', { name: 'Analytics+: Have a go' })).toHaveTextContent('Have a go')
    expect(await findButton('Have a go, Analytics+')).toBeVisible()
  })

  test('texts as functions get the parameters and the locale’s formats; what they return may have placeholders', async () => {
    show({
      provider: {
        locale: 'de',
        messages: {
          'plan.billedFor': ({ count }, format) => `Für ${format.number(count * 1000)} Plätze`,
          'card.included': ({ plan }, format) => `In {plan} (${String(plan)}, ${format.locale})`,
        },
      },
      plan: 'professional',
    })
    expect(await screen.findByText('Für 15.000 Plätze')).toBeVisible()
    const card = await findCard('AI Assist')
    expect(card).toHaveTextContent('In Professional (Professional, de)')
    expect(within(card).getByText('Professional', { selector: 'bdi' })).toBeInTheDocument()
  })

  test('texts reach the dialog, the provider’s as well as those of its own', async () => {
    show({
      provider: { messages: { 'review.title': '{name}, for your team', 'action.cancel': 'Not now' } },
    })
    await press('Subscribe now, Analytics+')
    await findDialog('Analytics+, for your team')
    expect(await findButton('Not now')).toBeVisible()
  })

  test('className, class names by slot, other props and the ref reach each root', async () => {
    const refs = {
      tab: createRef<HTMLElement>(),
      card: createRef<HTMLElement>(),
      link: createRef<HTMLElement>(),
      button: createRef<HTMLElement>(),
      request: createRef<HTMLDivElement>(),
    }
    show({
      role: 'admin',
      statuses: { 'ai-assist': 'active' },
      children: (
        <>
          <PlanTab
            ref={refs.tab}
            className="a"
            classNames={{
              'plan-tab': 'b',
              card: 'c',
              summary: 'd',
              'section-title': 'e',
              rules: 'f',
              'card-actions': 'g',
            }}
            data-host="tab"
            id="tab"
          />
          <AddOnCard
            ref={refs.card}
            addOnId={analytics}
            className="a"
            classNames={{ card: 'b', 'card-title': 'h', 'card-notes': 'i' }}
            data-host="card"
          />
          <AddOnNavItem
            ref={refs.link}
            addOnId="ai-assist"
            className="a"
            classNames={{ 'nav-item': 'b', 'nav-label': 'j' }}
            data-host="link"
          />
          <AddOnNavItem
            ref={refs.button}
            addOnId={analytics}
            className="a"
            classNames={{ 'nav-item': 'b', 'nav-mark': 'k' }}
            data-host="button"
          />
          <RequestFeatureButton
            ref={refs.request}
            addOnId={analytics}
            className="a"
            classNames={{ 'request-feature': 'b', 'request-result': 'l' }}
            data-host="request"
          />
        </>
      ),
    })
    await waitFor(() => expect(document.querySelectorAll('[data-host]')).toHaveLength(5))
    await screen.findAllByRole('article')
    for (const [name, { current }] of Object.entries(refs)) {
      expect(current, name).toHaveAttribute('data-host', name)
      expect(current, name).toHaveClass('a', 'b')
      expect(current, name).toHaveAttribute('data-addon-kit')
    }
    expect(refs.tab.current).toHaveAttribute('id', 'tab')
    expect(refs.tab.current?.querySelectorAll('article.c')).toHaveLength(4)
    for (const name of ['d', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l']) {
      expect(document.querySelector(`.${name}[data-slot]`), name).not.toBeNull()
    }
  })

  test('a locale without texts of its own is for numbers and dates: what is English is marked as English', async () => {
    show({ provider: { locale: 'ar-EG' } })
    const card = await findCard()
    expect(card).toHaveTextContent('Subscribe now')
    expect([card.lang, card.dir]).toEqual(['en', 'ltr'])
    expect(card).toHaveTextContent(/[٠-٩]/)
  })

  test('the language of a component’s own texts writes its numbers and dates too, unless the host named a locale', async () => {
    const german = <AddOnCard addOnId={analytics} messages={{ lang: 'de' }} />
    const { unmount } = show({ children: german })
    expect(await findCard()).toHaveTextContent('15,00 $')
    unmount()
    show({ provider: { locale: 'en-GB' }, children: german })
    expect(await findCard()).toHaveTextContent('US$15.00')
  })

  test('what is said after the name of a sidebar entry is joined the way the language does', async () => {
    show({
      provider: { messages: { 'nav.also': ' ({text})' } },
      children: <AddOnNavItem addOnId={analytics} />,
    })
    expect(await screen.findByRole('button', { name: 'Analytics+ (locked)' })).toBeVisible()
  })

  test('the host’s theme, and the language and direction of the texts, are on every root', async () => {
    show({
      provider: { theme: 'dark', messages: { lang: 'ar-EG' } },
      children: sidebarAndTab,
      statuses: { 'ai-assist': 'active' },
    })
    await press('Subscribe now, Analytics+')
    await screen.findByRole('dialog')
    const roots = Array.from(document.querySelectorAll('[data-theme]'))
    expect(roots.length).toBeGreaterThan(5)
    for (const root of roots) {
      expect(root).toHaveAttribute('data-theme', 'dark')
      expect(root).toHaveAttribute('lang', 'ar-EG')
      expect(root).toHaveAttribute('dir', 'rtl')
    }
  })

  test('dates are those of the host’s time zone, else of the account’s', async () => {
    const statuses = { [analytics]: 'trialing' } as const
    const { unmount } = show({ statuses, provider: { timeZone: 'Pacific/Honolulu' } })
    // Midnight of 5 December in London is still the 4th in Honolulu.
    expect(await findCard()).toHaveTextContent('ends on Dec 4, 2026')
    unmount()
    show({ statuses })
    expect(await findCard()).toHaveTextContent('ends on Dec 5, 2026')
  })

  test('the dialog is mounted where the host says', async () => {
    const container = document.createElement('div')
    document.body.append(container)
    show({ provider: { container } })
    await openPurchase()
    expect(container.contains(screen.getByRole('dialog'))).toBe(true)
    await userEvent.keyboard('{Escape}')
    await whenClosed()
    container.remove()
  })

  test('debug logs what happens; without it the console stays silent', async () => {
    const info = vi.spyOn(console, 'info').mockImplementation(() => undefined)
    const { unmount } = show()
    await press('Try it for free, Analytics+')
    await findDialog('Try Analytics+ for free')
    expect(info).not.toHaveBeenCalled()
    unmount()
    show({ provider: { debug: true } })
    await press('Try it for free, Analytics+')
    await waitFor(() => expect(info).toHaveBeenCalled())
  })
})

describe('data attributes', () => {
  test('cards, buttons and sidebar entries say which add-on, which action, which status', async () => {
    show({ statuses: { 'ai-assist': 'trialing' }, children: sidebarAndTab })
    const card = await findCard()
    expect(card.dataset).toMatchObject({ addOn: analytics, status: 'available' })
    expect((await findCard('AI Assist')).dataset).toMatchObject({ addOn: 'ai-assist', status: 'trialing' })
    expect((await findButton('Try it for free, Analytics+')).dataset).toMatchObject({
      addOn: analytics,
      action: 'start-trial',
    })
    expect((await findButton(locked)).dataset).toMatchObject({ addOn: analytics, status: 'available', locked: '' })
  })

  test('the dialog says which add-on and which step, and the confirm button that it is one', async () => {
    show()
    const dialog = await openPurchase()
    expect(dialog.dataset).toMatchObject({ addOn: analytics, state: 'open' })
    expect(dialog.querySelector('[data-step="review"]')).not.toBeNull()
    expect((await findButton(/^Subscribe for/)).dataset).toMatchObject({ action: 'confirm' })
  })
})

describe('the request button', () => {
  const children = <RequestFeatureButton addOnId={analytics} />
  const button = 'Request feature, Analytics+'
  const root = () => document.querySelector('[data-slot="request-feature"]')

  test('one click tells the Owners, by name, and says when one may ask again', async () => {
    const gate = new Gate()
    const { backend, events } = show({
      role: 'supervisor',
      children,
      override: (demo) => ({
        requestFeature: async (...call) => gate.passed().then(() => demo.requestFeature(...call)),
      }),
    })
    const ask = await findButton(button)
    expect(root()).toHaveAttribute('data-state', 'idle')
    await userEvent.click(ask)
    await waitFor(() => expect(root()).toHaveAttribute('data-state', 'sending'))
    expect(ask).toHaveAttribute('aria-disabled', 'true')
    expect(ask).toHaveFocus()
    const spoken = () => screen.getAllByRole('status').map((region) => region.textContent)
    expect(spoken()).toContain('Sending your request')
    gate.open()
    const text = 'It went to Olive and Otto. You can ask again from Dec\u00a07,\u00a02026.'
    await waitFor(() => expect(spoken()).toContain(text))
    expect(root()).toHaveAttribute('data-state', 'sent')
    expect(screen.queryByRole('button')).toBeNull()
    expect(root()?.contains(document.activeElement)).toBe(true)
    expect(backend.count('requestFeature')).toBe(1)
    expect(backend.inputs('requestFeature')[0]).not.toHaveProperty('note')
    expect(events).toEqual([{ type: 'feature-requested', addOnId: analytics }])
  })

  test('what is read out are words, never the name of a text', async () => {
    show({ role: 'supervisor', children })
    const seen: string[] = []
    const observer = new MutationObserver(() => {
      seen.push(...screen.getAllByRole('status').map((region) => region.textContent ?? ''))
    })
    observer.observe(document.body, { subtree: true, childList: true, characterData: true })
    await press(button)
    await screen.findByText(/^It went to/)
    observer.disconnect()
    expect(seen.filter((text) => /^[\w-]+\.[\w.-]+$/.test(text))).toEqual([])
  })

  test('two clicks in one task ask once', async () => {
    const { backend } = show({ role: 'supervisor', children })
    const ask = await findButton(button)
    ask.click()
    ask.click()
    await screen.findByText(/^It went to/)
    expect(backend.count('requestFeature')).toBe(1)
  })

  test('withNote sends what was written', async () => {
    const { backend } = show({ role: 'admin', children: <RequestFeatureButton addOnId={analytics} withNote /> })
    await userEvent.fill(await screen.findByRole('textbox', { name: 'Note (optional)' }), 'For reports.')
    await press(button)
    await screen.findByText(/^It went to/)
    expect(backend.inputs('requestFeature')[0]).toMatchObject({ note: 'For reports.' })
    expect(screen.queryByRole('textbox')).toBeNull()
  })

  test('who has asked already sees when, also on another visit', async () => {
    show({
      role: 'supervisor',
      children,
      records: {
        [analytics]: {
          featureRequests: [{ viewerId: 'usr_sunny', name: 'Sunny', requestedAt: inDays(-3), askAgainAt: inDays(11) }],
        },
      },
    })
    await waitFor(() => expect(root()).toHaveTextContent('Requested on Nov 20, 2026'))
    expect(root()).toHaveAttribute('data-state', 'requested')
    expect(screen.queryByRole('button')).toBeNull()
  })

  test('after 14 days one may ask again', async () => {
    const { backend } = show({
      role: 'supervisor',
      children,
      records: {
        [analytics]: {
          featureRequests: [{ viewerId: 'usr_sunny', name: 'Sunny', requestedAt: inDays(-14), askAgainAt: inDays(0) }],
        },
      },
    })
    await press('Ask again, Analytics+')
    await screen.findByText(/^It went to/)
    expect(backend.count('requestFeature')).toBe(1)
  })

  test('failed: says why, keeps the note, and asks again under the same key', async () => {
    let isDown = true
    const { backend, events } = show({
      role: 'supervisor',
      children: <RequestFeatureButton addOnId={analytics} withNote />,
      override: (demo) => ({
        requestFeature: (...call) =>
          isDown ? Promise.reject(new AddOnError('network')) : demo.requestFeature(...call),
      }),
    })
    await userEvent.fill(await screen.findByRole('textbox'), 'For reports.')
    await press(button)
    expect(await screen.findByRole('alert')).toHaveTextContent('There was no answer.')
    expect(root()).toHaveAttribute('data-state', 'failed')
    expect(screen.getByRole('textbox')).toHaveValue('For reports.')
    expect(await findButton(button)).toHaveFocus()
    isDown = false
    await press(button)
    await screen.findByText(/^It went to/)
    expect(screen.queryByRole('alert')).toBeNull()
    const [one, other] = backend.inputs('requestFeature')
    expect(one).toEqual(other)
    expect(events.map(({ type }) => type)).toEqual(['failed', 'feature-requested'])
  })

  test.each(['owner', 'agent', 'contractor'])('is nothing for an %s', async (role) => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    show({
      role,
      children: (
        <>
          {children}
          <PlanTab />
        </>
      ),
    })
    await waitFor(() => expect(planTab()).toHaveAttribute('aria-busy', 'false'))
    expect(root()).toBeNull()
  })

  test('another person on the same screen starts afresh', async () => {
    const page = (scope: string, adapter: AddOnAdapter) => (
      <AddOnProvider adapter={adapter} scope={scope}>
        <RequestFeatureButton addOnId={analytics} withNote />
      </AddOnProvider>
    )
    const { rerender } = render(page('sunny', new Backend({ role: 'supervisor' })))
    await userEvent.fill(await screen.findByRole('textbox'), 'For reports.')
    await press(button)
    await screen.findByText(/^It went to/)
    rerender(page('ada', new Backend({ role: 'admin' })))
    expect(await findButton(button)).toBeVisible()
    expect(root()).toHaveAttribute('data-state', 'idle')
    expect(screen.getByRole('textbox')).toHaveValue('')
  })
})

describe('what crashes', () => {
  /** What a host's own boundary would catch. */
  class HostBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
    override state = { error: undefined }
    static getDerivedStateFromError(error: unknown) {
      return { error }
    }
    override render() {
      return this.state.error ? <p>The host crashed</p> : this.props.children
    }
  }

  const crashes = (events: readonly AddOnEvent[]) => events.filter(({ type }) => type === 'crashed')

  test('a link component of the host’s that throws takes down one card, and nothing else', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const { events } = show({
      statuses: { 'ai-assist': 'active' },
      provider: {
        linkComponent: () => {
          throw new Error('no router')
        },
      },
      children: (
        <HostBoundary>
          <p>The host’s own words</p>
          <PlanTab />
        </HostBoundary>
      ),
    })
    await findCard()
    expect(screen.getByText(/^Something went wrong/)).toBeVisible()
    expect(screen.getByText('The host’s own words')).toBeVisible()
    expect(screen.getByRole('heading', { name: 'Essentials' })).toBeVisible()
    expect(screen.getAllByRole('article')).toHaveLength(3)
    expect(crashes(events)).toHaveLength(1)
    expect(crashes(events)[0]).toMatchObject({ error: { message: 'no router' } })
  })

  test('a text of the host’s that throws is contained in its component', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const { events } = show({
      children: (
        <HostBoundary>
          <p>The host’s own words</p>
          <AddOnCard
            addOnId={analytics}
            messages={{
              'action.for': () => {
                throw new Error('no words')
              },
            }}
          />
          <AddOnNavItem addOnId={analytics} />
        </HostBoundary>
      ),
    })
    expect(await screen.findByText(/^Something went wrong/)).toBeVisible()
    expect(await findButton(locked)).toBeVisible()
    expect(screen.getByText('The host’s own words')).toBeVisible()
    expect(crashes(events)).toHaveLength(1)
  })

  test('a dialog that crashes leaves a page that works, and a dialog that opens the next time', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const { events } = show({
      provider: {
        messages: {
          'review.text': () => {
            throw new Error('no words')
          },
        },
      },
    })
    await press('Subscribe now, Analytics+')
    await waitFor(() => expect(crashes(events).length).toBeGreaterThan(0))
    await userEvent.keyboard('{Escape}')
    await whenClosed()
    await press('Try it for free, Analytics+')
    await findDialog('Try Analytics+ for free')
  })

  test('a host that throws on being told something loses nothing', async () => {
    const complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    show({
      provider: {
        onEvent: () => {
          throw new Error('no log')
        },
      },
    })
    await press('Try it for free, Analytics+')
    await press('Start free trial')
    await findDialog('Your free trial of Analytics+ has begun')
    expect(complaints).toHaveBeenCalled()
  })
})

describe('what a developer is told', () => {
  test('a role that nobody mapped: once, with the line that maps it', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const backend = new Backend({ role: 'contractor' })
    render(
      <StrictMode>
        <AddOnProvider adapter={backend}>
          {sidebarAndTab}
          <Again />
        </AddOnProvider>
      </StrictMode>,
    )
    await screen.findByText(/^Your Owners look after/)
    const before = backend.count('getPlan')
    await press('Again')
    await waitFor(() => expect(backend.count('getPlan')).toBe(before + 1))
    await waitFor(() => expect(planTab()).toHaveAttribute('data-state', 'no-access'))
    expect(warn).toHaveBeenCalledTimes(1)
    expect(warn.mock.calls[0]?.[0]).toContain('contractor')
    expect(warn.mock.calls[0]?.[0]).toMatch(/definePolicy\(\{ roles: \{ "contractor": '\w+' \} \}\)/)
  })

  test('an Agent is a role that is mapped', async () => {
    const warn = vi.spyOn(console, 'warn')
    show({ role: 'agent' })
    await screen.findByText(/^Your Owners look after/)
    expect(warn).not.toHaveBeenCalled()
  })

  test.each([
    ['PlanTab', () => <PlanTab />],
    ['AddOnCard', () => <AddOnCard addOnId={analytics} />],
    ['AddOnNavItem', () => <AddOnNavItem addOnId={analytics} />],
    ['RequestFeatureButton', () => <RequestFeatureButton addOnId={analytics} />],
    ['usePlan', () => <Uses hook={usePlan} />],
    ['useAddOn', () => <Uses hook={() => useAddOn(analytics)} />],
    ['useAddOnPermissions', () => <Uses hook={() => useAddOnPermissions(analytics)} />],
    ['useAddOnFlow', () => <Uses hook={useAddOnFlow} />],
    ['usePurchase', () => <Uses hook={() => usePurchase(analytics)} />],
    ['useRequestFeature', () => <Uses hook={() => useRequestFeature(analytics)} />],
    ['useRequestQuote', () => <Uses hook={() => useRequestQuote(analytics)} />],
    ['useStartTrial', () => <Uses hook={() => useStartTrial(analytics)} />],
  ])('%s without a provider throws, with the way out', (_, element) => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    expect(() => render(element())).toThrow(/addon-kit: .*<AddOnProvider>.*[Ww]rap/)
  })

  function Uses({ hook }: { hook: () => unknown }) {
    hook()
    return null
  }

  function Again() {
    const { refetch } = usePlan()
    return (
      <button type="button" onClick={refetch}>
        Again
      </button>
    )
  }
})
