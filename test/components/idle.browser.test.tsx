import { screen } from '@testing-library/react'
import { AddOnNavItem, PlanTab } from 'addon-kit'
import { Profiler } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { findCard, openPurchase, show, whenClosed } from './harness.js'

/** What the page did, in order: each timer and frame that ran, each request and each commit. */
let work: string[] = []
const realTimeout = window.setTimeout.bind(window)
const rest = (milliseconds: number) => new Promise((resolve) => realTimeout(resolve, milliseconds))

type Callback = (...args: unknown[]) => void

beforeEach(() => {
  for (const name of ['setTimeout', 'setInterval', 'requestAnimationFrame', 'requestIdleCallback'] as const) {
    const original: (callback: Callback, ...rest: never[]) => unknown = window[name].bind(window)
    vi.stubGlobal(name, (callback: Callback, ...rest: never[]) => {
      const run: Callback = (...args) => {
        work.push(name)
        callback(...args)
      }
      return original(run, ...rest)
    })
  }
  const realFetch = window.fetch.bind(window)
  vi.stubGlobal('fetch', (...call: Parameters<typeof fetch>) => {
    work.push('fetch')
    return realFetch(...call)
  })
})
afterEach(() => vi.unstubAllGlobals())

const animations = () => document.getAnimations().filter(({ playState }) => playState === 'running')

/** A host's page with everything that stands on it by itself. */
function showPage() {
  return show({
    statuses: { 'ai-assist': 'active', 'ai-assist-pro': 'trialing' },
    children: (
      <Profiler id="page" onRender={() => work.push('commit')}>
        <AddOnNavItem addOnId="analytics-plus" />
        <AddOnNavItem addOnId="ai-assist" />
        <PlanTab />
      </Profiler>
    ),
  })
}

/** Three seconds in which nobody does anything. */
async function idleFor3Seconds() {
  // What follows the last thing that happened is over by then.
  await rest(500)
  work = []
  const before = animations().length
  await rest(3000)
  return { work, animations: [before, animations().length] }
}

const nothing = { work: [], animations: [0, 0] }

test('a page that nobody touches does nothing: no timer, no request, no commit, no animation', async () => {
  const { backend } = showPage()
  await findCard()
  await screen.findByRole('link', { name: 'AI Assist' })
  expect(work).toContain('commit')
  expect(await idleFor3Seconds()).toEqual(nothing)
  expect(backend.count()).toBe(1)
})

test('nor does one whose dialog was opened and left', async () => {
  const { backend } = showPage()
  await openPurchase()
  await userEvent.keyboard('{Escape}')
  await whenClosed()
  expect(await idleFor3Seconds()).toEqual(nothing)
  expect(backend.count()).toBe(2)
})

test('nor does a price that waits for its buyer', async () => {
  showPage()
  await openPurchase()
  expect(await idleFor3Seconds()).toEqual(nothing)
})
