import { screen, waitFor, within } from '@testing-library/react'
import { AddOnCard, RequestFeatureButton } from 'addon-kit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import {
  analytics,
  findCard,
  findConfirm,
  findDialog,
  Gate,
  inDays,
  never,
  type Override,
  openPurchase,
  press,
  pressConfirm,
  show,
  whenClosed,
} from './harness.js'

/** What has moved by itself: also within half a second of a press, which the metric leaves out. */
let moved: Element[] = []
const observer = new PerformanceObserver((list) => see(list.getEntries()))

function see(entries: PerformanceEntryList) {
  for (const entry of entries) {
    const sources: unknown = Reflect.get(entry, 'sources')
    for (const source of Array.isArray(sources) ? sources : []) {
      const node: unknown = Reflect.get(source, 'node')
      // Of a text alone it tells where a sentence says something else now.
      if (node instanceof Element) moved.push(node)
    }
  }
}

const nameOf = (node: Element) => node.closest<HTMLElement>('[data-slot]')?.dataset.slot ?? node.localName

/** The names of what has moved since the last look. A browser tells of it after the frame in which it was painted. */
async function whatMoved(isCounted: (node: Element) => boolean = () => true): Promise<string[]> {
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame)
  await new Promise((resolve) => setTimeout(resolve, 100))
  see(observer.takeRecords())
  const seen = moved.filter(isCounted).map(nameOf)
  moved = []
  return seen
}

afterEach(() => {
  observer.disconnect()
  return page.viewport(1280, 900)
})

/** A page whose plan is there; what moves from now on was not to be expected. */
async function showLoaded(options: Parameters<typeof show>[0] = {}) {
  const shown = show(options)
  await findCard()
  await whatMoved()
  moved = []
  observer.observe({ type: 'layout-shift' })
  return shown
}

const isInDialog = (node: Element) => node.closest('dialog') !== null

/** Waits until the dialog has come to rest. */
const untilRisen = (dialog: HTMLElement) =>
  Promise.all(dialog.firstElementChild?.getAnimations().map(({ finished }) => finished) ?? [])

/** Where the parts of the dialog are that stay the same in each step. */
const frameOf = (dialog: HTMLElement) =>
  ['[data-slot="dialog"]', '[data-slot="dialog-close"]', 'h2'].map((part) =>
    Math.round(dialog.querySelector(part)?.getBoundingClientRect().top ?? 0),
  )

