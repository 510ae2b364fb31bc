import { screen, waitFor, within } from '@testing-library/react'
import { AddOnCard, AddOnError, AddOnNavItem, PlanTab, useAddOnFlow } from 'addon-kit'
import { createMemoryStore, demoAccountId } from 'addon-kit/demo'
import { type ReactNode, useState } from 'react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import {
  addOnIs,
  analytics,
  buttonNames,
  confirmName,
  dialogTitle,
  findButton,
  findCard,
  findConfirm,
  findDialog,
  Gate,
  inDays,
  now,
  openPurchase,
  press,
  pressConfirm,
  previewIs,
  show,
  whenClosed,
} from './harness.js'
import { confirm, dialog, nextTask, purchaseRejects } from './purchases.js'

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** Every module that the page fetches from here on. */
const fetched: string[] = []
new PerformanceObserver((list) => {
  fetched.push(...list.getEntries().map(({ name }) => name))
}).observe({ type: 'resource', buffered: true })
const hasDialogCode = () => fetched.some((name) => name.includes('/FlowDialog.'))

// First of all tests of this file: the code stays in the page.
describe('the dialog’s code', () => {
  test('is not fetched with the page, only when somebody points at an action', async () => {
    show()
    await findCard()
    expect(hasDialogCode()).toBe(false)
    await userEvent.hover(await findButton('Try it for free, Analytics+'))
    await expect.poll(hasDialogCode, { timeout: 5000 }).toBe(true)
    expect(screen.queryByRole('dialog')).toBeNull()
  })
})

