import { screen, waitFor } from '@testing-library/react'
import { AddOnNavItem, PlanTab, PurchaseDialog } from 'addon-kit'
import { de } from 'addon-kit/locales/de'
import { afterEach, describe, expect, test } from 'vitest'
import { page as browserPage, cdp, userEvent } from 'vitest/browser'
import {
  addOnIs,
  analytics,
  confirmName,
  findConfirm,
  inDays,
  never,
  type Override,
  press,
  show,
} from '../components/harness.js'
import { expectVisibleFocus, findStep, tabTo } from './keys.js'
import 'addon-kit/styles.css'

const asked = { viewerId: 'usr_ada', name: 'Ada', requestedAt: inDays(-9), askAgainAt: inDays(5) }

/** A page with most of what the kit has to say. */
const host = {
  statuses: { 'ai-assist': 'trialing', 'ai-assist-pro': 'active' },
  records: { [analytics]: { featureRequests: [asked] } },
  children: (
    <>
      <nav aria-label="Product">
        <AddOnNavItem addOnId={analytics} />
      </nav>
      <PlanTab />
    </>
  ),
} as const

const style = document.createElement('style')

/** Has the browser say of itself what somebody has set up in their system; nothing, to take it back. */
const emulate = (features: { name: string; value: string }[] = []) =>
  cdp().send('Emulation.setEmulatedMedia', { features })

afterEach(async () => {
  style.remove()
  document.documentElement.style.fontSize = ''
  await emulate()
  await browserPage.viewport(414, 896)
})

/** 1280 × 1024 pixels at 400 %. */
const zoomIn = () => browserPage.viewport(320, 256)

/** What stands out of the page's width, and texts that are cut off. */
function losses(): string[] {
  const width = document.documentElement.clientWidth
  const isHidden = (element: Element) => element.closest('[data-slot="visually-hidden"], [data-slot="live-region"]')
  return [...document.querySelectorAll('[data-addon-kit], [data-addon-kit] *')].flatMap((element) => {
    if (isHidden(element) || !element.checkVisibility()) return []
    const { left, right } = element.getBoundingClientRect()
    const { overflowX, overflowY } = getComputedStyle(element)
    const place = element.outerHTML.slice(0, 100)
    const cuts = (overflow: string) => overflow === 'hidden' || overflow === 'clip'
    return [
      ...(left < -1 || right > width + 1 ? [`beside the page: ${place}`] : []),
      ...(cuts(overflowX) && element.scrollWidth > element.clientWidth + 1 ? [`cut off in width: ${place}`] : []),
      ...(cuts(overflowY) && element.scrollHeight > element.clientHeight + 1 ? [`cut off in height: ${place}`] : []),
    ]
  })
}

function expectNothingLost() {
  expect(losses()).toEqual([])
  const { scrollWidth, clientWidth } = document.documentElement
  expect(scrollWidth).toBeLessThanOrEqual(clientWidth)
}

/** What has the focus lies in the window, and nothing lies over its middle. */
function expectUncovered() {
  const focused = document.activeElement
  if (!focused || focused === document.body) return
  const { left, right, top, bottom } = focused.getBoundingClientRect()
  const seen = document.elementFromPoint((left + right) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2)
  expect(focused.contains(seen), focused.outerHTML.slice(0, 100)).toBe(true)
}

describe('at 400 % zoom', () => {
  test('the page scrolls in one direction only, and each control is reached in sight', async () => {
    await zoomIn()
    show(host)
    await screen.findByRole('button', { name: 'Subscribe now, Analytics+' })
    expectNothingLost()
    const stops = new Set<Element | null>()
    for (;;) {
      await userEvent.tab()
      if (document.activeElement === document.body || stops.has(document.activeElement)) break
      stops.add(document.activeElement)
      expectVisibleFocus()
      expectUncovered()
    }
    const controls = [...document.querySelectorAll('a[href], button, summary')]
    expect(controls.filter((control) => !stops.has(control))).toEqual([])
  })

  test('the dialog is read to its end, and confirmed, without anything lying over what has the focus', async () => {
    await zoomIn()
    show(host)
    await tabTo('button', 'Subscribe now, Analytics+')
    await userEvent.keyboard('{Enter}')
    await findStep('Subscribe to Analytics+')
    await findConfirm()
    expectNothingLost()
    for (const name of ['Cancel', confirmName]) {
      const control = await tabTo('button', name)
      expectUncovered()
      const { top, bottom } = control.getBoundingClientRect()
      expect(top).toBeGreaterThanOrEqual(0)
      expect(bottom).toBeLessThanOrEqual(innerHeight)
    }
    await userEvent.keyboard('{Enter}')
    await findStep('Analytics+ is ready')
    expectNothingLost()
  })
})

