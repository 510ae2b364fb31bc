import { describe, expect, test } from 'vitest'
import { type AddOnRecord, createMemoryStore } from '../../src/server/index.js'

const now = '2026-03-16T12:00:00.000Z'
const at = (milliseconds: number) => new Date(Date.parse(now) + milliseconds).toISOString()
const empty: AddOnRecord = {
  sale: null,
  trial: null,
  pending: null,
  quoteRequest: null,
  featureRequests: [],
  notifiedAt: null,
}
const sold: AddOnRecord = { ...empty, sale: { since: now } }
const read = (store: ReturnType<typeof createMemoryStore>, account = 'a', addOn = 'x') =>
  store.transaction(account, (records) => records.readAddOn(addOn))

describe('a transaction', () => {
  test('keeps what it wrote, and reads it meanwhile', async () => {
    const store = createMemoryStore()
    await store.transaction('a', async (records) => {
      await records.writeAddOn('x', sold)
      expect(await records.readAddOn('x')).toEqual(sold)
    })
    expect(await read(store)).toEqual(sold)
    expect(await read(store, 'b')).toEqual(empty)
    expect(await read(store, 'a', 'y')).toEqual(empty)
  })

  test('that fails keeps nothing, and does not stand in the way of the next', async () => {
    const store = createMemoryStore()
    const failed = store.transaction('a', async (records) => {
      await records.writeAddOn('x', sold)
      await records.writeKey('k', { body: '', createdAt: now, outcome: null })
      throw new Error('no')
    })
    await expect(failed).rejects.toThrow('no')
    expect(await read(store)).toEqual(empty)
    expect(await store.transaction('a', (records) => records.readKey('k'))).toBeUndefined()
  })

  test('that throws before its first await is a rejection too', async () => {
    const store = createMemoryStore()
    const failed = store.transaction('a', () => {
      throw new Error('no')
    })
    await expect(failed).rejects.toThrow('no')
    expect(await read(store)).toEqual(empty)
  })

  test('runs alone in its account, in order; another account does not wait', async () => {
    const store = createMemoryStore()
    const steps: string[] = []
    const slow = (account: string, name: string) =>
      store.transaction(account, async () => {
        steps.push(`${name} begins`)
        await new Promise((resolve) => setTimeout(resolve, 5))
        steps.push(`${name} ends`)
      })
    await Promise.all([slow('a', 'first'), slow('a', 'second'), slow('b', 'other')])
    const own = steps.filter((step) => !step.startsWith('other'))
    expect(own).toEqual(['first begins', 'first ends', 'second begins', 'second ends'])
    expect(steps.indexOf('other begins')).toBeLessThan(steps.indexOf('first ends'))
  })

  test('a hundred increments at once are a hundred', async () => {
    const store = createMemoryStore()
    const add = (viewerId: string) =>
      store.transaction('a', async (records) => {
        const record = await records.readAddOn('x')
        const request = { viewerId, name: viewerId, requestedAt: now, askAgainAt: now }
        await records.writeAddOn('x', { ...record, featureRequests: [...record.featureRequests, request] })
      })
    await Promise.all(Array.from({ length: 100 }, (_, index) => add(String(index))))
    expect((await read(store)).featureRequests).toHaveLength(100)
  })
})

describe('seed and reset', () => {
  test('a seed says only what differs', async () => {
    const store = createMemoryStore({ a: { x: { sale: { since: now } } } })
    expect(await read(store)).toEqual(sold)
  })

  test('reset goes back to the seed, and forgets previews, keys and counts', async () => {
    const store = createMemoryStore({ a: { x: { sale: { since: now } } } })
    await store.endAddOn('a', 'x')
    await store.transaction('a', (records) => records.writeKey('k', { body: '', createdAt: now, outcome: null }))
    await store.countPost('a', 'v', now)
    store.reset()
    expect(await read(store)).toEqual(sold)
    expect(await store.transaction('a', (records) => records.readKey('k'))).toBeUndefined()
    expect(await store.countPost('a', 'v', now)).toBe(1)
  })

  test('two stores of one seed are two', async () => {
    const seed = { a: { x: { sale: { since: now } } } }
    const [one, other] = [createMemoryStore(seed), createMemoryStore(seed)]
    await one.endAddOn('a', 'x')
    expect(await read(other)).toEqual(sold)
  })

  test.each(['__proto__', 'constructor'])('an account or add-on called %s is like any other', async (name) => {
    const store = createMemoryStore()
    expect(await read(store, name, name)).toEqual(empty)
    await store.recordSale(name, name, { since: now })
    expect(await read(store, name, name)).toEqual(sold)
    expect(await read(store, 'a', name)).toEqual(empty)
  })
})

describe('keys', () => {
  const day = 24 * 60 * 60 * 1000
  const write = (store: ReturnType<typeof createMemoryStore>, key: string, time: string) =>
    store.transaction('a', (records) => records.writeKey(key, { body: '', createdAt: time, outcome: null }))
  const has = async (store: ReturnType<typeof createMemoryStore>, key: string) =>
    (await store.transaction('a', (records) => records.readKey(key))) !== undefined

  test('are kept for 30 days, and then make room', async () => {
    const store = createMemoryStore()
    await write(store, 'old', now)
    await write(store, 'new', at(30 * day))
    expect([await has(store, 'old'), await has(store, 'new')]).toEqual([true, true])
    await write(store, 'newer', at(30 * day + 1))
    expect([await has(store, 'old'), await has(store, 'new'), await has(store, 'newer')]).toEqual([false, true, true])
  })

  test('that are written again are as old as they were', async () => {
    const store = createMemoryStore()
    await write(store, 'a', now)
    await write(store, 'b', at(10 * day))
    await write(store, 'a', now)
    await write(store, 'c', at(35 * day))
    expect([await has(store, 'a'), await has(store, 'b')]).toEqual([false, true])
  })
})

describe('countPost', () => {
  test('counts the minute before, with this one', async () => {
    const store = createMemoryStore()
    expect(await store.countPost('a', 'v', now)).toBe(1)
    expect(await store.countPost('a', 'v', at(59_999))).toBe(2)
    expect(await store.countPost('a', 'v', at(60_000))).toBe(2)
    expect(await store.countPost('a', 'v', at(180_000))).toBe(1)
  })

  test('tells viewers and accounts apart, however their names are cut', async () => {
    const store = createMemoryStore()
    await store.countPost('a', 'b","c', now)
    expect(await store.countPost('a","b', 'c', now)).toBe(1)
    expect(await store.countPost('a', 'b', now)).toBe(1)
    expect(await store.countPost('b', 'b', now)).toBe(1)
  })
})