describe('the review', () => {
  test('says who is billed, for how many seats, each line, what is due and what pays for it', async () => {
    show()
    const review = await openPurchase()
    expect(review).toHaveAccessibleName('Subscribe to Analytics+')
    expect(review).toHaveTextContent('Billed to Larkspur Logistics')
    const line = (term: string) => within(review).getByText(term, { selector: 'dt' }).closest('div')
    expect(line('Seats')).toHaveTextContent('12 standard licences + 3 additional users')
    expect(line('Seats')).toHaveTextContent(/15$/)
    expect(line('Price per seat')).toHaveTextContent('$15.00')
    expect(line('Rest of this period')).toHaveTextContent('$60.00')
    expect(line('Paid with')).toHaveTextContent('Visa ending 4242')
    expect(line('Due today')).toHaveTextContent('$60.00')
    expect(line('Due today')).toHaveTextContent('Nov 23, 2026, 12:00 AM – Dec 1, 2026, 12:00 AM')
    expect(review).toHaveTextContent(
      'You pay $60.00 today and $225.00 every month from Dec 1, 2026. All purchases are final.',
    )
  })

  test('shows days as the backend counted them, and its own words for a line', async () => {
    const usd = (amount: number) => ({ amount, currency: 'USD' })
    show({
      override: previewIs({
        lines: [
          { kind: 'prorated', amount: usd(6000) },
          { kind: 'discount', label: 'Partner discount', amount: usd(-1000) },
          { kind: 'tax', amount: usd(950) },
        ],
        dueNow: usd(5950),
        proration: { from: '2026-11-23T00:00:00Z', to: '2026-12-01T00:00:00Z', unit: 'day', used: 8, of: 30 },
        terms: { final: true, version: '7', url: 'https://northwind.example/terms', consent: 'notice' },
      }),
    })
    await press('Subscribe now, Analytics+')
    const review = await findDialog('Subscribe to Analytics+')
    await findButton('Subscribe for $59.50 today')
    expect(review).toHaveTextContent('prorated for 8 of 30 days, Nov 23, 2026 – Dec 1, 2026')
    expect(review).toHaveTextContent('Partner discount-$10.00')
    expect(review).toHaveTextContent('Tax$9.50')
    expect(within(review).getByRole('link', { name: 'Terms' })).toHaveAttribute(
      'href',
      'https://northwind.example/terms',
    )
  })

  test('says plus tax wherever tax is not in the amount', async () => {
    show({ override: previewIs({ taxNotIncluded: true }) })
    const review = await openPurchase()
    expect(within(review).getByRole('button', { name: 'Subscribe for $60.00 plus tax today' })).toBeVisible()
    expect(review).toHaveTextContent('You pay $60.00 plus tax today and $225.00 plus tax every month')
  })

  test('can be confirmed where nothing is due, also without a payment method', async () => {
    const { backend } = show({
      override: (demo) => ({
        ...previewIs({ lines: [], dueNow: { amount: 0, currency: 'USD' }, payment: null })(demo),
        purchase: () => Promise.reject(new AddOnError('rate-limited')),
      }),
    })
    await press('Subscribe now, Analytics+')
    await pressConfirm('Subscribe for $0.00 today')
    await findDialog('Your purchase did not go through')
    expect(backend.inputs('purchase')[0]?.expected.dueNow).toEqual({ amount: 0, currency: 'USD' })
  })

  test('says that a running trial ends now', async () => {
    show({ statuses: { [analytics]: 'trialing' } })
    const review = await openPurchase()
    expect(review).toHaveTextContent('Your free trial had 12 days left. It ends now.')
  })

  test('takes no confirmation until the terms are agreed to, where they ask for it', async () => {
    const { backend } = show({ override: previewIs({ terms: { final: true, version: '1', consent: 'checkbox' } }) })
    await press('Subscribe now, Analytics+')
    const review = await findDialog('Subscribe to Analytics+')
    const button = await findButton(confirmName)
    await new Promise((resolve) => setTimeout(resolve, 1100))
    expect(button).toHaveAttribute('aria-disabled', 'true')
    button.click()
    button.focus()
    await userEvent.keyboard('{Enter} ')
    expect(dialogTitle()).toBe('Subscribe to Analytics+')
    const consent = within(review).getByRole('checkbox', { name: 'I agree to this purchase and its terms.' })
    expect(consent).not.toBeChecked()
    await userEvent.click(consent)
    expect(button).not.toHaveAttribute('aria-disabled')
    await userEvent.click(button)
    await findDialog('Analytics+ is ready')
    expect(backend.count('purchase')).toBe(1)
  })

  test('asks for agreement again when the price has changed', async () => {
    const terms = { final: true, version: '1', consent: 'checkbox' } as const
    show({
      nextPurchase: 'price-changed',
      override: (demo) => ({
        ...previewIs({ terms })(demo),
        purchase: async (...call) =>
          demo.purchase(...call).catch((error: unknown) => {
            if (!(error instanceof AddOnError) || !error.preview) throw error
            throw new AddOnError(error.code, { preview: { ...error.preview, terms } })
          }),
      }),
    })
    await press('Subscribe now, Analytics+')
    await userEvent.click(await screen.findByRole('checkbox'))
    await pressConfirm()
    await findDialog('The price has changed')
    expect(screen.getByRole('checkbox')).not.toBeChecked()
  })

  test('without a payment method it offers to add one, and asks for the price again after it', async () => {
    const onUpdatePaymentMethod = vi.fn<(addOnId: string) => Promise<void>>()
    const gate = new Gate()
    onUpdatePaymentMethod.mockImplementation(() => gate.passed())
    let hasCard = false
    const { backend } = show({
      provider: { onUpdatePaymentMethod },
      override: (demo) => ({
        previewPurchase: async (...call) => {
          const preview = await demo.previewPurchase(...call)
          return hasCard ? preview : { ...preview, payment: null }
        },
      }),
    })
    await press('Subscribe now, Analytics+')
    const add = await findButton('Add a payment method')
    expect(screen.queryByRole('button', { name: confirmName })).toBeNull()
    expect(dialog()).toHaveTextContent('No payment method on file')
    add.click()
    add.click()
    await waitFor(() => expect(add).toHaveAttribute('aria-disabled', 'true'))
    expect(onUpdatePaymentMethod.mock.calls).toEqual([[analytics]])
    hasCard = true
    gate.open()
    expect(await findButton(confirmName)).toBeVisible()
    expect(dialog()).toHaveTextContent('Visa ending 4242')
    expect(backend.count('previewPurchase')).toBe(2)
    expect(dialog().contains(document.activeElement)).toBe(true)
  })

  test('a host that fails to update the payment method loses nothing', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const { backend } = show({
      provider: { onUpdatePaymentMethod: () => Promise.reject(new Error('The form was closed.')) },
      override: previewIs({ payment: null }),
    })
    await press('Subscribe now, Analytics+')
    await press('Add a payment method')
    await waitFor(() => expect(backend.count('previewPurchase')).toBe(2))
    expect(await findButton('Add a payment method')).not.toHaveAttribute('aria-disabled')
  })

  test('without a host’s way to add one there is no button that buys', async () => {
    show({ override: previewIs({ payment: null }) })
    await press('Subscribe now, Analytics+')
    await findDialog('Subscribe to Analytics+')
    expect(await screen.findByText('No payment method on file')).toBeVisible()
    expect(buttonNames(dialog())).toEqual(['Cancel', 'Close'])
  })

  test('closing it and Escape buy nothing', async () => {
    const { backend } = show()
    for (const close of [() => press('Cancel'), () => press('Close'), () => userEvent.keyboard('{Escape}')]) {
      await openPurchase()
      await close()
      await whenClosed()
    }
    expect(backend.count('purchase')).toBe(0)
  })
})

