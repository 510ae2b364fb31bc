import { screen, waitFor, within } from '@testing-library/react'
import { AddOnCard, AddOnError, AddOnNavItem, PlanTab, RequestFeatureButton, useAddOnFlow } from 'addon-kit'
import { useState } from 'react'
import { beforeEach, describe, expect, test } from 'vitest'
import { page as browserPage, userEvent } from 'vitest/browser'
import { analytics, confirmName, findCard, findConfirm, Gate, inDays, never, show } from '../components/harness.js'
import { expectReturn, expectVisibleFocus, findStep, tabTo, tabToElement } from './keys.js'
import 'addon-kit/styles.css'

const page = (
  <>
    <nav aria-label="Product">
      <AddOnNavItem addOnId={analytics} />
    </nav>
    <PlanTab />
  </>
)

const button = (name: string) => () => screen.getByRole('button', { name })
const heading = (name: string) => () => screen.getByRole('heading', { name })

/** Waits until the confirm button takes presses, goes there and presses it. */
async function confirm(name = confirmName) {
  await findConfirm(name)
  await tabTo('button', name)
  await userEvent.keyboard('{Enter}')
}

beforeEach(() => {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
})

describe('by keyboard alone', () => {
  test('subscribe: from the card over the price to the receipt, and back to what replaced the button', async () => {
    show({ children: page })
    await tabTo('button', 'Subscribe now, Analytics+')
    await userEvent.keyboard('{Enter}')
    await findStep('Subscribe to Analytics+')
    await confirm()
    await findStep('Analytics+ is ready')
    await tabTo('button', 'Done')
    await userEvent.keyboard(' ')
    await expectReturn(() => screen.getByRole('link', { name: 'Open, Analytics+' }))
  })

  test('subscribe: Cancel and Escape give the focus back to the button that opened it', async () => {
    show({ children: page })
    for (const leave of [() => tabTo('button', 'Cancel').then(() => userEvent.keyboard('{Enter}')), pressEscape]) {
      await tabTo('button', 'Subscribe now, Analytics+')
      await userEvent.keyboard(' ')
      await findStep('Subscribe to Analytics+')
      await screen.findByRole('button', { name: confirmName })
      await leave()
      await expectReturn(button('Subscribe now, Analytics+'))
    }
  })

  test('subscribe: the terms are agreed to with Space', async () => {
    show({
      children: page,
      override: (demo) => ({
        previewPurchase: async (...call) => ({
          ...(await demo.previewPurchase(...call)),
          terms: { final: true, version: '1', consent: 'checkbox' },
        }),
      }),
    })
    await tabTo('button', 'Subscribe now, Analytics+')
    await userEvent.keyboard('{Enter}')
    await findStep('Subscribe to Analytics+')
    await tabTo('checkbox', /^I agree/)
    await userEvent.keyboard(' ')
    await confirm()
    await findStep('Analytics+ is ready')
  })

  test('trial: its confirmation, and back to what the card still offers', async () => {
    show({ children: page })
    await tabTo('button', 'Try it for free, Analytics+')
    await userEvent.keyboard('{Enter}')
    await findStep('Try Analytics+ for free')
    await tabTo('button', 'Start free trial')
    await userEvent.keyboard('{Enter}')
    await findStep('Your free trial of Analytics+ has begun')
    await tabTo('button', 'Done')
    await userEvent.keyboard('{Enter}')
    await expectReturn(button('Subscribe now, Analytics+'))
  })

  test('quote: with a message, and back to the heading of a card that offers nothing any more', async () => {
    const { backend } = show({ children: page })
    await tabTo('button', 'Request a quote, AI Voice Agent')
    await userEvent.keyboard('{Enter}')
    await findStep('Request a quote for AI Voice Agent')
    await tabTo('textbox', 'Message (optional)')
    await userEvent.keyboard('For two teams.')
    await tabTo('button', 'Request a quote')
    await userEvent.keyboard('{Enter}')
    await findStep('Your quote request has been sent')
    expect(backend.inputs('requestQuote')).toMatchObject([{ message: 'For two teams.' }])
    await tabTo('button', 'Done')
    await userEvent.keyboard('{Enter}')
    await expectReturn(heading('AI Voice Agent'))
  })

  test('feature request: from the card, and back to its heading', async () => {
    show({ children: page, role: 'supervisor' })
    await tabTo('button', 'Request feature, Analytics+')
    await userEvent.keyboard('{Enter}')
    await findStep('Request Analytics+')
    await tabTo('textbox', 'Note (optional)')
    await userEvent.keyboard('For the weekly report.')
    await tabTo('button', 'Send request')
    await userEvent.keyboard('{Enter}')
    await findStep('Your request has been sent')
    await userEvent.keyboard('{Escape}')
    await expectReturn(heading('Analytics+'))
  })

  test('feature request: the button in the page with a note, whose result takes the focus in its place', async () => {
    const { backend } = show({ children: <RequestFeatureButton addOnId={analytics} withNote />, role: 'supervisor' })
    await tabTo('textbox', 'Note (optional)')
    await userEvent.keyboard('For the weekly report.')
    await tabTo('button', 'Request feature, Analytics+')
    await userEvent.keyboard('{Enter}')
    await waitFor(() => expect(document.activeElement).toHaveTextContent(/^It went to /))
    expect(backend.inputs('requestFeature')).toMatchObject([{ note: 'For the weekly report.' }])
  })

  test('a button at work keeps the focus, and takes no second press', async () => {
    const { backend } = show({
      children: <RequestFeatureButton addOnId={analytics} />,
      role: 'supervisor',
      override: () => ({ requestFeature: never }),
    })
    const request = await tabTo('button', 'Request feature, Analytics+')
    await userEvent.keyboard('{Enter}')
    await waitFor(() => expect(request).toHaveAttribute('aria-disabled', 'true'))
    expect(request).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    expect(backend.count('requestFeature')).toBe(1)
  })

  test('on a phone Tab goes down the sheet: what buys, then what leaves it', async () => {
    await browserPage.viewport(390, 844)
    show({ children: page })
    await tabTo('button', 'Subscribe now, Analytics+')
    await userEvent.keyboard('{Enter}')
    await findStep('Subscribe to Analytics+')
    await findConfirm()
    await userEvent.tab()
    expect(focused()).toHaveTextContent('Subscribe for $60.00 today')
    await userEvent.tab()
    expect(focused()).toHaveTextContent('Cancel')
  })

  test('declined: tried again with a new price, to the end', async () => {
    show({ children: page, nextPurchase: 'declined' })
    await tabTo('button', 'Subscribe now, Analytics+')
    await userEvent.keyboard('{Enter}')
    await findStep('Subscribe to Analytics+')
    await confirm()
    await findStep('Your payment was declined')
    await tabTo('button', 'Try again')
    await userEvent.keyboard('{Enter}')
    await findStep('Subscribe to Analytics+')
    await confirm()
    await findStep('Analytics+ is ready')
  })

  test.each(['declined', 'price-changed', 'expired'] as const)(
    '%s, and left: the focus is on what the card offers again',
    async (nextPurchase) => {
      show({ children: page, nextPurchase })
      await tabTo('button', 'Subscribe now, Analytics+')
      await userEvent.keyboard('{Enter}')
      const dialog = await findStep('Subscribe to Analytics+')
      await confirm()
      await waitFor(() => expect(dialog).not.toHaveAccessibleName(/^Subscrib/))
      await pressEscape()
      await expectReturn(button('Subscribe now, Analytics+'))
    },
  )

  test('a purchase that succeeds after it was left takes the focus along with its card', async () => {
    const answer = new Gate()
    show({
      children: page,
      override: (demo) => ({ purchase: (...call) => answer.passed().then(() => demo.purchase(...call)) }),
    })
    await tabTo('button', 'Subscribe now, Analytics+')
    await userEvent.keyboard('{Enter}')
    await findStep('Subscribe to Analytics+')
    await confirm()
    await pressEscape()
    await expectReturn(button('Continue, Analytics+'))
    answer.open()
    await expectReturn(() => screen.getByRole('heading', { name: 'Analytics+', level: 4 }))
    expect(await findCard()).toHaveAttribute('data-status', 'active')
  })

  test('price changed: a press that comes too soon buys nothing, the next one buys at the new price', async () => {
    const { backend } = show({ children: page, nextPurchase: 'price-changed' })
    await tabTo('button', 'Subscribe now, Analytics+')
    await userEvent.keyboard('{Enter}')
    await findStep('Subscribe to Analytics+')
    await confirm()
    await findStep('The price has changed')
    expect(await tabTo('button', 'Subscribe for $68.00 today')).toHaveAttribute('aria-disabled', 'true')
    await userEvent.keyboard('{Enter}')
    expect(backend.count('purchase')).toBe(1)
    await confirm('Subscribe for $68.00 today')
    await findStep('Analytics+ is ready')
  })

  test('sidebar: its entry opens the dialog, and has the focus again when that closes', async () => {
    show({ children: page })
    const entry = await tabTo('button', /^Analytics\+ ?, locked$/)
    for (const leave of [pressEscape, () => tabTo('button', 'Close').then(() => userEvent.keyboard(' '))]) {
      await userEvent.keyboard('{Enter}')
      await findStep('Analytics+')
      await leave()
      await expectReturn(() => entry)
      expectVisibleFocus()
    }
  })

  test('sidebar: from the overview into the trial; what replaced the entry has the focus afterwards', async () => {
    show({ children: page })
    await tabTo('button', /^Analytics\+ ?, locked$/)
    await userEvent.keyboard('{Enter}')
    await findStep('Analytics+')
    const dialog = within(await screen.findByRole('dialog'))
    await tabToElement(dialog.getByRole('button', { name: 'Try it for free, Analytics+' }))
    await userEvent.keyboard('{Enter}')
    await findStep('Try Analytics+ for free')
    await tabTo('button', 'Start free trial')
    await userEvent.keyboard('{Enter}')
    await findStep('Your free trial of Analytics+ has begun')
    await tabTo('button', 'Done')
    await userEvent.keyboard('{Enter}')
    await expectReturn(() => screen.getByRole('link', { name: 'Analytics+' }))
  })

  test('teammates: Enter shows their names, Space hides them', async () => {
    const asked = { viewerId: 'usr_ada', name: 'Ada', requestedAt: inDays(-9), askAgainAt: inDays(5) }
    show({ children: <AddOnCard addOnId={analytics} />, records: { [analytics]: { featureRequests: [asked] } } })
    const summary = await screen.findByText((_, element) => element?.tagName === 'SUMMARY')
    expect(summary).toHaveTextContent('1 teammate asked')
    await tabToElement(summary)
    await userEvent.keyboard('{Enter}')
    expect(screen.getByText('Ada')).toBeVisible()
    await userEvent.keyboard(' ')
    expect(screen.getByText('Ada')).not.toBeVisible()
    expect(summary).toHaveFocus()
  })

  test('a plan that could not be loaded: the request id is copied, and it is tried again', async () => {
    let asked = 0
    show({
      children: page,
      override: (demo) => ({
        getPlan: (...call) =>
          asked++ === 0
            ? Promise.reject(new AddOnError('forbidden', { requestId: 'req_7Q2M9XK4' }))
            : demo.getPlan(...call),
      }),
    })
    await tabTo('button', 'Copy')
    await tabTo('button', 'Try again')
    await userEvent.keyboard('{Enter}')
    const tab = screen.getByRole('region', { name: 'Current plan' })
    expect(tab).toHaveFocus()
    await screen.findByRole('button', { name: 'Subscribe now, Analytics+' })
    expect(tab).toHaveFocus()
    await userEvent.tab()
    expect(tab).toContainElement(focused())
    expectVisibleFocus()
  })

  test('a plan that is out of date: it is read again, and the focus stays in the tab', async () => {
    let isDown = false
    const { backend } = show({
      children: page,
      override: (demo) => ({
        getPlan: (...call) => (isDown ? Promise.reject(new AddOnError('forbidden')) : demo.getPlan(...call)),
      }),
    })
    await screen.findByRole('button', { name: 'Subscribe now, Analytics+' })
    isDown = true
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    await tabTo('button', 'Try again')
    isDown = false
    await userEvent.keyboard('{Enter}')
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull())
    expect(backend.count('getPlan')).toBe(3)
    expect(screen.getByRole('region', { name: 'Current plan' })).toHaveFocus()
  })
})