const widths = [1280, 320]

describe.each(widths)('in a window of %d pixels', (width) => {
  test.each([
    ['with the text spacing of WCAG 1.4.12', spaceText],
    ['with text of twice the size', enlargeText],
  ])('%s nothing is lost, in the page and in the dialog', async (_, adapt) => {
    await browserPage.viewport(width, 800)
    adapt()
    show(host)
    await screen.findByRole('button', { name: 'Subscribe now, Analytics+' })
    expectNothingLost()
    await press('Subscribe now, Analytics+')
    await findStep('Subscribe to Analytics+')
    await findConfirm()
    expectNothingLost()
    await tabTo('button', confirmName)
    expectUncovered()
  })
})

function spaceText() {
  style.textContent = `
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-block-end: 2em !important }`
  document.head.append(style)
}

function enlargeText() {
  document.documentElement.style.fontSize = '32px'
  // A wide font, whatever this machine has.
  style.textContent = '[data-addon-kit] { --addon-kit-font: monospace }'
  document.head.append(style)
}

/** A window in which long words of twice the size have the least room. */
async function crowd(width: number) {
  await browserPage.viewport(width, 568)
  document.documentElement.style.fontSize = '200%'
}

const german = { locale: 'de', messages: de } as const

describe('in German, with text of twice the size', () => {
  /** What can be seen of something: to its middle, nothing may lie over it. */
  function expectInSight(control: HTMLElement) {
    control.scrollIntoView({ block: 'center' })
    const { left, right, top, bottom } = control.getBoundingClientRect()
    expect(top, control.outerHTML).toBeGreaterThanOrEqual(0)
    expect(bottom, control.outerHTML).toBeLessThanOrEqual(innerHeight)
    const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
    expect(control.contains(seen), `${control.outerHTML} is under ${seen?.outerHTML.slice(0, 100)}`).toBe(true)
  }

  const charged: Override = (demo) => ({
    purchase: async (...call) => {
      const { purchase, addOn } = await demo.purchase(...call)
      if (purchase.status !== 'completed') throw new Error('The demo completes a purchase at once.')
      return { addOn, purchase: { ...purchase, charged: { ...purchase.charged, amount: 7000 } } }
    },
  })

  test.each([
    ['subscribe', {}],
    ['request-quote', { mode: 'quote' }],
    ['start-trial', {}],
    ['request-feature', { role: 'supervisor' }],
    ['mischarged', { override: charged }],
  ] as const)('%s: what a step says and each of its buttons comes into sight', async (step, options) => {
    await crowd(320)
    const action = step === 'mischarged' ? 'subscribe' : step
    const children = <PurchaseDialog addOnId={analytics} action={action} defaultOpen />
    show({ ...options, provider: german, children })
    const dialog = await screen.findByRole('dialog')
    const find = async (selector: string) =>
      await waitFor(() => {
        const found = dialog.querySelector<HTMLElement>(selector)
        if (!found) throw new Error(`There is no ${selector}.`)
        return found
      })
    if (action === 'subscribe') await findConfirm(/60,00/)
    if (step === 'mischarged') await userEvent.click(await findConfirm(/60,00/))
    const body = await find(`[data-step="${step === 'subscribe' ? 'review' : step}"] [data-slot="dialog-body"]`)
    expect(body.clientHeight).toBeGreaterThanOrEqual(Math.min(body.scrollHeight, 160))
    expectNothingLost()
    const controls = dialog.querySelectorAll<HTMLElement>('button, textarea, a')
    expect(controls.length).toBeGreaterThan(1)
    for (const control of controls) expectInSight(control)
  })

  test.each([320, 390, 1280])('the plan tab fits %d pixels', async (width) => {
    await crowd(width)
    const featureRequests = ['Ada', 'Sunny', 'Robin'].map((name) => ({ ...asked, viewerId: name, name }))
    show({ statuses: host.statuses, records: { [analytics]: { featureRequests } }, provider: german })
    await screen.findByText(/Teammitglieder haben angefragt/)
    expectNothingLost()
    for (const part of document.querySelectorAll('[data-slot="card-notes"] :not(ul, ul *)')) {
      const { right = 0 } = part.closest('[data-slot="card"]')?.getBoundingClientRect() ?? {}
      expect(part.getBoundingClientRect().right, part.outerHTML).toBeLessThanOrEqual(right)
    }
  })

  test.each([100, 200])('the way back into a purchase is not over its note at %d percent', async (percent) => {
    await crowd(320)
    document.documentElement.style.fontSize = `${percent}%`
    const pendingPurchase = { state: 'action-needed', startedAt: inDays(0), by: 'Olive', mine: true } as const
    show({ override: addOnIs(analytics, { pendingPurchase }), provider: german })
    const button = await screen.findByRole('button', { name: 'Fortfahren, Analytics+' })
    const words = document.createRange()
    words.selectNodeContents(button.parentElement ?? button)
    words.setEndBefore(button)
    const place = button.getBoundingClientRect()
    for (const { right, bottom } of words.getClientRects()) {
      expect(place.top >= bottom || place.left >= right).toBe(true)
    }
    const icon = button.closest('p')?.querySelector('[data-slot="icon"]')?.getBoundingClientRect() ?? new DOMRect()
    const [line = new DOMRect()] = words.getClientRects()
    expect(Math.abs(icon.top + icon.bottom - line.top - line.bottom) / 2).toBeLessThan(2 * (percent / 100))
  })
})

