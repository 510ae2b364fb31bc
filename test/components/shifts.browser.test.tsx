import { within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import {
  analytics,
  findCard,
  findConfirm,
  findDialog,
  Gate,
  inDays,
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
      moved.push(node instanceof Element ? node : document.body)
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

beforeEach(() => page.viewport(1280, 900))
afterEach(() => observer.disconnect())

/** A page whose plan is there; what moves from now on was not to be expected. */
async function showLoaded(options: Parameters<typeof show>[0] = {}) {
  show(options)
  await findCard()
  await whatMoved()
  moved = []
  observer.observe({ type: 'layout-shift' })
}

test('a purchase moves nothing: not when it opens, nor when its price comes, it is confirmed and it closes', async () => {
  const [price, answer] = [new Gate(), new Gate()]
  const slow: Override = (demo) => ({
    previewPurchase: (...call) => price.passed().then(() => demo.previewPurchase(...call)),
    purchase: (...call) => answer.passed().then(() => demo.purchase(...call)),
  })
  await showLoaded({ override: slow })
  await press('Subscribe now, Analytics+')
  const dialog = await findDialog('Subscribe to Analytics+')
  expect(await whatMoved()).toEqual([])
  price.open()
  await findConfirm()
  expect(await whatMoved()).toEqual([])
  const places = () =>
    [dialog, ...dialog.querySelectorAll('h2, dl, button')].map((part) => {
      // “Cancel” becomes “Close”, which is narrower.
      const { top, bottom, right } = part.getBoundingClientRect()
      return { top, bottom, right }
    })
  const before = places()
  await pressConfirm()
  await findDialog('Subscribing to Analytics+')
  // The card says so at once, behind the dialog: what is counted here is in front.
  expect(places()).toEqual(before)
  answer.open()
  await findDialog('Analytics+ is ready')
  await whatMoved()
  await press('Done')
  await whenClosed()
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
  ['Try it for free, Analytics+', 'Try Analytics+ for free', 'Start free trial', 'owner'],
  ['Request a quote, AI Voice Agent', 'Request a quote for AI Voice Agent', 'Request a quote', 'owner'],
  ['Request feature, Analytics+', 'Request Analytics+', 'Send request', 'supervisor'],
] as const)('“%s” moves nothing when it opens, and nothing when it closes', async (opener, title, send, role) => {
  await showLoaded({ role })
  await press(opener)
  const dialog = await findDialog(title)
  expect(await whatMoved()).toEqual([])
  await userEvent.click(within(dialog).getByRole('button', { name: send }))
  await within(dialog).findByRole('heading', { name: /(has been sent|has begun)$/ })
  await whatMoved()
  await press('Done')
  await whenClosed()
  expect(await whatMoved()).toEqual([])
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
