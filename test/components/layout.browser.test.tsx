import { waitFor, within } from '@testing-library/react'
import { AddOnError, PurchaseDialog } from 'addon-kit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import {
  analytics,
  findButton,
  findCard,
  findConfirm,
  findDialog,
  Gate,
  inDays,
  never,
  openPurchase,
  press,
  pressConfirm,
  show,
} from './harness.js'

const windows = [
  ['a wide window', 1280, 900],
  ['a phone', 390, 844],
] as const

afterEach(() => page.viewport(1280, 900))

/** The buttons of the open step, as Tab reaches them. */
const actions = (dialog: HTMLElement) => [
  ...dialog.querySelectorAll<HTMLElement>('[data-slot="dialog-actions"] > [data-slot="button"]'),
]

/** The same in the order in which they are seen: from above, then from where a line begins. */
function inSight(buttons: readonly HTMLElement[], isRightToLeft: boolean): HTMLElement[] {
  const placed = buttons.map((button) => ({ button, at: button.getBoundingClientRect() }))
  return placed
    .sort(({ at: a }, { at: b }) => {
      if (a.bottom <= b.top || b.bottom <= a.top) return a.top - b.top
      return isRightToLeft ? b.right - a.right : a.left - b.left
    })
    .map(({ button }) => button)
}

/** How far two boxes are from each other, by the nearer of both ways. */
function distance(one: HTMLElement, other: HTMLElement): number {
  const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()]
  return Math.max(a.left - b.right, b.left - a.right, a.top - b.bottom, b.top - a.bottom)
}

describe.each(windows)('the dialog’s buttons in %s', (_, width, height) => {
  beforeEach(() => page.viewport(width, height))

  test.each([
    ['ltr', 'en'],
    ['rtl', 'en-Arab'],
  ] as const)('%s: Tab goes as they are seen, what it is about first and the way out last', async (dir, lang) => {
    show({ provider: { messages: { lang }, locale: 'en' } })
    const review = await openPurchase()
    const buttons = actions(review)
    expect(buttons.map(({ textContent }) => textContent)).toEqual(['Subscribe for $60.00 today', 'Cancel'])
    expect(inSight(buttons, dir === 'rtl')).toEqual(buttons)
    for (const button of buttons) {
      await userEvent.tab()
      expect(button).toHaveFocus()
    }
    const [confirm, cancel] = buttons
    if (confirm && cancel) expect(distance(confirm, cancel)).toBeGreaterThanOrEqual(12)
  })

  test('three of them, too', async () => {
    show({
      provider: { onUpdatePaymentMethod: () => Promise.resolve() },
      override: () => ({ purchase: () => Promise.reject(new AddOnError('payment-declined')) }),
    })
    await openPurchase()
    await pressConfirm()
    const buttons = actions(await findDialog('Your payment was declined'))
    expect(buttons.map(({ textContent }) => textContent)).toEqual(['Update payment method', 'Try again', 'Close'])
    expect(buttons.map(({ dataset }) => dataset.variant)).toEqual(['primary', 'secondary', 'secondary'])
    expect(inSight(buttons, false)).toEqual(buttons)
  })

  test('what an add-on offers stands in the order of its card', async () => {
    show({ children: <PurchaseDialog addOnId={analytics} defaultOpen /> })
    const buttons = actions(await findDialog('Analytics+'))
    expect(buttons.map(({ textContent }) => textContent)).toEqual(['Subscribe now', 'Try it for free'])
    expect(inSight(buttons, false)).toEqual(buttons)
  })
})

describe.each(windows)('a price in %s', (_, width, height) => {
  beforeEach(() => page.viewport(width, height))

  test('stands where it was waited for: each part is as high before as after', async () => {
    const price = new Gate()
    show({
      override: (demo) => ({ previewPurchase: (...call) => price.passed().then(() => demo.previewPurchase(...call)) }),
    })
    await press('Subscribe now, Analytics+')
    const dialog = await findDialog('Subscribe to Analytics+')
    const heights = () =>
      ['dialog', 'dialog-body', 'dialog-foot', 'dialog-actions'].map((slot) => {
        const part = dialog.querySelector<HTMLElement>(`[data-slot="${slot}"]`)
        return [slot, part?.offsetHeight]
      })
    const before = heights()
    price.open()
    await findConfirm()
    expect(heights()).toEqual(before)
  })

  test('keeps its words on the button while it is paid, and the button its width', async () => {
    show({ override: () => ({ purchase: never }) })
    await openPurchase()
    const confirm = await findConfirm()
    const { width: before } = confirm.getBoundingClientRect()
    await pressConfirm()
    await findDialog('Subscribing to Analytics+')
    expect(confirm).toHaveAccessibleName('Subscribe for $60.00 today')
    const [spinner, label] = confirm.children
    expect(getComputedStyle(label ?? confirm).opacity).toBe('1')
    if (!spinner || !label) throw new Error('A button that is at work shows a spinner and its words.')
    // It turns: its corners would be counted in.
    const { left, right } = spinner.getBoundingClientRect()
    const [middle, radius] = [(left + right) / 2, Number.parseFloat(getComputedStyle(spinner).width) / 2]
    expect(label.getBoundingClientRect().left - middle - radius).toBeGreaterThan(2.5)
    expect(middle - radius - confirm.getBoundingClientRect().left - confirm.clientLeft).toBeGreaterThan(2.5)
    expect(confirm.getBoundingClientRect().width).toBeCloseTo(before, 0)
  })
})