describe('who may do it', () => {
  /** Somebody whose role changes while the page is open. */
  const viewer = { id: 'usr_olive', name: 'Olive' }

  test('an Owner who became an Admin meanwhile buys nothing, and the card offers what an Admin may do', async () => {
    let role = 'owner'
    const { backend } = show({ viewer, role: () => role })
    await openPurchase()
    role = 'admin'
    await pressConfirm()
    const ending = await findDialog('You cannot buy Analytics+ any more')
    expect(ending).toHaveTextContent('Nothing has been charged.')
    await waitFor(() => expect(backend.count('getPlan')).toBe(2))
    await userEvent.keyboard('{Escape}')
    await whenClosed()
    const card = await findCard()
    expect(buttonNames(card)).toEqual(['Try it for free, Analytics+', 'Request feature, Analytics+'])
    expect(within(card).getByRole('button', { name: 'Try it for free, Analytics+' })).toHaveFocus()
  })

  test('one who became an Agent is told in the dialog, whose page has nothing left', async () => {
    let role = 'owner'
    const { backend } = show({ viewer, role: () => role })
    await openPurchase()
    role = 'agent'
    await pressConfirm()
    await waitFor(() => expect(backend.count('getPlan')).toBe(2))
    await waitFor(() => expect(screen.getByText(/^Your Owners look after the plan/)).toBeInTheDocument())
    expect(dialogTitle()).not.toBeNull()
    expect(dialog()).not.toHaveTextContent('$')
    expect(dialog().contains(document.activeElement)).toBe(true)
    await userEvent.keyboard('{Escape}')
    await whenClosed()
    await waitFor(() => expect(screen.getByRole('main')).toHaveFocus())
  })

  test('a role that changes while the trial’s step is open', async () => {
    let role = 'owner'
    show({ viewer, role: () => role })
    await press('Try it for free, Analytics+')
    await findDialog('Try Analytics+ for free')
    role = 'supervisor'
    await press('Start free trial')
    await waitFor(() => expect(dialog()).toHaveTextContent('Your role cannot do this.'))
    await userEvent.keyboard('{Escape}')
    await whenClosed()
    expect(buttonNames(await findCard())).toEqual(['Request feature, Analytics+'])
  })

  test.each([
    ['subscribe', 'ai-voice-agent', 'owner', 'Your account cannot do this.'],
    ['subscribe', analytics, 'supervisor', 'Your role cannot do this. Ask an Owner.'],
    ['start-trial', 'ai-assist-pro', 'owner', 'There is no free trial.'],
    ['request-feature', analytics, 'owner', 'Your role cannot do this. Ask an Owner.'],
  ] as const)(
    '%s of %s, opened for a %s by the host, says why it is withheld and asks for nothing',
    async (...given) => {
      const [action, addOnId, role, reason] = given
      const { backend } = show({ role, children: <Open addOnId={addOnId} action={action} /> })
      await press('Open')
      expect(await screen.findByText(reason)).toBeVisible()
      expect(backend.count()).toBe(1)
    },
  )

  test('an add-on that the account does not have says so', async () => {
    show({ children: <Open addOnId="sms-desk" /> })
    await press('Open')
    const missing = await findDialog('This is not available here.')
    await userEvent.click(within(missing).getAllByRole('button', { name: 'Close' })[0] ?? missing)
    await whenClosed()
    expect(await findButton('Open')).toHaveFocus()
  })

  test('a plan that cannot be read says so, and is asked for again', async () => {
    let isDown = true
    show({
      children: <Open addOnId={analytics} />,
      override: (demo) => ({
        getPlan: (...call) => (isDown ? Promise.reject(new AddOnError('forbidden')) : demo.getPlan(...call)),
      }),
    })
    await press('Open')
    await findDialog('Your plan could not be loaded')
    isDown = false
    await press('Try again')
    await findDialog('Analytics+')
  })
})

