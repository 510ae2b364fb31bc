import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createFlowStore } from '../../src/data/flowStore.js'
import { followPlan } from '../../src/data/followPlan.js'
import { forgetAttempt, keepAttempt, keptNames, keptText } from '../../src/data/keptAttempts.js'
import { runAttempt } from '../../src/data/runAttempt.js'
import { attempt, Backend, closeBrowser, completed, keptName, lost, openBrowser, Page, pass, planOf } from './Page.js'

beforeEach(openBrowser)
afterEach(closeBrowser)

test('an attempt is kept under its key, as text, until it is forgotten', () => {
  keepAttempt(createFlowStore(), attempt)
  expect(keptNames()).toEqual([keptName])
  expect(JSON.parse(keptText(keptName) ?? '')).toEqual({ ...attempt, acceptedFinalSale: true })
  forgetAttempt(keptName)
  expect(keptNames()).toEqual([])
  expect(keptText(keptName)).toBeUndefined()
})

test('each attempt is an item of its own', () => {
  keepAttempt(createFlowStore(), attempt)
  keepAttempt(createFlowStore(), { ...attempt, idempotencyKey: 'other' })
  expect(keptNames()).toEqual([keptName, 'addon-kit/attempt/other'])
})

describe.each<[string, () => void]>([
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

  test('has nothing to find out', () => {
    const page = new Page(new Backend())
    expect(keptNames()).toEqual([])
    expect(() => followPlan(page.context, undefined, planOf())).not.toThrow()
    expect(page.state.step).toBe('idle')
  })
})
