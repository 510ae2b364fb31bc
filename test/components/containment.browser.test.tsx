import { screen, waitFor } from '@testing-library/react'
import {
  AddOnCard,
  AddOnError,
  type AddOnEvent,
  AddOnNavItem,
  createHttpAdapter,
  type MessageOverrides,
  PlanTab,
  PurchaseDialog,
  RequestFeatureButton,
  useAddOnFlow,
  usePlan,
} from 'addon-kit'
import { createDemoHandler, createMemoryStore } from 'addon-kit/demo'
import { Component, type ReactNode, useState } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { leaveAttempt } from '../data/leaveAttempt.js'
import {
  analytics,
  Backend,
  confirmName,
  findButton,
  findCard,
  findDialog,
  now,
  openPurchase,
  press,
  pressConfirm,
  show,
  whenClosed,
} from './harness.js'

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})

afterEach(() => {
  vi.restoreAllMocks()
})

/** What a host's own boundary would catch. */
class HostBoundary extends Component<{ children: ReactNode }, { hasCrashed: boolean }> {
  override state = { hasCrashed: false }
  static getDerivedStateFromError() {
    return { hasCrashed: true }
  }
  override render() {
    return this.state.hasCrashed ? <p>The host crashed</p> : this.props.children
  }
}

/** A part of the host's page that counts presses, to see that it lives. */
function Sibling() {
  const [count, setCount] = useState(0)
  return (
    <button type="button" onClick={() => setCount(count + 1)}>
      Pressed {count} times
    </button>
  )
}

const broken = () => {
  throw new Error('broken')
}

function Broken(): ReactNode {
  throw new Error('broken')
}

/** A host's page in which one part of the kit stands beside the host's own. */
function showInHost(children: ReactNode, options: Parameters<typeof show>[0] = {}) {
  return show({
    ...options,
    children: (
      <HostBoundary>
        <Sibling />
        {children}
      </HostBoundary>
    ),
  })
}

async function siblingLives() {
  const sibling = await findButton('Pressed 0 times')
  sibling.click()
  expect(await findButton('Pressed 1 times')).toBeVisible()
  expect(screen.queryByText('The host crashed')).toBeNull()
}

const crashes = (events: readonly AddOnEvent[]) => events.filter(({ type }) => type === 'crashed')
const failedCallbacks = (events: readonly AddOnEvent[]) => events.filter(({ type }) => type === 'callback-failed')
const fallback = () => screen.findByText('Something went wrong.')

type Options = Parameters<typeof show>[0]

