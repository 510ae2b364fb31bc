import { expect, test } from 'vitest'
import { createFlowStore } from '../../src/data/flowStore.js'
import { whileHostAsks } from '../../src/data/whileHostAsks.js'

test('no dialog stands in front of what the host asks, until it is answered', async () => {
  const store = createFlowStore()
  let answer = () => {}
  let isAsked = () => {}
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve
  })
  const run = whileHostAsks(store, () => {
    isAsked()
    return new Promise((resolve) => {
      answer = resolve
    })
  })
  expect(store.getState().isHostAsking).toBe(true)
  await asked
  expect(store.getState().isHostAsking).toBe(true)
  answer()
  await run
  expect(store.getState().isHostAsking).toBe(false)
})

test('a host that fails fails for who asked it, and the dialog may come back', async () => {
  const store = createFlowStore()
  await expect(whileHostAsks(store, () => Promise.reject(new Error('left')))).rejects.toThrow('left')
  expect(store.getState().isHostAsking).toBe(false)
})