describe('closing never cancels', () => {
  /** A page with a card and a sidebar entry, on which a purchase was confirmed, and is not answered yet. */
  async function confirmAndClose(options: Parameters<typeof show>[0] = {}) {
    const gate = new Gate()
    const page = await confirm(undefined, {
      children: (
        <>
          <nav>
            <AddOnNavItem addOnId={analytics} />
          </nav>
          <PlanTab />
        </>
      ),
      ...options,
      override: (demo) => {
        const purchase = options.override?.(demo).purchase ?? demo.purchase.bind(demo)
        return { purchase: async (...call) => gate.passed().then(() => purchase(...call)) }
      },
    })
    await findDialog('Subscribing to Analytics+')
    expect(dialog()).toHaveTextContent('Closing this does not stop it.')
    await userEvent.keyboard('{Escape}')
    await whenClosed()
    return { ...page, gate }
  }

  test('Escape while it is sent: the card and the sidebar say so, and it ends by itself', async () => {
    const { backend, gate } = await confirmAndClose()
    const card = await findCard()
    expect(card).toHaveTextContent('Checking your purchase')
    expect(buttonNames(card)).toEqual(['Continue, Analytics+'])
    expect(within(screen.getByRole('navigation')).getByRole('button')).toHaveTextContent('Checking your purchase')
    gate.open()
    const owned = await screen.findByRole('region', { name: 'Your add-ons' })
    expect(await within(owned).findByText('Active')).toBeVisible()
    expect(backend.count('purchase')).toBe(1)
    expect(screen.queryByText('Checking your purchase')).toBeNull()
  })

  test.each(['the card', 'the sidebar'])('the way back leads from %s into the same purchase', async (from) => {
    const { backend, gate } = await confirmAndClose()
    await userEvent.click(
      from === 'the card'
        ? await findButton('Continue, Analytics+')
        : within(screen.getByRole('navigation')).getByRole('button'),
    )
    await findDialog('Subscribing to Analytics+')
    gate.open()
    await findDialog('Analytics+ is ready')
    expect(backend.count('previewPurchase')).toBe(1)
    expect(backend.count('purchase')).toBe(1)
  })

  test('an outcome that came while it was closed is on the card, and behind it the ending', async () => {
    const { gate } = await confirmAndClose({ override: purchaseRejects(new AddOnError('payment-declined')) })
    gate.open()
    await waitFor(async () => expect(await findCard()).toHaveTextContent('Your purchase was not completed'))
    await press('Continue, Analytics+')
    await findDialog('Your payment was declined')
    await userEvent.keyboard('{Escape}')
    await whenClosed()
    expect(await findButton('Subscribe now, Analytics+')).toBeVisible()
    expect(await findCard()).not.toHaveTextContent('Your purchase was not completed')
  })

  test('a purchase that is pending since another visit is gone on with from its card, under its own key', async () => {
    const store = createMemoryStore()
    // As in another browser: the first page is gone, and with it everything that was kept.
    const first = await confirm('action-needed', { store })
    await findDialog('Waiting for your bank')
    const [key] = first.backend.purchaseKeys()
    first.unmount()
    localStorage.clear()
    const { backend } = show({ store })
    expect(await findCard()).toHaveTextContent('Waiting for your bank')
    await press('Continue, Analytics+')
    await findDialog('Analytics+ is ready')
    expect(backend.count('previewPurchase')).toBe(0)
    expect(backend.purchaseKeys()).toEqual([key])
  })

  test('a purchase of somebody else’s is said to be theirs, and offers no way into it', async () => {
    const pendingPurchase = { state: 'processing', startedAt: now().toISOString(), by: 'Otto', mine: false } as const
    show({ override: addOnIs(analytics, { pendingPurchase }) })
    const card = await findCard()
    expect(card).toHaveTextContent('Otto is buying this')
    expect(buttonNames(card)).toEqual([])
  })
})