describe('a crash is contained', () => {
  const texts = (...keys: (keyof MessageOverrides)[]): MessageOverrides =>
    Object.fromEntries(keys.map((key) => [key, broken]))

  test.each<[string, ReactNode, Options]>([
    ['a text of PlanTab', <PlanTab key="a" messages={texts('plan.billing')} />, {}],
    ['a text of PlanTab while it loads', <PlanTab key="a" messages={texts('plan.current')} />, {}],
    ['a text of AddOnCard', <AddOnCard key="a" addOnId={analytics} messages={texts('price.monthly')} />, {}],
    ['a text of AddOnNavItem', <AddOnNavItem key="a" addOnId={analytics} messages={texts('nav.locked')} />, {}],
    [
      'a text of RequestFeatureButton',
      <RequestFeatureButton key="a" addOnId={analytics} messages={texts('action.request-feature')} />,
      { role: 'supervisor' },
    ],
    [
      'a text of PurchaseDialog',
      <PurchaseDialog key="a" addOnId={analytics} action="subscribe" defaultOpen messages={texts('review.title')} />,
      {},
    ],
    [
      'a text around the steps of PurchaseDialog',
      <PurchaseDialog key="a" addOnId={analytics} action="subscribe" defaultOpen messages={texts('action.close')} />,
      {},
    ],
    [
      'the linkComponent, in AddOnCard',
      <AddOnCard key="a" addOnId={analytics} />,
      { statuses: { [analytics]: 'active' }, provider: { linkComponent: Broken } },
    ],
    [
      'the linkComponent, in AddOnNavItem',
      <AddOnNavItem key="a" addOnId={analytics} />,
      { statuses: { [analytics]: 'active' }, provider: { linkComponent: Broken } },
    ],
    ['what PlanTab shows without access', <PlanTab key="a" noAccess={<Broken />} />, { role: 'agent' }],
    [
      'what stands in AddOnNavItem',
      <AddOnNavItem key="a" addOnId={analytics}>
        <Broken />
      </AddOnNavItem>,
      {},
    ],
    [
      'the child that is AddOnNavItem’s link',
      <AddOnNavItem key="a" addOnId={analytics} asChild>
        <Broken />
      </AddOnNavItem>,
      { statuses: { [analytics]: 'active' } },
    ],
  ])('%s', async (_, children, options) => {
    const { events } = showInHost(children, options)
    expect(await fallback()).toBeInTheDocument()
    expect(crashes(events)[0]).toMatchObject({ error: { message: 'broken' } })
    // A dialog that is still there may be in front of it.
    await userEvent.keyboard('{Escape}')
    await whenClosed()
    await siblingLives()
  })

  test('the linkComponent, in PurchaseDialog: what was bought is bought', async () => {
    const { events } = showInHost(<PurchaseDialog addOnId={analytics} action="subscribe" defaultOpen />, {
      provider: { linkComponent: Broken },
    })
    await pressConfirm()
    expect(await fallback()).toBeInTheDocument()
    expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['purchased', 'crashed']))
    await userEvent.keyboard('{Escape}')
    await whenClosed()
    await siblingLives()
  })

  test('the provider’s dialog, around its steps: the next one opens', async () => {
    let isBroken = true
    const { events } = showInHost(<PlanTab />, {
      provider: { messages: { 'action.close': () => (isBroken ? broken() : 'Close') } },
    })
    await press('Subscribe now, Analytics+')
    await waitFor(() => expect(crashes(events).length).toBeGreaterThan(0))
    await whenClosed()
    await siblingLives()
    isBroken = false
    await press('Subscribe now, Analytics+')
    await findDialog('Subscribe to Analytics+')
  })

  test('the provider’s dialog: the page still follows what others do', async () => {
    const store = createMemoryStore()
    const { events } = showInHost(<PlanTab />, { store, provider: { messages: { 'action.close': broken } } })
    await press('Subscribe now, Analytics+')
    await waitFor(() => expect(crashes(events).length).toBeGreaterThan(0))
    await store.recordSale('acc_larkspur', analytics, { since: now().toISOString(), by: 'Otto', seats: 15 })
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    await waitFor(async () => expect(await findCard()).toHaveAttribute('data-status', 'active'))
  })

  test('what is announced: the dialog opens all the same, and the next announcement is made', async () => {
    let role = 'owner'
    const viewer = { id: 'usr_olive', name: 'Olive' }
    const backend = new Backend({ viewer, role: () => role })
    await leaveAttempt(backend, 'not sent')
    role = 'admin'
    const { events } = showInHost(<PlanTab />, { backend, provider: { messages: { 'card.unfinished': broken } } })
    await findDialog('You cannot buy Analytics+ any more')
    expect(crashes(events).length).toBeGreaterThan(0)
    expect(document.querySelectorAll('[data-slot="live-region"]')).toHaveLength(2)
  })

  test('a fallback’s own words that throw', async () => {
    const { events } = showInHost(<AddOnCard addOnId={analytics} messages={texts('price.monthly')} />, {
      provider: { messages: texts('crash.title') },
    })
    await waitFor(() => expect(crashes(events)).toHaveLength(1))
    await siblingLives()
  })
})

