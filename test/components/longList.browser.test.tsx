import { afterEach, beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { findCard, planIs, show } from './harness.js'

/** The plan with its first add-on over and over: some texts are longer than others. */
const ofCount = (count: number) =>
  planIs((plan) => {
    const [addOn] = plan.addOns
    if (!addOn) throw new Error('The demo sells nothing.')
    const addOns = Array.from({ length: count }, (_, index) => ({
      ...addOn,
      id: `${addOn.id}-${index}`,
      name: `Analytics ${index}`,
      description: 'Live dashboards for every team. '.repeat(1 + (index % 3)),
    }))
    return { ...plan, addOns }
  })

const cards = () => [...document.querySelectorAll<HTMLElement>('[data-layout="card"] > li > article')]
const isLaidOut = (card: HTMLElement) => card.checkVisibility({ contentVisibilityAuto: true })
const frame = () => new Promise(requestAnimationFrame)

beforeEach(() => page.viewport(1280, 900))
afterEach(() => window.scrollTo(0, 0))

async function showList(count: number) {
  show({ override: ofCount(count) })
  await findCard('Analytics 0')
  await frame()
  await frame()
}

test('of a long list, what is far out of sight is not laid out, and is all there for readers and the keyboard', async () => {
  await showList(120)
  expect(cards().slice(0, 24).every(isLaidOut)).toBe(true)
  expect(cards().slice(-40).some(isLaidOut)).toBe(false)

  const last = page.getByRole('button', { name: 'Subscribe now, Analytics 119' })
  last.element().focus()
  await expect.element(last).toHaveFocus()
  await expect.element(last).toBeInViewport()
  await expect.poll(() => cards().slice(-4).every(isLaidOut)).toBe(true)
})

test('cards that stand side by side are as high as each other, and their buttons stand on one line', async () => {
  await showList(40)
  cards().at(-1)?.scrollIntoView()
  await frame()
  await frame()
  const edges = (parts: readonly Element[]) => parts.map((part) => Math.round(part.getBoundingClientRect().bottom))
  const seen = cards().filter(isLaidOut)
  for (const card of seen) {
    const top = card.getBoundingClientRect().top
    const row = seen.filter((other) => Math.abs(other.getBoundingClientRect().top - top) < 1)
    expect(new Set(edges(row)).size).toBe(1)
    expect(new Set(edges(row.flatMap((other) => other.querySelector('button') ?? []))).size).toBe(1)
  }
  expect(seen.length).toBeGreaterThan(30)
})

test('a list of usual length is laid out whole', async () => {
  await showList(24)
  expect(cards().every(isLaidOut)).toBe(true)
  expect(getComputedStyle(cards()[0] ?? document.body).gridTemplateRows).toMatch(/^subgrid/)
})
