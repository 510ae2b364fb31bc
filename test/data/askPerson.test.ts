import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { HostCallbacks } from '../../src/data/AddOnContext.js'
import type { Cause } from '../../src/data/concludeAttempt.js'
import { runAttempt } from '../../src/data/runAttempt.js'
import type { PaymentAction } from '../../src/domain/purchase.js'
import {
  action,
  actionNeeded,
  attempt,
  Backend,
  closeBrowser,
  completed,
  kept,
  keptName,
  now,
  openBrowser,
  Page,
  pass,
  type Reply,
} from './Page.js'

beforeEach(openBrowser)
afterEach(closeBrowser)

/** A host that shows the bank's challenges, each until it is settled here. */
class Bank {
  readonly challenges: { action: PaymentAction; signal: AbortSignal; done(): void; fail(error: unknown): void }[] = []

  readonly onPaymentAction: HostCallbacks['onPaymentAction'] = (action, { signal }) =>
    new Promise((resolve, reject) => {
      this.challenges.push({ action, signal, done: resolve, fail: reject })
    })

  /** The challenge that was shown last. */
  get last() {
    const challenge = this.challenges.at(-1)
    if (!challenge) throw new TypeError('The bank asks nothing.')
    return challenge
  }
}

async function begin(cause: Cause, ...replies: Reply[]) {
  localStorage.setItem(keptName, '{}')
  const backend = new Backend(...replies)
  const page = new Page(backend)
  const bank = new Bank()
  page.host.current = { onPaymentAction: bank.onPaymentAction }
  const run = runAttempt(page.context, attempt, cause)
  await now()
  return { backend, page, bank, run }
}