describe.each([
  ['in a wide window', 1280, 900],
  ['on a phone', 390, 844],
  ['on a small phone', 320, 568],
] as const)('%s', (_, width, height) => {
  beforeEach(() => page.viewport(width, height))

  test('a purchase moves nothing: not when it opens, nor when its price comes, it is confirmed, it is over and it closes', async () => {
    const [price, answer] = [new Gate(), new Gate()]
    const slow: Override = (demo) => ({
      previewPurchase: (...call) => price.passed().then(() => demo.previewPurchase(...call)),
      purchase: (...call) => answer.passed().then(() => demo.purchase(...call)),
    })
    await showLoaded({ override: slow })
    await press('Subscribe now, Analytics+')
    const dialog = await findDialog('Subscribe to Analytics+')
    expect(await whatMoved()).toEqual([])
    await untilRisen(dialog)
    const frame = frameOf(dialog)
    price.open()
    await findConfirm()
    expect(await whatMoved()).toEqual([])
    expect(frameOf(dialog)).toEqual(frame)
    const places = () =>
      [dialog, ...dialog.querySelectorAll('dl, button')].map((part) => {
        const { top, bottom, right } = part.getBoundingClientRect()
        return [top, bottom, right].map(Math.round)
      })
    const before = places()
    await pressConfirm()
    await findDialog('Subscribing to Analytics+')
    // Nor does the card behind it, which says so at once. “Cancel” becomes “Close”, which is narrower.
    expect(await whatMoved(({ textContent }) => textContent !== 'Close')).toEqual([])
    expect(places()).toEqual(before)
    answer.open()
    await findDialog('Analytics+ is ready')
    // Behind it the add-on goes to those that the account has.
    expect(await whatMoved(isInDialog)).toEqual([])
    expect(frameOf(dialog)).toEqual(frame)
    await press('Done')
    await whenClosed()
    expect(await whatMoved()).toEqual([])
  })

  // A sheet becomes higher for a price that has changed: it says more.
  const withMore = width > 480 ? (['price-changed'] as const) : []
  test.each([...withMore, 'declined', 'expired', 'action-needed', 'bought-by-other'] as const)(
    'an ending does not move what it has in common with the step before: %s',
    async (nextPurchase) => {
      await showLoaded({ nextPurchase })
      const dialog = await openPurchase()
      await whatMoved()
      const frame = frameOf(dialog)
      await pressConfirm()
      await waitFor(() => expect(dialog).not.toHaveAccessibleName(/^Subscrib/))
      expect(await whatMoved(isInDialog)).toEqual([])
      expect(frameOf(dialog)).toEqual(frame)
    },
  )

  test('a purchase that is left while it is under way moves nothing', async () => {
    await showLoaded({ override: () => ({ purchase: never }) })
    await openPurchase()
    await whatMoved()
    await pressConfirm()
    await findDialog('Subscribing to Analytics+')
    await userEvent.keyboard('{Escape}')
    await whenClosed()
    expect(await findCard()).toHaveTextContent('Checking your purchase')
    expect(await whatMoved()).toEqual([])
  })

  test('a dialog that is left moves nothing', async () => {
    await showLoaded()
    await openPurchase()
    await userEvent.keyboard('{Escape}')
    await whenClosed()
    expect(await whatMoved()).toEqual([])
  })

  test.each([
    ['Try it for free, Analytics+', 'Try Analytics+ for free', 'Start free trial', 'owner', isInDialog],
    ['Request a quote, AI Voice Agent', 'Request a quote for AI Voice Agent', 'Request a quote', 'owner', undefined],
    ['Request feature, Analytics+', 'Request Analytics+', 'Send request', 'supervisor', undefined],
    ['Request feature, Analytics+', 'Request Analytics+', 'Send request', 'admin', undefined],
  ] as const)(
    '“%s” moves nothing when it opens, is sent and closes: %s, %s, %s',
    async (opener, title, send, role, counted) => {
      await showLoaded({ role })
      await press(opener)
      const dialog = await findDialog(title)
      expect(await whatMoved()).toEqual([])
      await untilRisen(dialog)
      const frame = frameOf(dialog)
      await userEvent.click(within(dialog).getByRole('button', { name: send }))
      await within(dialog).findByRole('heading', { name: /(has been sent|has begun)$/ })
      // Behind it an add-on on trial goes to those that the account has.
      expect(await whatMoved(counted)).toEqual([])
      expect(frameOf(dialog)).toEqual(frame)
      await press('Done')
      await whenClosed()
      expect(await whatMoved()).toEqual([])
    },
  )

  test('a request without a dialog moves nothing below it', async () => {
    await showLoaded({
      role: 'supervisor',
      children: (
        <>
          <RequestFeatureButton addOnId={analytics} />
          <AddOnCard addOnId={analytics} />
        </>
      ),
    })
    const [button] = await screen.findAllByRole('button', { name: 'Request feature, Analytics+' })
    if (button) await userEvent.click(button)
    await screen.findByText('Olive and Otto')
    expect(await whatMoved()).toEqual([])
  })
})

test('who asked for an add-on opens downwards: nothing above or beside it moves', async () => {
  const request = { viewerId: 'usr_sunny', name: 'Sunny', requestedAt: inDays(-1), askAgainAt: inDays(13) }
  await showLoaded({ records: { [analytics]: { featureRequests: [request] } } })
  const card = await findCard()
  const asked = within(card).getByText(/teammate asked$/)
  const places = () =>
    [asked, ...document.querySelectorAll('article, [data-slot="card-head"], [data-slot="price"]')].map(
      (part) => part.getBoundingClientRect().top,
    )
  const before = places()
  await userEvent.click(asked)
  await within(card).findByText('Sunny')
  expect(places()).toEqual(before)
})