describe('focus and keyboard', () => {
  test('from the card to the receipt and back by keyboard alone', async () => {
    show({ children: <AddOnCard addOnId={analytics} /> })
    await findCard()
    await userEvent.tab()
    await userEvent.tab()
    expect(screen.getByRole('button', { name: 'Subscribe now, Analytics+' })).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    await findDialog('Subscribe to Analytics+')
    await findConfirm()
    await tabTo(confirmName)
    await userEvent.keyboard('{Enter}')
    await findDialog('Analytics+ is ready')
    await tabTo('Done')
    await userEvent.keyboard(' ')
    await whenClosed()
    await waitFor(() => expect(screen.getByRole('link', { name: 'Open, Analytics+' })).toHaveFocus())
  })

  test('the price that arrives puts the focus on the heading, which names the dialog', async () => {
    const gate = new Gate()
    show({
      override: (demo) => ({
        previewPurchase: async (...call) => gate.passed().then(() => demo.previewPurchase(...call)),
      }),
    })
    await press('Subscribe now, Analytics+')
    const loading = await findDialog('Subscribe to Analytics+')
    expect(loading).toHaveTextContent('Getting your price')
    gate.open()
    await findButton(confirmName)
    await findDialog('Subscribe to Analytics+')
  })

  test('Tab and Shift+Tab stay inside, but for the browser’s own controls', async () => {
    show()
    const review = await openPurchase()
    // While the browser's controls have the focus, nothing in the page does.
    const isInside = () => document.activeElement === document.body || review.contains(document.activeElement)
    const seen = new Set<string>()
    for (let step = 0; step < 8; step += 1) {
      await userEvent.tab()
      expect(isInside()).toBe(true)
      if (document.activeElement === document.body) continue
      seen.add(document.activeElement?.textContent || document.activeElement?.getAttribute('aria-label') || '')
    }
    expect([...seen].sort()).toEqual(['Cancel', 'Close', confirmName])
    for (let step = 0; step < 6; step += 1) {
      await userEvent.tab({ shift: true })
      expect(isInside()).toBe(true)
    }
  })

  test('nothing outside can be reached while it is open', async () => {
    show()
    const behind = await findButton('Subscribe now, AI Assist')
    const review = await openPurchase()
    // Assistive technology, Tab and the mouse are kept out of everything else.
    expect(review.matches(':modal')).toBe(true)
    const { x, y } = behind.getBoundingClientRect()
    expect(review.contains(document.elementFromPoint(x + 1, y + 1))).toBe(true)
    behind.focus()
    expect(review.contains(document.activeElement)).toBe(true)
  })

  test('of two cards of one add-on, the focus comes back to the one it was opened from', async () => {
    show({
      children: (
        <>
          <AddOnCard addOnId={analytics} />
          <AddOnCard addOnId={analytics} />
        </>
      ),
      override: () => ({ purchase: () => new Promise(() => {}) }),
    })
    const [, second] = await screen.findAllByRole('button', { name: 'Subscribe now, Analytics+' })
    const card = second?.closest('article')
    if (second) await userEvent.click(second)
    await pressConfirm()
    await findDialog('Subscribing to Analytics+')
    await userEvent.keyboard('{Escape}')
    await whenClosed()
    // The button is gone.
    expect(second).not.toBeInTheDocument()
    expect(document.activeElement).toHaveAccessibleName('Continue, Analytics+')
    expect(card?.contains(document.activeElement)).toBe(true)
  })

  test('Cancel gives the focus back to the button that opened it', async () => {
    show()
    await press('Try it for free, AI Assist')
    await findDialog('Try AI Assist for free')
    await press('Cancel')
    await whenClosed()
    await waitFor(() => expect(screen.getByRole('button', { name: 'Try it for free, AI Assist' })).toHaveFocus())
  })

  test('a trial that began leaves the focus on what its card still offers', async () => {
    show()
    await press('Try it for free, Analytics+')
    await press('Start free trial')
    await findDialog('Your free trial of Analytics+ has begun')
    await press('Done')
    await whenClosed()
    await waitFor(() => expect(screen.getByRole('button', { name: 'Subscribe now, Analytics+' })).toHaveFocus())
  })

  test('a card without anything left to press takes the focus on its heading', async () => {
    show({ role: 'supervisor' })
    await press('Request feature, Analytics+')
    await press('Send request')
    await findDialog('Your request has been sent')
    await press('Done')
    await whenClosed()
    await waitFor(() => expect(screen.getByRole('heading', { name: 'Analytics+' })).toHaveFocus())
  })

  test('what was bought from the sidebar leaves the focus on its link there', async () => {
    show({ children: <AddOnNavItem addOnId={analytics} /> })
    await press(/^Analytics\+ ?, locked$/)
    await press('Subscribe now, Analytics+')
    await pressConfirm()
    await findDialog('Analytics+ is ready')
    await press('Done')
    await whenClosed()
    await waitFor(() => expect(screen.getByRole('link', { name: 'Analytics+' })).toHaveFocus())
  })

  test('where nothing of the add-on is on the page, the focus goes where the host says', async () => {
    function Menu() {
      const { open } = useAddOnFlow()
      const [isOpen, setOpen] = useState(true)
      const choose = () => {
        open(analytics, 'start-trial', { returnFocus: () => document.querySelector('#menu') })
        setOpen(false)
      }
      return (
        <>
          <button type="button" id="menu">
            Menu
          </button>
          {isOpen && (
            <button type="button" onClick={choose}>
              Try analytics
            </button>
          )}
        </>
      )
    }
    show({ children: <Menu /> })
    await press('Try analytics')
    await findDialog('Try Analytics+ for free')
    await userEvent.keyboard('{Escape}')
    await whenClosed()
    await waitFor(() => expect(screen.getByRole('button', { name: 'Menu' })).toHaveFocus())
  })

  test('a host that takes the focus while the dialog goes keeps it', async () => {
    function Host() {
      const { close } = useAddOnFlow()
      const leave = () => {
        close()
        setTimeout(() => document.querySelector<HTMLElement>('#search')?.focus())
      }
      return (
        <>
          <input id="search" aria-label="Search" />
          <button type="button" onClick={leave}>
            Leave
          </button>
          <PlanTab />
        </>
      )
    }
    show({ children: <Host /> })
    await openPurchase()
    screen.getByText('Leave').click()
    await whenClosed()
    await nextTask()
    expect(screen.getByRole('textbox', { name: 'Search' })).toHaveFocus()
  })

  test('the dialog has a polite live region of its own from the beginning', async () => {
    show()
    const review = await openPurchase()
    expect(within(review).getByRole('status')).toHaveAttribute('aria-live', 'polite')
  })

  async function tabTo(name: string) {
    for (let step = 0; step < 10; step += 1) {
      if (screen.queryByRole('button', { name }) === document.activeElement) return
      await userEvent.tab()
    }
    throw new Error(`Tab does not reach "${name}".`)
  }
})

