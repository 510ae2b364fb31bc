import { screen, within } from '@testing-library/react'
import { type AddOnAdapter, AddOnCard, AddOnError, PlanTab, RequestFeatureButton } from 'addon-kit'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  analytics,
  type Backend,
  buttonNames,
  confirmName,
  dialogTitle,
  type Override,
  show,
  stopTime,
  untilTitle,
} from './harness.js'

/** Lets time go on by so many milliseconds. */
let pass: (milliseconds: number) => Promise<unknown>

beforeEach(() => {
  pass = stopTime()
})

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** A method that is refused until it is told otherwise. */
function refusing<M extends keyof AddOnAdapter>(method: M, error: AddOnError) {
  let isRefusing = true
  const override: Override = (demo) => ({
    [method]: (...call: never[]) => {
      if (isRefusing) return Promise.reject(error)
      const answer: (...args: never[]) => unknown = demo[method].bind(demo)
      return answer(...call)
    },
  })
  const relent = () => {
    isRefusing = false
  }
  return { override, relent }
}

const busy = (retryAfter?: number) => new AddOnError('unavailable', { status: 503, retryAfter })
const tooMany = (retryAfter?: number) => new AddOnError('rate-limited', { status: 429, retryAfter })

/** Where a viewer can press: the open dialog, else the page. */
const reach = () => {
  const dialog = document.querySelector<HTMLElement>('dialog[open]')
  return dialog ? within(dialog) : screen
}
const buttons = (name: string | RegExp) => reach().queryAllByRole('button', { name })
const click = async (name: string | RegExp) => {
  await expect.poll(() => buttons(name).length, { timeout: 5000 }).toBe(1)
  buttons(name)[0]?.click()
}

/** The words on the button that tries again, by its label. */
function words(label: string): string[] {
  return reach()
    .queryAllByRole('button')
    .map(({ textContent }) => textContent ?? '')
    .filter((text) => text.startsWith(label))
}

/** Counts down from about so many seconds, ignores presses meanwhile, and takes the first one after it. */
async function countsDown(label: string, seconds: number, backend: Backend, method: keyof AddOnAdapter) {
  const count = () => backend.count(method)
  await expect.poll(() => words(label)[0], { timeout: 5000 }).toMatch(/ in \d+ s$/)
  const before = count()
  const button = () => reach().getByRole('button', { name: new RegExp(`^${label}`) })
  const shown = () => Number(/ in (\d+) s$/.exec(words(label)[0] ?? '')?.[1] ?? 0)
  expect(shown()).toBeLessThanOrEqual(seconds)
  // Looking at the page takes a moment, too.
  expect(shown()).toBeGreaterThan(seconds - 5)
  expect(button()).toHaveAttribute('aria-disabled', 'true')
  button().click()
  const first = shown()
  await pass(5000)
  expect(shown()).toBe(first - 5)
  await pass((shown() - 2) * 1000)
  button().click()
  await pass(0)
  expect(count()).toBe(before)
  expect(button()).toHaveAttribute('aria-disabled', 'true')
  await pass(3000)
  await expect.poll(() => words(label), { timeout: 5000 }).toEqual([label])
  expect(button()).not.toHaveAttribute('aria-disabled')
  expect(count()).toBe(before)
  button().click()
  await expect.poll(count, { timeout: 5000 }).toBe(before + 1)
}

