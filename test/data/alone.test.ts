import { afterEach, expect, test, vi } from 'vitest'
import { alone } from '../../src/data/alone.js'
import { Locks } from './Page.js'

afterEach(() => {
  vi.unstubAllGlobals()
})

/** Work that goes on until it is let go, and notes its beginning and its end. */
function work(name: string, notes: string[]) {
  let end = () => {}
  const over = new Promise<void>((resolve) => {
    end = resolve
  })
  const run = async () => {
    notes.push(`${name} begins`)
    await over
    notes.push(`${name} ends`)
  }
  return { run, end: () => end() }
}

test('work of one name waits for its turn; work of another name does not', async () => {
  vi.stubGlobal('navigator', { locks: new Locks() })
  const notes: string[] = []
  const [first, second, other] = [work('first', notes), work('second', notes), work('other', notes)]
  other.end()
  const all = [alone('a', first.run), alone('a', second.run), alone('b', other.run)]
  await all[2]
  expect(notes).toEqual(['first begins', 'other begins', 'other ends'])
  first.end()
  second.end()
  await Promise.all(all)
  expect(notes.slice(3)).toEqual(['first ends', 'second begins', 'second ends'])
})

test.each([
  ['without a navigator', undefined],
  ['in a browser without locks', {}],
])('%s work simply runs', async (_, navigator) => {
  vi.stubGlobal('navigator', navigator)
  const run = vi.fn(async () => {})
  await alone('a', run)
  expect(run).toHaveBeenCalledOnce()
})

test('a page that gets no locks does its work without', async () => {
  const request = () => Promise.reject(new DOMException('Access to the Locks API is denied.', 'SecurityError'))
  vi.stubGlobal('navigator', { locks: { request } })
  const run = vi.fn(async () => {})
  await alone('a', run)
  expect(run).toHaveBeenCalledOnce()
})

test('work that fails fails once, and lets the next one in', async () => {
  vi.stubGlobal('navigator', { locks: new Locks() })
  const run = vi.fn(() => Promise.reject(new Error('boom')))
  await expect(alone('a', run)).rejects.toThrow('boom')
  expect(run).toHaveBeenCalledOnce()
  await alone('a', async () => {})
})
