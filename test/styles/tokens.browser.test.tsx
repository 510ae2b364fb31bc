import { screen } from '@testing-library/react'
import { AddOnCard, PlanTab } from 'addon-kit'
import { expect, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import { analytics, findButton, findCard, press, show } from '../components/harness.js'
import { contrast } from './contrast.js'

/** One accent for each hue that a brand may have, from nearly black to nearly white. */
const accents = [0.2, 0.4, 0.5, 0.6, 0.7, 0.9].flatMap((lightness) =>
  [25, 95, 145, 265, 320].map((hue) => `oklch(${lightness} 0.18 ${hue})`),
)

const withTokens = (tokens: string, children = <AddOnCard addOnId={analytics} />) => (
  <>
    <style>{`[data-addon-kit] { ${tokens} }`}</style>
    {children}
  </>
)

test.each(['light', 'dark'] as const)('%s: what stands on any accent can be read, pressed or not', async (theme) => {
  show({ provider: { theme }, children: withTokens('--addon-kit-accent: var(--accent)') })
  const button = await findButton('Subscribe now, Analytics+')
  for (const isOver of [false, true]) {
    if (isOver) await userEvent.hover(button)
    button.style.transition = 'none'
    for (const accent of accents) {
      document.documentElement.style.setProperty('--accent', accent)
      const { backgroundColor, color } = getComputedStyle(button)
      expect(contrast(color, backgroundColor), `${accent}, ${isOver}`).toBeGreaterThanOrEqual(4.5)
    }
  }
})

test.each([
  ['light', '#fff'],
  ['dark', '#15161c'],
] as const)(
  '%s: a badge and the ring round what has the focus can be seen, whatever the accent',
  async (theme, page) => {
    show({
      provider: { theme },
      statuses: { [analytics]: 'trialing' },
      children: withTokens('--addon-kit-accent: var(--accent)'),
    })
    const card = await findCard()
    const badge = card.querySelector('[data-slot="badge"]')
    const button = await findButton('Subscribe now, Analytics+')
    await userEvent.tab()
    expect(document.activeElement?.matches(':focus-visible')).toBe(true)
    if (!badge || !(document.activeElement instanceof HTMLElement)) throw new Error('There is no badge, or no focus.')
    for (const accent of accents) {
      document.documentElement.style.setProperty('--accent', accent)
      const { color, backgroundColor } = getComputedStyle(badge)
      expect(contrast(color, backgroundColor), `badge, ${accent}`).toBeGreaterThanOrEqual(4.5)
      expect(contrast(getComputedStyle(document.activeElement).outlineColor, page), `ring, ${accent}`).toBeGreaterThan(
        3,
      )
    }
    expect(button).toBeVisible()
  },
)

test('a host’s own colour on the accent is taken as it is', async () => {
  show({ children: withTokens('--addon-kit-on-accent: rgb(1 2 3)') })
  expect(getComputedStyle(await findButton('Subscribe now, Analytics+')).color).toBe('rgb(1, 2, 3)')
})

test('density takes room away, and no control becomes smaller than 24 px', async () => {
  const height = () => screen.getByRole('region', { name: 'Current plan' }).getBoundingClientRect().height
  const page = show({ children: withTokens('--addon-kit-density: 1', <PlanTab />) })
  await findButton('Subscribe now, Analytics+')
  const comfortable = height()
  page.unmount()
  show({ children: withTokens('--addon-kit-density: 0.5', <PlanTab />) })
  const button = await findButton('Subscribe now, Analytics+')
  expect(height()).toBeLessThan(comfortable * 0.85)
  expect(button.getBoundingClientRect().height).toBeLessThan(30)
  for (const control of document.querySelectorAll('[data-addon-kit] button')) {
    expect(control.getBoundingClientRect().height, String(control.textContent)).toBeGreaterThanOrEqual(24)
  }
})

test('a dialog stays above the keyboard of a phone', async () => {
  show({ children: <AddOnCard addOnId={analytics} /> })
  await press('Try it for free, Analytics+')
  const dialog = await screen.findByRole('dialog', { name: 'Try Analytics+ for free' })
  const view = window.visualViewport
  if (!view) throw new Error('There is no visual viewport.')
  const covered = 200
  Object.defineProperty(view, 'height', { configurable: true, get: () => window.innerHeight - covered })
  try {
    view.dispatchEvent(new Event('resize'))
    expect(dialog.getBoundingClientRect().bottom).toBe(window.innerHeight - covered)
    const cancel = await findButton('Cancel')
    expect(cancel.getBoundingClientRect().bottom).toBeLessThanOrEqual(window.innerHeight - covered)
  } finally {
    Reflect.deleteProperty(view, 'height')
  }
})