describe('quote, trial and feature', () => {
  test('a quote request takes a message, and says who has it', async () => {
    const { backend, events } = show()
    await press('Request a quote, AI Voice Agent')
    const step = await findDialog('Request a quote for AI Voice Agent')
    expect(step).toHaveTextContent('nothing is bought')
    await userEvent.fill(within(step).getByRole('textbox', { name: 'Message (optional)' }), 'For 40 seats, please.')
    await userEvent.click(within(step).getByRole('button', { name: 'Request a quote' }))
    expect(await findDialog('Your quote request has been sent')).toHaveTextContent('It went to Mara.')
    expect(backend.inputs('requestQuote')[0]).toMatchObject({ message: 'For 40 seats, please.' })
    await press('Done')
    await whenClosed()
    const card = await findCard('AI Voice Agent')
    expect(card).toHaveTextContent('Quote requested on Nov 23, 2026')
    expect(buttonNames(card)).toEqual([])
    expect(events.map(({ type }) => type)).toEqual(['opened', 'quote-requested'])
  })

  test('a trial says how long it is, when it ends and that it does not renew', async () => {
    const { events } = show()
    await press('Try it for free, Analytics+')
    const step = await findDialog('Try Analytics+ for free')
    expect(step).toHaveTextContent('It does not renew')
    expect(step).toHaveTextContent('Length30 days')
    expect(step).toHaveTextContent('Ends onDec 23, 2026')
    await press('Start free trial')
    const sent = await findDialog('Your free trial of Analytics+ has begun')
    expect(sent).toHaveTextContent('It ends on Dec 23, 2026 and does not renew.')
    expect(within(sent).getByRole('link', { name: 'Open Analytics+' })).toHaveAttribute('href', '/analytics')
    expect(events.map(({ type }) => type)).toEqual(['opened', 'trial-started'])
  })

  test('a feature request says who is told, and when one may ask again', async () => {
    const { backend } = show({ role: 'admin' })
    await press('Request feature, Analytics+')
    const step = await findDialog('Request Analytics+')
    expect(step).toHaveTextContent('It goes to Olive and Otto, with your name and your note.')
    await userEvent.fill(within(step).getByRole('textbox', { name: 'Note (optional)' }), 'Half of every Monday!')
    await press('Send request')
    expect(await findDialog('Your request has been sent')).toHaveTextContent(
      'It went to Olive and Otto. You can ask again from Dec 7, 2026.',
    )
    expect(backend.inputs('requestFeature')[0]).toMatchObject({ note: 'Half of every Monday!' })
  })

  test.each([
    ['owner', 'Request a quote, AI Voice Agent', 'Request a quote', 'requestQuote'],
    ['owner', 'Try it for free, Analytics+', 'Start free trial', 'startTrial'],
    ['supervisor', 'Request feature, Analytics+', 'Send request', 'requestFeature'],
  ] as const)(
    'for an %s, “%s” fails, keeps what was written, and is sent again under the same key',
    async (...given) => {
      const [role, opener, send, method] = given
      let isDown = true
      const failing =
        <Args extends unknown[], Answer>(call: (...args: Args) => Promise<Answer>) =>
        async (...args: Args): Promise<Answer> => {
          if (isDown) throw new AddOnError('network', { requestId: 'req_42' })
          return call(...args)
        }
      const { backend } = show({
        role,
        override: (demo) => ({
          requestQuote: failing(demo.requestQuote.bind(demo)),
          startTrial: failing(demo.startTrial.bind(demo)),
          requestFeature: failing(demo.requestFeature.bind(demo)),
        }),
      })
      await press(opener)
      const step = await screen.findByRole('dialog')
      const field = within(step).queryByRole('textbox')
      if (field) await userEvent.fill(field, 'Please.')
      await userEvent.click(within(step).getByRole('button', { name: send }))
      expect(await within(step).findByRole('alert')).toHaveTextContent('There was no answer.')
      if (field) expect(field).toHaveValue('Please.')
      isDown = false
      await userEvent.click(within(step).getByRole('button', { name: send }))
      await within(step).findByRole('heading', { name: /(has been sent|has begun)$/ })
      const [first, second, ...others] = backend.inputs(method)
      expect(others).toEqual([])
      expect(first).toEqual(second)
    },
  )

  test('a trial that somebody else started first: no second one', async () => {
    const store = createMemoryStore()
    const { backend } = show({ store })
    await press('Try it for free, Analytics+')
    await findDialog('Try Analytics+ for free')
    await store.transaction(demoAccountId, async (records) => {
      const record = await records.readAddOn(analytics)
      await records.writeAddOn(analytics, { ...record, trial: { startedAt: inDays(0), endsAt: inDays(30) } })
    })
    await press('Start free trial')
    await waitFor(() => expect(dialog()).toHaveTextContent('The free trial has been used.'))
    await waitFor(() => expect(backend.count('getPlan')).toBe(2))
    await userEvent.keyboard('{Escape}')
    await whenClosed()
    expect(await findCard()).toHaveTextContent('30 days left')
  })

  test('the overview shows the add-on with the actions that this viewer has, the first as the primary', async () => {
    show({ children: <AddOnNavItem addOnId={analytics} /> })
    await press(/^Analytics\+ ?, locked$/)
    const overview = await findDialog('Analytics+')
    expect(overview).toHaveTextContent('$15.00 per seat / month')
    const primary = within(overview)
      .getAllByRole('button')
      .filter((button) => button.dataset.variant === 'primary')
    expect(primary.map((button) => button.ariaLabel)).toEqual(['Subscribe now, Analytics+'])
    await userEvent.click(within(overview).getByRole('button', { name: 'Try it for free, Analytics+' }))
    await findDialog('Try Analytics+ for free')
  })
})

function Open({ addOnId, action }: { addOnId: string; action?: Parameters<AddOnFlowOpen>[1] }): ReactNode {
  const { open } = useAddOnFlow()
  return (
    <button type="button" onClick={() => open(addOnId, action)}>
      Open
    </button>
  )
}

type AddOnFlowOpen = ReturnType<typeof useAddOnFlow>['open']
