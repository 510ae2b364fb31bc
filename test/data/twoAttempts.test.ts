import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { followPlan } from '../../src/data/followPlan.js'
import { runAttempt } from '../../src/data/runAttempt.js'
import { AddOnError } from '../../src/domain/errors.js'
import {
  actionNeeded,
  attempt,
  Backend,
  closeBrowser,
  completed,
  MemoryStorage,
  now,
  openBrowser,
  Page,
  pass,
  planOf,
  start,
} from './Page.js'

beforeEach(openBrowser)
afterEach(closeBrowser)

const older = attempt
const newer = {
  ...attempt,
  idempotencyKey: '00000000-0000-4000-8000-000000000002',
  previewId: 'prv_2',
  sentAt: start + 1,
}
const declined = new AddOnError('payment-declined')

/** Leaves an attempt as another page would. */
const leave = (left: typeof attempt, change: object = {}) =>
  localStorage.setItem(
    `addon-kit/attempt/${left.idempotencyKey}`,
    JSON.stringify({ ...left, acceptedFinalSale: true, ...change }),
  )

const keysOf = ({ sent }: Backend) => sent.map(({ idempotencyKey }) => idempotencyKey)

describe('two attempts of one buyer at one add-on', () => {
  test('are both found out by the page that finds them, the older one first', async () => {
    leave(newer)
    leave(older)
    const backend = new Backend(declined)
    const page = new Page(backend)
    followPlan(page.context, undefined, planOf())
    await now()
    expect(keysOf(backend)).toEqual([older.idempotencyKey, newer.idempotencyKey])
    expect(page.state.step).toBe('declined')
    expect(localStorage.length).toBe(0)
  })

  test('"Nothing has been charged" is said after the last of them, not after the first', async () => {
    leave(older)
    leave(newer)
    const page = new Page(new Backend(declined, () => new Promise(() => {})))
    followPlan(page.context, undefined, planOf())
    await now()
    expect(page.steps).not.toContain('declined')
    expect(page.state.step).toBe('checking')
  })

  test('a press that is refused is not told so while another page’s attempt is open: that one is found out first', async () => {
    const backend = new Backend(declined, completed)
    const page = new Page(backend)
    followPlan(page.context, planOf(), planOf())
    leave(older)
    await runAttempt(page.context, newer, 'confirm')
    expect(keysOf(backend)).toEqual([newer.idempotencyKey, older.idempotencyKey])
    expect(page.steps).not.toContain('declined')
    expect(page.state.step).toBe('done')
  })

  test('what is bought is bought: the other one is never sent', async () => {
    leave(older)
    leave(newer)
    const backend = new Backend(completed)
    const page = new Page(backend)
    followPlan(page.context, undefined, planOf())
    await pass(60)
    expect(keysOf(backend)).toEqual([older.idempotencyKey])
    expect(page.state.step).toBe('done')
    expect(localStorage.length).toBe(0)
  })

  test('one whose bank has a question is not followed by the other', async () => {
    leave(older)
    leave(newer)
    const backend = new Backend(actionNeeded)
    const page = new Page(backend)
    followPlan(page.context, undefined, planOf())
    await pass(600)
    expect(new Set(keysOf(backend))).toEqual(new Set([older.idempotencyKey]))
    expect(page.state.step).toBe('action-needed')
  })

  test('one that waits for a press is waited for', async () => {
    leave(older, { isForPress: true })
    leave(newer)
    const backend = new Backend(declined)
    const page = new Page(backend)
    followPlan(page.context, undefined, planOf())
    await pass(60)
    expect(backend.sent).toEqual([])
    expect(page.state.step).toBe('unresolved')
    void runAttempt(page.context, older, 'resume')
    await now()
    expect(keysOf(backend)).toEqual([older.idempotencyKey, newer.idempotencyKey])
    expect(page.state.step).toBe('declined')
  })

  test('the second is not sent by whoever is signed in after the first', async () => {
    leave(older)
    leave(newer)
    const backend = new Backend(() => {
      page.store.end()
      return Promise.reject(declined)
    })
    const page = new Page(backend)
    followPlan(page.context, undefined, planOf())
    await pass(60)
    expect(keysOf(backend)).toEqual([older.idempotencyKey])
  })

  test('a plan that is followed anew just when one was refused makes nothing turn for ever', async () => {
    // A browser gives a lock back in a task of its own.
    vi.stubGlobal('navigator', {
      locks: {
        request: async (_: string, __: object, work: () => Promise<void>) => {
          await work()
          await new Promise((resolve) => setTimeout(resolve))
        },
      },
    })
    let reads = 0
    class Counting extends MemoryStorage {
      override getItem(name: string) {
        reads += 1
        // Without this the test, as the page, never comes back.
        if (reads > 5000) throw new RangeError('It turns.')
        return super.getItem(name)
      }
    }
    vi.stubGlobal('localStorage', new Counting())
    leave(older)
    leave(newer)
    const page = new Page(new Backend(declined))
    let isDone = false
    page.store.subscribe(() => {
      if (isDone || page.state.step !== 'idle') return
      isDone = true
      followPlan(page.context, undefined, planOf())
    })
    followPlan(page.context, undefined, planOf())
    await pass(1)
    expect(reads).toBeLessThan(5000)
    expect(page.state.step).toBe('declined')
  })
})