describe('with reduced motion', () => {
  const moving = () =>
    document.getAnimations().map((animation) => (animation instanceof CSSAnimation ? animation.animationName : ''))

  test.each([
    ['reduce', []],
    ['no-preference', ['addon-kit-pulse']],
  ])('%s: what loads stands still, or pulses', async (value, expected) => {
    await emulate([{ name: 'prefers-reduced-motion', value }])
    show({ override: () => ({ getPlan: never }) })
    await screen.findByRole('region', { name: 'Current plan' })
    expect([...new Set(moving())]).toEqual(expected)
  })

  test('reduce: the dialog neither rises nor fades', async () => {
    await emulate([{ name: 'prefers-reduced-motion', value: 'reduce' }])
    show(host)
    await press('Subscribe now, Analytics+')
    await screen.findByRole('dialog')
    expect(moving().filter((name) => name !== 'addon-kit-spin')).toEqual([])
    await findConfirm()
    await userEvent.keyboard('{Escape}')
    expect(moving()).toEqual([])
  })
})

describe('in forced colours', () => {
  test('each button and field has an edge, and what has the focus a ring of its own', async () => {
    await emulate([{ name: 'forced-colors', value: 'active' }])
    show(host)
    await tabTo('button', 'Subscribe now, Analytics+')
    expectVisibleFocus()
    await userEvent.keyboard('{Enter}')
    await findStep('Subscribe to Analytics+')
    await findConfirm()
    const dialog = screen.getByRole('dialog')
    for (const button of dialog.querySelectorAll('[data-slot="button"]')) {
      const { borderStyle, borderWidth, borderColor } = getComputedStyle(button)
      expect({ borderStyle, isWide: Number.parseFloat(borderWidth) >= 1 }).toEqual({
        borderStyle: 'solid',
        isWide: true,
      })
      expect(borderColor).not.toBe(
        getComputedStyle(dialog.querySelector('[data-slot="dialog"]') ?? dialog).backgroundColor,
      )
    }
    await tabTo('button', 'Cancel')
    expectVisibleFocus()
    await tabTo('button', confirmName)
    expectVisibleFocus()
  })
})

describe('colours', () => {
  /** The light that a colour gives off, over the canvas's own black. */
  function luminance(colour: string): number {
    const context = document.createElement('canvas').getContext('2d')
    if (!context) throw new Error('There is no canvas.')
    context.fillStyle = colour
    context.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0] = [...context.getImageData(0, 0, 1, 1).data].map((value) => {
      const part = value / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }

  function contrast(one: string, other: string): number {
    const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
    return (light + 0.05) / (dark + 0.05)
  }

  test.each(['light', 'dark'] as const)(
    '%s: the edge of a field and the ring of the focus stand out by 3 to 1',
    async (theme) => {
      show({ children: <PlanTab />, provider: { theme } })
      await press('Request a quote, AI Voice Agent')
      await findStep('Request a quote for AI Voice Agent')
      const field = await tabTo('textbox', 'Message (optional)')
      const { borderColor, outlineColor, backgroundColor } = getComputedStyle(field)
      expect(contrast(borderColor, backgroundColor)).toBeGreaterThanOrEqual(3)
      expect(contrast(outlineColor, backgroundColor)).toBeGreaterThanOrEqual(3)
    },
  )
})
