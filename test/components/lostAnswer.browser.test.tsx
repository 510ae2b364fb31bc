import { screen, waitFor } from '@testing-library/react'
import { AddOnError } from 'addon-kit'
import { describe, expect, test, vi } from 'vitest'
import { analytics, openPurchase, pressConfirm, show } from './harness.js'

const card = () => document.querySelector(`article[data-add-on="${analytics}"]`)

describe('a purchase that was carried out, but whose answer was lost', () => {
  test('is never called uncharged because its buyer was demoted meanwhile; the plan says that it is bought', async () => {
    let role = 'owner'
    const { backend } = show({
      role: () => role,
      override: (demo) => ({
        async purchase(...call) {
          const answer = await demo.purchase(...call)
          role = 'admin'
          throw new AddOnError('network', { cause: answer })
        },
      }),
    })
    await openPurchase()
    await pressConfirm()
    await waitFor(() => expect(backend.count('purchase')).toBe(2), { timeout: 4000 })
    await waitFor(() => expect(card()).toHaveAttribute('data-status', 'active'))
    await waitFor(() => expect(card()).not.toHaveTextContent('Checking your purchase'))
    expect(document.body).not.toHaveTextContent('Nothing has been charged')
  })

  test('is not called uncharged because another account is signed in when its outcome is asked for', async () => {
    let sends = 0
    show({
      override: (demo) => ({
        async purchase(...call) {
          sends += 1
          if (sends > 1) throw new AddOnError('account-changed')
          await demo.purchase(...call)
          throw new AddOnError('timeout')
        },
      }),
    })
    await openPurchase()
    await pressConfirm()
    await waitFor(() => expect(sends).toBe(2), { timeout: 4000 })
    await waitFor(() => expect(card()).toHaveAttribute('data-status', 'active'))
    expect(document.body).not.toHaveTextContent('Nothing has been charged')
  })
})

test('a challenge of the bank that was left is not opened again by itself', async () => {
  const onPaymentAction = vi.fn(() => Promise.reject(new Error('left')))
  const { backend } = show({
    provider: { onPaymentAction },
    override: (demo) => ({
      async purchase(...call) {
        const { purchase, addOn } = await demo.purchase(...call)
        const { id, addOnId, seats, requestedAt, purchasedBy } = purchase
        const facts = { id, addOnId, seats, requestedAt, purchasedBy }
        return { addOn, purchase: { ...facts, status: 'action-needed', action: { type: 'challenge' } } }
      },
    }),
  })
  await openPurchase()
  await pressConfirm()
  // Asked about once the challenge is over, and again: the bank may need a moment.
  await waitFor(() => expect(backend.count('purchase')).toBeGreaterThan(2), { timeout: 8000 })
  expect(backend.purchaseKeys()).toHaveLength(1)
  expect(await screen.findByRole('heading', { name: 'Waiting for your bank' })).toBeVisible()
  expect(onPaymentAction).toHaveBeenCalledOnce()
})
