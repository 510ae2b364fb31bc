import { waitFor } from '@testing-library/react'
import { PlanTab, PurchaseDialog } from 'addon-kit'
import { expect, test, vi } from 'vitest'
import { leaveAttempt } from '../data/leaveAttempt.js'
import { addOnIs, analytics, Backend, buttonNames, findDialog, never, press, show } from './harness.js'

const dialog = <PurchaseDialog addOnId={analytics} action="subscribe" open />
const startedAt = '2026-11-22T00:00:00Z'

/** A bank that goes on asking. */
const asking = () =>
  new Backend({
    nextPurchase: 'action-needed',
    override: (demo) => {
      let first: ReturnType<typeof demo.purchase> | undefined
      return {
        purchase: (...call) => {
          first ??= demo.purchase(...call)
          return first
        },
      }
    },
  })

test('a page that comes back from the bank with its dialog open is not sent there again by itself', async () => {
  const backend = asking()
  await leaveAttempt(backend, 'sent')
  const onPaymentAction = vi.fn(never)
  show({ backend, provider: { onPaymentAction }, children: dialog })
  await findDialog('Waiting for your bank')
  await waitFor(() => expect(backend.count('purchase')).toBe(1))
  expect(onPaymentAction).not.toHaveBeenCalled()
  await press('Continue')
  await waitFor(() => expect(onPaymentAction).toHaveBeenCalledOnce())
})

test('the same into an empty storage: the purchase is shown from the plan, and nothing is sent before a press', async () => {
  const backend = asking()
  await leaveAttempt(backend, 'sent')
  localStorage.clear()
  const onPaymentAction = vi.fn(never)
  show({ backend, provider: { onPaymentAction }, children: dialog })
  await findDialog('Waiting for your bank')
  expect(backend.count('purchase')).toBe(0)
  await press('Continue')
  await waitFor(() => expect(onPaymentAction).toHaveBeenCalledOnce())
})

test('the press on the card is enough for the bank to ask', async () => {
  const backend = asking()
  await leaveAttempt(backend, 'sent')
  localStorage.clear()
  const onPaymentAction = vi.fn(never)
  show({ backend, provider: { onPaymentAction }, children: <PlanTab /> })
  await press('Continue, Analytics+')
  await waitFor(() => expect(onPaymentAction).toHaveBeenCalledOnce())
})

test('a question that was left does not come back by itself: one press on the card, one question', async () => {
  const backend = asking()
  await leaveAttempt(backend, 'sent')
  localStorage.clear()
  const onPaymentAction = vi.fn(() => new Promise<void>((resolve) => setTimeout(resolve, 100)))
  show({ backend, provider: { onPaymentAction }, children: <PlanTab /> })
  await press('Continue, Analytics+')
  await waitFor(() => expect(onPaymentAction).toHaveBeenCalled())
  await findDialog('Waiting for your bank')
  await new Promise((resolve) => setTimeout(resolve, 1000))
  expect(onPaymentAction).toHaveBeenCalledOnce()
  await press('Continue')
  await waitFor(() => expect(onPaymentAction).toHaveBeenCalledTimes(2))
})

test.each([
  ['processing', 'Your purchase is being processed'],
  ['action-needed', 'Waiting for your bank'],
] as const)(
  'a purchase of my own that is %s, from a backend without a way back, is said, and is no dead end',
  async (state, title) => {
    const pendingPurchase = { state, startedAt, by: 'Olive', mine: true } as const
    const { backend } = show({ children: dialog, override: addOnIs(analytics, { pendingPurchase }) })
    expect(buttonNames(await findDialog(title))).toEqual(['Close', 'Close'])
    expect(backend.count('purchase')).toBe(0)
  },
)