test('lines that begin to scroll in a lower window are a stop for Tab, and none once they fit again', async () => {
  await page.viewport(390, 844)
  show()
  const dialog = await openPurchase()
  const body = dialog.querySelector('[data-slot="dialog-body"]')
  expect(body).not.toHaveAttribute('tabindex')
  await page.viewport(320, 500)
  await waitFor(() => expect(body).toHaveAttribute('tabindex', '0'))
  await page.viewport(390, 844)
  await waitFor(() => expect(body).not.toHaveAttribute('tabindex'))
})

test('above the keyboard of a small phone there is room for the note, and a way to the buttons', async () => {
  await page.viewport(320, 568)
  show({ role: 'supervisor', children: <PurchaseDialog addOnId={analytics} action="request-feature" defaultOpen /> })
  const dialog = await findDialog('Request Analytics+')
  const field = within(dialog).getByRole('textbox')
  await userEvent.click(field)
  const view = window.visualViewport
  if (!view) throw new Error('There is no visual viewport.')
  const bottom = window.innerHeight - 253
  Object.defineProperty(view, 'height', { configurable: true, get: () => bottom })
  try {
    view.dispatchEvent(new Event('resize'))
    const line = Number.parseFloat(getComputedStyle(field).lineHeight)
    const seen = [0, 1, 2, 3].map((row) => {
      const { left, top, width } = field.getBoundingClientRect()
      return document.elementFromPoint(left + width / 2, top + row * line + 1)
    })
    expect(seen).toEqual([field, field, field, field])
    for (const button of actions(dialog)) {
      button.scrollIntoView()
      const place = button.getBoundingClientRect()
      expect(place.bottom).toBeLessThanOrEqual(bottom)
      const seen = document.elementFromPoint(place.x + place.width / 2, place.y + place.height / 2)
      expect(button.contains(seen)).toBe(true)
    }
  } finally {
    Reflect.deleteProperty(view, 'height')
  }
})

test('the words on a button fade with what they stand on', async () => {
  show()
  await press('Subscribe now, Analytics+')
  const confirm = await findButton(/^Subscribe for/)
  expect(confirm).toHaveAttribute('aria-disabled', 'true')
  const fading = new Promise<string[]>((resolve) => {
    const observer = new MutationObserver(() => {
      observer.disconnect()
      resolve(
        confirm
          .getAnimations()
          .map((motion) => (motion instanceof CSSTransition ? motion.transitionProperty : motion.id)),
      )
    })
    observer.observe(confirm, { attributeFilter: ['aria-disabled'] })
  })
  expect(await fading).toEqual(['background-color', 'color'])
})

test('tiles, marks, faces and icons grow with the text of the page', async () => {
  const request = { viewerId: 'usr_sunny', name: 'Sunny', requestedAt: inDays(-1), askAgainAt: inDays(13) }
  show({ records: { [analytics]: { featureRequests: [request] } }, nextPurchase: 'declined' })
  const card = await findCard()
  const sizes = () => {
    const tile = card.querySelector('[data-slot="tile"]')
    const face = card.querySelector('[data-slot="faces"] i')
    const mark = document.querySelector('[data-slot="mark"]')
    const icon = document.querySelector('[data-slot="dialog-close"] [data-slot="icon"]')
    return [tile, face, mark, icon].flatMap((part) => {
      const { width, height } = part?.getBoundingClientRect() ?? new DOMRect()
      return [width, height]
    })
  }
  await openPurchase()
  await pressConfirm()
  await findDialog('Your payment was declined')
  const before = sizes()
  expect(before).toEqual([40, 40, 22, 22, 40, 40, 16, 16])
  document.documentElement.style.fontSize = '200%'
  try {
    expect(sizes()).toEqual(before.map((size) => 2 * size))
  } finally {
    document.documentElement.style.fontSize = ''
  }
})