describe('where the opener and its card are gone', () => {
  function Menu({ returnFocus = null }: { returnFocus?: HTMLElement | (() => HTMLElement | null) | null }) {
    const { open } = useAddOnFlow()
    const [isOpen, setOpen] = useState(true)
    const choose = () => {
      open(analytics, 'start-trial', { returnFocus })
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

  async function openAndClose() {
    await screen.findByRole('button', { name: 'Try analytics' })
    screen.getByRole('button', { name: 'Try analytics' }).focus()
    await userEvent.keyboard('{Enter}')
    await findStep('Try Analytics+ for free')
    await userEvent.keyboard('{Escape}')
  }

  test('the focus goes where the host says', async () => {
    show({ children: <Menu returnFocus={() => document.querySelector('#menu')} /> })
    await openAndClose()
    await expectReturn(button('Menu'))
  })

  test('else to the page’s main, which is a stop no longer than that', async () => {
    show({ children: <Menu /> })
    await openAndClose()
    await expectReturn(() => screen.getByRole('main'))
    await userEvent.tab()
    expect(screen.getByRole('button', { name: 'Menu' })).toHaveFocus()
    expect(screen.getByRole('main')).not.toHaveAttribute('tabindex')
  })
})

const focused = () => (document.activeElement instanceof HTMLElement ? document.activeElement : null)

const pressEscape = () => userEvent.keyboard('{Escape}')