describe('something of the host’s that throws is reported, and takes nothing with it', () => {
  test('onEvent: said in the console, once for each', async () => {
    showInHost(<PlanTab />, { provider: { onEvent: broken } })
    await openPurchase()
    await pressConfirm()
    await findDialog('Analytics+ is ready')
    expect(console.error).toHaveBeenCalledWith(
      'addon-kit: onEvent threw.',
      expect.objectContaining({ message: 'broken' }),
    )
  })

  test('onAuthRequired', async () => {
    const { events } = showInHost(<PlanTab />, {
      provider: { onAuthRequired: broken },
      override: () => ({ getPlan: () => Promise.reject(new AddOnError('unauthenticated', { status: 401 })) }),
    })
    await screen.findByRole('alert')
    expect(failedCallbacks(events)).toMatchObject([{ callback: 'onAuthRequired', error: { message: 'broken' } }])
    await siblingLives()
  })

  test.each([
    ['throws', broken],
    ['rejects', () => Promise.reject(new Error('broken'))],
  ])('onUpdatePaymentMethod that %s', async (_, onUpdatePaymentMethod) => {
    const { events } = showInHost(<PlanTab />, { nextPurchase: 'declined', provider: { onUpdatePaymentMethod } })
    await openPurchase()
    await pressConfirm()
    await findDialog('Your payment was declined')
    await press('Update payment method')
    await findButton(confirmName)
    expect(failedCallbacks(events)).toMatchObject([{ callback: 'onUpdatePaymentMethod', error: { message: 'broken' } }])
  })

  test.each([
    ['throws', broken],
    ['rejects', () => Promise.reject(new Error('broken'))],
  ])('onPaymentAction that %s', async (_, onPaymentAction) => {
    const { events } = showInHost(<PlanTab />, { nextPurchase: 'action-needed', provider: { onPaymentAction } })
    await openPurchase()
    await pressConfirm()
    await findDialog('Analytics+ is ready')
    expect(failedCallbacks(events)).toMatchObject([{ callback: 'onPaymentAction', error: { message: 'broken' } }])
  })

  test('onOpenChange: the dialog closes', async () => {
    const { events } = showInHost(
      <PurchaseDialog addOnId={analytics} action="start-trial" defaultOpen onOpenChange={broken} />,
    )
    await findDialog('Try Analytics+ for free')
    await press('Cancel')
    await whenClosed()
    await siblingLives()
    expect(failedCallbacks(events)).toMatchObject([{ callback: 'onOpenChange', error: { message: 'broken' } }])
  })

  test('returnFocus: the focus goes to the page’s main', async () => {
    function Opener() {
      const { open } = useAddOnFlow()
      usePlan()
      return (
        <button type="button" onClick={() => open(analytics, 'start-trial', { returnFocus: broken })}>
          Try
        </button>
      )
    }
    function Vanishing() {
      const { current } = useAddOnFlow()
      return current ? null : <Opener />
    }
    const { events } = showInHost(<Vanishing />)
    await press('Try')
    await findDialog('Try Analytics+ for free')
    // What opened it must not be there to go back to.
    await press('Cancel')
    await whenClosed()
    await siblingLives()
    await waitFor(() =>
      expect(failedCallbacks(events)).toMatchObject([{ callback: 'returnFocus', error: { message: 'broken' } }]),
    )
  })

  test('headers: the request fails, is said to, and can be made again', async () => {
    let isBroken = true
    const handle = createDemoHandler({ now, basePath: '/api/add-ons' })
    const adapter = createHttpAdapter({
      baseUrl: 'https://demo.invalid/api/add-ons',
      fetch: handle,
      headers: () => (isBroken ? broken() : {}),
    })
    const backend = new Backend({ override: () => ({ getPlan: adapter.getPlan.bind(adapter) }) })
    const { events } = showInHost(<PlanTab />, { backend })
    await screen.findByRole('heading', { name: 'Your plan could not be loaded' })
    expect(events.at(-1)).toMatchObject({ type: 'failed', error: { code: 'network', cause: { message: 'broken' } } })
    isBroken = false
    await press('Try again')
    await findCard()
  })
})
