import { expect, test, vi } from 'vitest'
import { attemptName, keptAttempts, leaveAttempt } from '../data/leaveAttempt.js'
import { Backend, findCard, findDialog, now, show } from './harness.js'

const load = vi.hoisted(() => ({ isBroken: true, failures: 0 }))

vi.mock('../../src/components/parts/loadPlanFollower.js', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../src/components/parts/loadPlanFollower.js')>()
  return {
    loadPlanFollower: () => {
      if (!load.isBroken) return original.loadPlanFollower()
      load.failures += 1
      return Promise.reject(new TypeError('Failed to fetch'))
    },
  }
})

test('code that follows a plan and cannot be fetched breaks nothing, and the next plan fetches it', async () => {
  let reads = 0
  // A server’s clock goes on from read to read.
  const backend = new Backend({ now: () => new Date(now().getTime() + reads++) })
  const { idempotencyKey } = await leaveAttempt(backend, 'not sent')
  const { events } = show({ backend })
  await findCard()
  await expect.poll(() => load.failures).toBeGreaterThan(1)
  expect(events).toEqual([])
  expect(backend.count('purchase')).toBe(0)
  expect(Object.keys(keptAttempts())).toEqual([attemptName(idempotencyKey)])

  load.isBroken = false
  window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
  await findDialog('Analytics+ is ready')
  expect(backend.purchaseKeys()).toEqual([idempotencyKey])
})