describe('a payment that needs a person', () => {
  test('is handed to the host, with the dialog out of its way', async () => {
    const { page, bank } = await begin('confirm', actionNeeded)
    expect(page.state).toEqual({ step: 'action-needed', attempt, action })
    expect(bank.challenges).toMatchObject([{ action, signal: { aborted: false } }])
    expect(page.store.getState().isHostAsking).toBe(true)
    expect(kept()).not.toBeNull()
  })

  test('waits for the host without sending', async () => {
    const { backend } = await begin('confirm', actionNeeded)
    await pass(3600)
    expect(backend.sent).toHaveLength(1)
  })

  test('is asked about at once when the host is done, and the challenge is taken down', async () => {
    const { backend, page, bank, run } = await begin('confirm', actionNeeded, completed)
    await pass(20)
    bank.last.done()
    await run
    expect(backend.times).toEqual([0, 20])
    expect(bank.last.signal.aborted).toBe(true)
    expect(page.store.getState().isHostAsking).toBe(false)
    expect(page.state.step).toBe('done')
    expect(page.told).toEqual(['purchased'])
    expect(kept()).toBeNull()
  })

  test('is asked about as well when the host fails, which is reported', async () => {
    const { backend, page, bank, run } = await begin('confirm', actionNeeded, completed)
    const error = new Error('left')
    bank.last.fail(error)
    await run
    expect(backend.times).toEqual([0, 0])
    expect(page.events).toMatchObject([
      { type: 'callback-failed', callback: 'onPaymentAction', error },
      { type: 'purchased' },
    ])
    expect(bank.last.signal.aborted).toBe(true)
    expect(page.store.getState().isHostAsking).toBe(false)
  })

  test('is asked about as well when the host throws at once', async () => {
    const { page, backend } = await begin('reconcile', actionNeeded, completed)
    page.host.current = {
      onPaymentAction: () => {
        throw new Error('boom')
      },
    }
    page.store.hurry.get(page.key)?.(true)
    await now()
    expect(backend.sent).toHaveLength(2)
    expect(page.state.step).toBe('done')
  })

  test('is not asked for again by itself when the bank still waits: it is asked about like any pending one', async () => {
    const { backend, page, bank, run } = await begin('confirm', actionNeeded)
    bank.last.done()
    await pass(600)
    await run
    expect(bank.challenges).toHaveLength(1)
    expect(backend.times).toEqual([0, 0, 1, 3, 6, 11, 19, 32])
    expect(page.state.step).toBe('action-needed')
  })

  test('is asked for anew, once, when the viewer presses Continue', async () => {
    const { page, bank } = await begin('confirm', actionNeeded)
    page.store.hurry.get(page.key)?.(true)
    await now()
    expect(bank.challenges.map(({ signal }) => signal.aborted)).toEqual([true, false])
    expect(page.store.getState().isHostAsking).toBe(true)
    await pass(3600)
    expect(bank.challenges).toHaveLength(2)
  })

  test('that is done when the viewer presses Continue is done, and its challenge is taken down', async () => {
    const { page, bank, run } = await begin('confirm', actionNeeded, completed)
    page.store.hurry.get(page.key)?.(true)
    await run
    expect(bank.challenges.map(({ signal }) => signal.aborted)).toEqual([true])
    expect(page.state.step).toBe('done')
  })

  test('is asked for again by a press while it is only waited for', async () => {
    const { page, bank } = await begin('confirm', actionNeeded)
    bank.last.done()
    await now()
    page.store.hurry.get(page.key)?.(true)
    await now()
    expect(bank.challenges).toHaveLength(2)
  })

  test('does not keep other pages from asking meanwhile', async () => {
    const { backend, page, bank, run } = await begin('confirm', actionNeeded, completed)
    const other = new Page(backend)
    await runAttempt(other.context, attempt, 'reconcile')
    expect(other.state.step).toBe('done')
    expect(page.state.step).toBe('action-needed')
    bank.last.done()
    await run
    expect(backend.sent).toHaveLength(3)
    expect(page.state.step).toBe('done')
  })

  test.each(['reconcile', 'follow'] as const)('is asked of nobody where no press began it (%s)', async (cause) => {
    const { backend, page, bank } = await begin(cause, actionNeeded)
    await pass(600)
    expect(bank.challenges).toEqual([])
    expect(backend.sent).toHaveLength(7)
    expect(page.state.step).toBe('action-needed')
  })

  test('is asked where a press goes on with it', async () => {
    const { bank } = await begin('resume', actionNeeded)
    expect(bank.challenges).toHaveLength(1)
  })

  test('is asked where a press joins a run that began without one', async () => {
    const { page, bank } = await begin('reconcile', actionNeeded)
    page.store.hurry.get(page.key)?.(true)
    await now()
    expect(bank.challenges).toHaveLength(1)
  })

  test('ends with a provider that goes when the host is asked', async () => {
    const { backend, page } = await begin('reconcile', actionNeeded)
    const signals: AbortSignal[] = []
    page.host.current = {
      onPaymentAction: (_, { signal }) => {
        signals.push(signal)
        page.store.life.abort()
        return new Promise(() => {})
      },
    }
    page.store.hurry.get(page.key)?.(true)
    await now()
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
    expect(page.store.getState().isHostAsking).toBe(false)
    expect(backend.sent).toHaveLength(2)
  })

  test('is not asked where the provider goes a moment before', async () => {
    const { backend, page, bank } = await begin('reconcile', actionNeeded)
    page.store.subscribe(() => {
      if (page.store.getState().isHostAsking) page.store.life.abort()
    })
    page.store.hurry.get(page.key)?.(true)
    await now()
    expect(bank.challenges).toEqual([])
    expect(page.store.getState().isHostAsking).toBe(false)
    expect(backend.sent).toHaveLength(2)
  })

  test('goes on where the host cannot ask any more by the time it would', async () => {
    const { backend, page, bank } = await begin('reconcile', actionNeeded, actionNeeded, completed)
    page.store.subscribe(() => {
      if (page.store.getState().isHostAsking) page.host.current = {}
    })
    page.store.hurry.get(page.key)?.(true)
    await now()
    expect(bank.challenges).toEqual([])
    expect(backend.sent).toHaveLength(3)
    expect(page.told).toEqual(['purchased', 'opened'])
  })

  test('ends with its provider: the challenge is taken down, and nothing is sent until the next page', async () => {
    const { backend, page, bank, run } = await begin('confirm', actionNeeded, completed)
    page.store.life.abort()
    await run
    expect(bank.last.signal.aborted).toBe(true)
    expect(backend.sent).toHaveLength(1)
    expect(page.events).toEqual([])
    expect(kept()).toEqual({ ...attempt, acceptedFinalSale: true })
  })
})
