import { act, screen, waitFor, within } from '@testing-library/react'
import { AddOnCard, PurchaseDialog, usePlan } from 'addon-kit'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { attemptName, keptAttempts, leaveAttempt } from '../data/leaveAttempt.js'
import { Backend, buttonNames, findButton, findCard, findDialog, now, press, show } from './harness.js'

const load = vi.hoisted(() => ({ isBroken: true, failures: 0 }))

vi.mock('../../src/components/parts/loadDialogCode.js', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../src/components/parts/loadDialogCode.js')>()
  return {
    ...original,
    loadDialogCode: () => {
      if (!load.isBroken) return original.loadDialogCode()
      load.failures += 1
      return Promise.reject(new TypeError('Failed to fetch'))
    },
  }
})

test('code that cannot be fetched is said, opens nothing, and is fetched again by the next press', async () => {
  const { backend } = show()
  const card = await findCard()
  await press('Subscribe now, Analytics+')
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('There was no answer. Check your connection and try again.')
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(backend.count('previewPurchase')).toBe(0)
  const subscribe = within(card).getByRole('button', { name: 'Subscribe now, Analytics+' })
  await waitFor(() => expect(subscribe).not.toHaveAttribute('aria-disabled'))
  await userEvent.click(await findButton('Close'))
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())

  load.isBroken = false
  await press('Subscribe now, Analytics+')
  await findDialog('Subscribe to Analytics+')
  await findButton(/^Subscribe for/)
  expect(backend.count('previewPurchase')).toBe(1)
  expect(buttonNames(document.body)).not.toContain('Try again')
})

test('closing a remark takes the focus to the next one, and from the last one to the page’s main part', async () => {
  load.isBroken = false
  let role = 'owner'
  let readAgain = () => {}
  let openAnother = () => {}
  function Host() {
    const [isOther, setOther] = useState(false)
    readAgain = usePlan().refetch
    openAnother = () => setOther(true)
    return (
      <>
        <AddOnCard addOnId="analytics-plus" />
        {isOther && <PurchaseDialog addOnId="ai-assist" defaultOpen />}
      </>
    )
  }
  show({ viewer: { id: 'usr_olive', name: 'Olive' }, role: () => role, children: <Host /> })
  await press('Subscribe now, Analytics+')
  await findDialog('Subscribe to Analytics+')
  role = 'admin'
  readAgain()
  await screen.findAllByText(/^Analytics\+ is not open to you any more/)
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  load.isBroken = true
  act(openAnother)
  await screen.findByRole('alert')
  const [below, above] = screen.getAllByRole('button', { name: 'Close' })
  if (!below || !above) throw new Error('Both remarks can be closed.')
  await userEvent.click(above)
  await waitFor(() => expect(below).toHaveFocus())
  await userEvent.keyboard('{Enter}')
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Close' })).toBeNull())
  expect(screen.getByRole('main')).toHaveFocus()
})

test('a purchase that a page left behind is found out as soon as the code for it can be fetched', async () => {
  load.isBroken = true
  let reads = 0
  // A server’s clock goes on from read to read.
  const backend = new Backend({ now: () => new Date(now().getTime() + reads++) })
  const { idempotencyKey } = await leaveAttempt(backend, 'not sent')
  show({ backend })
  await findCard()
  await expect.poll(() => load.failures).toBeGreaterThan(0)
  expect(backend.count('purchase')).toBe(0)
  expect(Object.keys(keptAttempts())).toEqual([attemptName(idempotencyKey)])

  load.isBroken = false
  window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
  await findDialog('Analytics+ is ready')
  expect(backend.purchaseKeys()).toEqual([idempotencyKey])
})

test('a host that leaves its dialog open whose code cannot be fetched has it fetched once', async () => {
  load.isBroken = true
  load.failures = 0
  function Host() {
    const [count, setCount] = useState(0)
    return <PurchaseDialog addOnId="analytics-plus" open onOpenChange={() => setCount(count + 1)} />
  }
  show({ children: <Host /> })
  await screen.findByRole('alert')
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(load.failures).toBe(1)
})
