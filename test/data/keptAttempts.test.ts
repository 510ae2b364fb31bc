import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createFlowStore } from '../../src/data/flowStore.js'
import { followPlan } from '../../src/data/followPlan.js'
import { forgetAttempt, keepAttempt, keptAttempt } from '../../src/data/keptAttempts.js'
import { keptNames } from '../../src/data/keptNames.js'
import { runAttempt } from '../../src/data/runAttempt.js'
import { AddOnError } from '../../src/domain/errors.js'
import {
  attempt,
  Backend,
  closeBrowser,
  completed,
  kept,
  keptName,
  lost,
  MemoryStorage,
  openBrowser,
  Page,
  pass,
  planOf,
} from './Page.js'

beforeEach(openBrowser)
afterEach(closeBrowser)

test('an attempt is kept under its key, as text, until it is forgotten', () => {
  const store = createFlowStore()
  keepAttempt(store, attempt)
  expect(keptNames()).toEqual([keptName])
  expect(kept()).toEqual({ ...attempt, acceptedFinalSale: true })
  expect(keptAttempt(keptName)).toEqual(kept())
  forgetAttempt(store, keptName)
  expect(keptNames()).toEqual([])
  expect(keptAttempt(keptName)).toBeUndefined()
})

test('each attempt is an item of its own', () => {
  keepAttempt(createFlowStore(), attempt)
  keepAttempt(createFlowStore(), { ...attempt, idempotencyKey: 'other' })
  expect(keptNames()).toEqual([keptName, 'addon-kit/attempt/other'])
})

describe.each<[string, () => void]>([
  [
    'has a full storage',
    () => {
      const full = new MemoryStorage()
      full.setItem = () => {
        throw new DOMException('The quota is exceeded.', 'QuotaExceededError')
      }
      vi.stubGlobal('localStorage', full)
    },
  ],
  ['has no storage', () => vi.stubGlobal('localStorage', undefined)],
  [
    'refuses its storage',
    () =>
      vi.stubGlobal(
        'localStorage',
        new Proxy(
          {},
          {
            get: () => {
              throw new DOMException('The operation is insecure.', 'SecurityError')
            },
          },
        ),
      ),
  ],
])('a page that %s', (_, takeAway) => {
  beforeEach(takeAway)

  test('buys all the same', async () => {
    const page = new Page(new Backend(lost(), completed))
    const run = runAttempt(page.context, attempt, 'confirm')
    await pass(1)
    await run
    expect(page.state.step).toBe('done')
  })

  test('does not take an outcome that is still unknown for one that another page found out', async () => {
    const backend = new Backend(lost())
    const page = new Page(backend)
    void runAttempt(page.context, attempt, 'confirm')
    await pass(600)
    expect(page.state.step).toBe('unresolved')
    const sent = backend.sent.length
    followPlan(page.context, planOf({ status: 'trialing' }), planOf({ status: 'trial-ended' }))
    await pass(600)
    expect(backend.sent.length).toBeGreaterThan(sent)
    expect(page.state.step).toBe('unresolved')
  })

  test('goes on when it is shown again after it was hidden', async () => {
    const page = new Page(new Backend(lost(), completed))
    void runAttempt(page.context, attempt, 'confirm')
    await pass(0.5)
    page.store.life.abort()
    page.store.life = new AbortController()
    await pass(600)
    expect(page.state.step).toBe('done')
  })

  test('knows an outcome once it is known', async () => {
    const backend = new Backend(new AddOnError('payment-declined'))
    const page = new Page(backend)
    await runAttempt(page.context, attempt, 'confirm')
    await runAttempt(page.context, attempt, 'follow')
    expect(backend.sent).toHaveLength(1)
  })

  test('has nothing to find out', () => {
    const page = new Page(new Backend())
    expect(keptNames()).toEqual([])
    expect(() => followPlan(page.context, undefined, planOf())).not.toThrow()
    expect(page.state.step).toBe('idle')
  })
})
