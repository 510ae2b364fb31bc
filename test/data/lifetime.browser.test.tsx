import { act, render, waitFor } from '@testing-library/react'
import { AddOnError, AddOnProvider, PlanTab } from 'addon-kit'
import { Activity } from 'react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  Backend,
  findCard,
  findDialog,
  Gate,
  openPurchase,
  press,
  pressConfirm,
  show,
  whenClosed,
} from '../components/harness.js'
import { keptAttempts, leaveAttempt } from './leaveAttempt.js'

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('a page that is hidden while a purchase is sent', () => {
  /** A host that keeps a page it does not show; React takes the effects of such a page back. */
  async function hideWhileSending() {
    const gate = new Gate()
    const answered = vi.fn()
    const backend = new Backend({
      nextPurchase: 'declined',
      override: (demo) => ({
        purchase: async (...call) => {
          await gate.passed()
          return demo.purchase(...call).finally(answered)
        },
      }),
    })
    const page = (mode: 'visible' | 'hidden') => (
      <Activity mode={mode}>
        <AddOnProvider adapter={backend}>
          <PlanTab />
        </AddOnProvider>
      </Activity>
    )
    const { rerender } = render(page('visible'))
    await openPurchase()
    await pressConfirm()
    await waitFor(() => expect(backend.count('purchase')).toBe(1))
    const turn = (mode: 'visible' | 'hidden') => act(async () => rerender(page(mode)))
    await turn('hidden')
    return { gate, answered, backend, turn }
  }

  test('and shown again before its answer finds out how it ended', async () => {
    const { gate, backend, turn } = await hideWhileSending()
    await turn('visible')
    gate.open()
    await findDialog('Your payment was declined')
    expect(keptAttempts()).toEqual({})
    expect(backend.purchaseKeys()).toHaveLength(1)
  })

  test('and shown again after its answer finds out how it ended', async () => {
    const { gate, answered, backend, turn } = await hideWhileSending()
    gate.open()
    await waitFor(() => expect(answered).toHaveBeenCalled())
    expect(backend.count('purchase')).toBe(1)
    await turn('visible')
    await findDialog('Your payment was declined')
    expect(keptAttempts()).toEqual({})
    expect(backend.purchaseKeys()).toHaveLength(1)
  })
})

test('an attempt whose session ended is forgotten where the plan says that the add-on is bought', async () => {
  let isOver = false
  const backend = new Backend({
    override: (demo) => ({
      purchase: (...call) =>
        isOver ? Promise.reject(new AddOnError('unauthenticated', { status: 401 })) : demo.purchase(...call),
    }),
  })
  await leaveAttempt(backend, 'sent')
  isOver = true
  const first = show({ backend })
  await waitFor(() => expect(first.events.map(({ type }) => type)).toContain('failed'))
  first.unmount()
  show({ backend })
  await findCard()
  await waitFor(() => expect(keptAttempts()).toEqual({}))
  expect(backend.count('purchase')).toBe(1)
})

test('“Check again” after the session ended, pressed by somebody else, sends nothing of the old viewer’s', async () => {
  let viewer = { id: 'usr_olive', name: 'Olive' }
  let isOver = false
  const backend = new Backend({
    viewer: () => viewer,
    override: (demo) => ({
      purchase: (...call) =>
        isOver ? Promise.reject(new AddOnError('unauthenticated', { status: 401 })) : demo.purchase(...call),
    }),
  })
  await leaveAttempt(backend, 'not sent')
  isOver = true
  show({ backend })
  await waitFor(() => expect(backend.count('purchase')).toBe(1))
  await press('Continue, Analytics+')
  await findDialog('We do not know yet what became of your purchase')
  // Otto signs in where Olive was.
  viewer = { id: 'usr_otto', name: 'Otto' }
  isOver = false
  await press('Check again')
  await whenClosed()
  await waitFor(() => expect(keptAttempts()).toEqual({}))
  expect(backend.count('purchase')).toBe(1)
  expect(document.body).not.toHaveTextContent('Nothing has been charged')
})