describe('Retry-After', () => {
  test('of the plan: the tab counts down, and is read by hand after it', async () => {
    const { override, relent } = refusing('getPlan', busy(60))
    const { backend } = show({ override })
    await expect.poll(() => words('Try again').length, { timeout: 5000 }).toBe(1)
    relent()
    await countsDown('Try again', 60, backend, 'getPlan')
    await expect.poll(() => screen.queryAllByRole('article').length, { timeout: 5000 }).toBe(4)
    expect(backend.count('getPlan')).toBe(2)
  })

  test('of the plan: a card that stands alone counts down, too', async () => {
    const { override, relent } = refusing('getPlan', tooMany(60))
    const { backend } = show({ override, children: <AddOnCard addOnId={analytics} /> })
    await expect.poll(() => words('Try again').length, { timeout: 5000 }).toBe(1)
    relent()
    await countsDown('Try again', 60, backend, 'getPlan')
    await expect.poll(() => buttons('Subscribe now, Analytics+').length, { timeout: 5000 }).toBe(1)
  })

  test('of a plan that is shown already: what is stale counts down', async () => {
    let isDown = false
    const { backend } = show({
      override: (demo) => ({
        getPlan: (...call) => (isDown ? Promise.reject(busy(60)) : demo.getPlan(...call)),
      }),
    })
    await expect.poll(() => screen.queryAllByRole('article').length, { timeout: 5000 }).toBe(4)
    isDown = true
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    await expect.poll(() => words('Try again').length, { timeout: 5000 }).toBe(1)
    isDown = false
    await countsDown('Try again', 60, backend, 'getPlan')
    await expect.poll(() => words('Try again').length, { timeout: 5000 }).toBe(0)
  })

  test.each([
    ['requestQuote', 'Request a quote, AI Voice Agent', 'Request a quote', 'owner', 'Your quote request has been sent'],
    ['startTrial', 'Try it for free, AI Assist', 'Start free trial', 'owner', 'Your free trial of AI Assist has begun'],
    ['requestFeature', 'Request feature, Analytics+', 'Send request', 'supervisor', 'Your request has been sent'],
  ] as const)('of %s: the dialog’s button counts down', async (method, opener, label, role, sent) => {
    const { override, relent } = refusing(method, tooMany(30))
    const { backend } = show({ role, override })
    await click(opener)
    await expect.poll(dialogTitle, { timeout: 5000 }).not.toBeNull()
    await click(label)
    await expect.poll(() => words(label)[0], { timeout: 5000 }).toMatch(/ in \d+ s$/)
    relent()
    await countsDown(label, 30, backend, method)
    await untilTitle(sent)
  })

  test('of a feature request: the button in the page counts down', async () => {
    const { override, relent } = refusing('requestFeature', tooMany(30))
    const { backend } = show({ role: 'supervisor', override, children: <RequestFeatureButton addOnId={analytics} /> })
    await click('Request feature, Analytics+')
    await expect.poll(() => words('Request feature')[0], { timeout: 5000 }).toMatch(/ in \d+ s$/)
    relent()
    await countsDown('Request feature', 30, backend, 'requestFeature')
  })

  test('of a price: “Refresh price” counts down', async () => {
    const { override, relent } = refusing('previewPurchase', tooMany(30))
    const { backend } = show({ override })
    await click('Subscribe now, Analytics+')
    await untilTitle('There is no price now')
    relent()
    await countsDown('Refresh price', 30, backend, 'previewPurchase')
    await untilTitle('Subscribe to Analytics+')
  })

  async function confirm(options: Parameters<typeof show>[0]) {
    const page = show(options)
    await click('Subscribe now, Analytics+')
    await expect.poll(() => buttons(confirmName).length, { timeout: 5000 }).toBe(1)
    await pass(1000)
    await click(confirmName)
    return page
  }

  test('of a purchase that was refused: “Try again” counts down, and asks for a new price', async () => {
    const { override } = refusing('purchase', tooMany(30))
    const { backend } = await confirm({ override })
    await untilTitle('Your purchase did not go through')
    await countsDown('Try again', 30, backend, 'previewPurchase')
    await untilTitle('Subscribe to Analytics+')
    expect(backend.count('purchase')).toBe(1)
  })

  test('of a purchase whose outcome is not known: a long one is not waited for in silence, “Check again” counts down', async () => {
    const { override, relent } = refusing('purchase', busy(120))
    const { backend, events } = await confirm({ override })
    await untilTitle('We do not know yet what became of your purchase')
    expect(backend.count('purchase')).toBe(1)
    expect(events.at(-1)).toMatchObject({ type: 'failed', error: { code: 'unavailable', retryAfter: 120 } })
    relent()
    await countsDown('Check again', 120, backend, 'purchase')
    await untilTitle('Analytics+ is ready')
    expect(backend.purchaseKeys()).toHaveLength(1)
  })

  test('beyond what a timer can count is not asked about all the time', async () => {
    const { override } = refusing('purchase', busy(3_000_000))
    const { backend } = await confirm({ override })
    await untilTitle('We do not know yet what became of your purchase')
    await pass(60_000)
    expect(backend.count('purchase')).toBe(1)
  })

  test('of a purchase whose outcome is not known: a short one is waited for', async () => {
    const { override, relent } = refusing('purchase', busy(8))
    const { backend } = await confirm({ override })
    await untilTitle('Checking your purchase')
    relent()
    await pass(5000)
    expect(backend.count('purchase')).toBe(1)
    await pass(3000)
    await untilTitle('Analytics+ is ready')
    expect(backend.purchaseKeys()).toHaveLength(1)
  })
})

describe('where nothing is to be waited for', () => {
  /** Timers of one second that are running now. */
  function watchSeconds() {
    const running = new Set<unknown>()
    const { setInterval: set, clearInterval: clear } = globalThis
    vi.spyOn(globalThis, 'setInterval').mockImplementation(((work: () => void, delay?: number) => {
      const timer = set(work, delay)
      if (delay === 1000) running.add(timer)
      return timer
    }) as typeof setInterval)
    vi.spyOn(globalThis, 'clearInterval').mockImplementation((timer) => {
      running.delete(timer)
      clear(timer)
    })
    return running
  }

  test('no timer runs: neither on a page, nor in a dialog, nor beside a failure that names no time', async () => {
    const seconds = watchSeconds()
    const { override } = refusing('startTrial', tooMany())
    show({ override, children: <PlanTab /> })
    await click('Try it for free, Analytics+')
    await click('Start free trial')
    await expect.poll(() => screen.queryAllByRole('alert').length, { timeout: 5000 }).toBe(1)
    expect(seconds.size).toBe(0)
    expect(buttonNames(screen.getByRole('dialog'))).toContain('Start free trial')
  })

  test('the timer of a countdown goes with its end, and with its button', async () => {
    const seconds = watchSeconds()
    const { override } = refusing('startTrial', tooMany(20))
    const { unmount } = show({ override })
    await click('Try it for free, Analytics+')
    await click('Start free trial')
    await expect.poll(() => seconds.size, { timeout: 5000 }).toBe(1)
    await pass(21_000)
    await expect.poll(() => seconds.size, { timeout: 5000 }).toBe(0)
    await click('Start free trial')
    await expect.poll(() => seconds.size, { timeout: 5000 }).toBe(1)
    unmount()
    expect(seconds.size).toBe(0)
  })
})
