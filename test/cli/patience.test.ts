import { getEventListeners } from 'node:events'
import { beforeEach, expect, test, vi } from 'vitest'
import type { AddOnAdapter } from '../../src/adapter/AddOnAdapter.js'
import { createPatience } from '../../src/cli/patience.js'
import { AddOnError } from '../../src/domain/errors.js'
import { KitBackend } from '../contract/KitBackend.js'
import { kitHarness } from '../contract/kitHarness.js'

const said: string[] = []
beforeEach(() => void said.splice(0))

/** The Owner's adapter, whose plan is refused as given before it is answered. */
function refusing(...errors: AddOnError[]): { adapter: AddOnAdapter; sent: () => number } {
  const { owner } = kitHarness(new KitBackend()).people
  let sent = 0
  const getPlan: AddOnAdapter['getPlan'] = async (options) => {
    const error = errors[sent]
    sent += 1
    if (error) throw error
    return owner.getPlan(options)
  }
  const refuse = () => Promise.reject(new AddOnError('internal'))
  const posts = { previewPurchase: refuse, purchase: refuse, requestQuote: refuse, startTrial: refuse }
  const patient = createPatience((line) => said.push(line))
  return { adapter: patient({ getPlan, ...posts, requestFeature: refuse }), sent: () => sent }
}

const tooMany = (retryAfter: number) => new AddOnError('rate-limited', { retryAfter })

test('a call that comes too often is sent again until it is answered', async () => {
  const { adapter, sent } = refusing(tooMany(0.01), tooMany(0.01))
  expect((await adapter.getPlan()).account.id).toBe('acc_larkspur')
  expect(sent()).toBe(3)
})

test('five times at the most', async () => {
  const { adapter, sent } = refusing(...Array.from({ length: 9 }, () => tooMany(0.01)))
  await expect(adapter.getPlan()).rejects.toMatchObject({ code: 'rate-limited' })
  expect(sent()).toBe(6)
})

test('another refusal is not sent again', async () => {
  const { adapter, sent } = refusing(new AddOnError('unavailable', { retryAfter: 0.01 }))
  await expect(adapter.getPlan()).rejects.toMatchObject({ code: 'unavailable' })
  expect(sent()).toBe(1)
  expect(said).toEqual([])
})

test('a call that is given up while it waits ends at once, and is never sent again', async () => {
  const { adapter, sent } = refusing(tooMany(60))
  const stop = new AbortController()
  const call = adapter.getPlan({ signal: stop.signal })
  await vi.waitFor(() => expect(said).toEqual(['… too many requests: the backend asks to wait for 60 s']))
  const reason = new Error('given up')
  stop.abort(reason)
  await expect(call).rejects.toBe(reason)
  expect(sent()).toBe(1)
  expect(getEventListeners(stop.signal, 'abort')).toEqual([])
})

test('calls that wait together say so once', async () => {
  const { adapter } = refusing(tooMany(0.05), tooMany(0.05), tooMany(0.05))
  await Promise.all([adapter.getPlan(), adapter.getPlan(), adapter.getPlan()])
  expect(said).toEqual(['… too many requests: the backend asks to wait for 0.05 s'])
})
