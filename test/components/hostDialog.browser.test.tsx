import { screen, waitFor, within } from '@testing-library/react'
import { AddOnCard, PurchaseDialog, type PurchaseDialogProps } from 'addon-kit'
import { useState } from 'react'
import { describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import {
  analytics,
  confirmName,
  findButton,
  findDialog,
  Gate,
  press,
  pressConfirm,
  show,
  whenClosed,
} from './harness.js'

/** A host that keeps by itself whether the dialog is open. */
function Host(props: Partial<PurchaseDialogProps>) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Upgrade
      </button>
      <PurchaseDialog addOnId={analytics} open={isOpen} {...props} onOpenChange={setOpen} />
    </>
  )
}

describe('PurchaseDialog', () => {
  test('opens and closes with the host’s own state, and gives the focus back', async () => {
    show({ children: <Host action="subscribe" /> })
    await press('Upgrade')
    await findDialog('Subscribe to Analytics+')
    await press('Cancel')
    await whenClosed()
    await waitFor(() => expect(screen.getByRole('button', { name: 'Upgrade' })).toHaveFocus())
  })

  test('opens from the beginning with defaultOpen, and closes by itself', async () => {
    const onOpenChange = vi.fn()
    const { backend } = show({
      children: <PurchaseDialog addOnId={analytics} action="start-trial" defaultOpen onOpenChange={onOpenChange} />,
    })
    await findDialog('Try Analytics+ for free')
    await userEvent.keyboard('{Escape}')
    await whenClosed()
    expect(onOpenChange.mock.calls).toEqual([[false]])
    expect(backend.count()).toBe(1)
  })

  test('closed, it asks for nothing', async () => {
    const { backend } = show({ children: <PurchaseDialog addOnId={analytics} action="subscribe" /> })
    show({ children: <AddOnCard addOnId={analytics} /> })
    await screen.findByRole('article')
    expect(backend.count()).toBe(0)
  })

  test('a host that keeps it open keeps it open', async () => {
    const onOpenChange = vi.fn()
    show({ children: <PurchaseDialog addOnId={analytics} action="start-trial" open onOpenChange={onOpenChange} /> })
    const dialog = await findDialog('Try Analytics+ for free')
    await press('Cancel')
    expect(onOpenChange.mock.calls).toEqual([[false]])
    expect(dialog).toHaveAttribute('data-state', 'open')
  })

  test('without an action it shows the add-on, goes on to what is chosen, and begins there again', async () => {
    show({ children: <Host /> })
    await press('Upgrade')
    const overview = await findDialog('Analytics+')
    await userEvent.click(within(overview).getByRole('button', { name: 'Try it for free, Analytics+' }))
    await findDialog('Try Analytics+ for free')
    await userEvent.keyboard('{Escape}')
    await whenClosed()
    await press('Upgrade')
    await findDialog('Analytics+')
  })

  test('carries the host’s classes and texts', async () => {
    show({
      children: (
        <Host
          action="subscribe"
          className="a"
          classNames={{ dialog: 'b', overlay: 'c', 'dialog-close': 'd' }}
          messages={{ 'review.title': 'Get {name}' }}
        />
      ),
    })
    await press('Upgrade')
    const dialog = await findDialog('Get Analytics+')
    expect(dialog).toHaveClass('c')
    expect(dialog.querySelector('[data-slot="dialog"]')).toHaveClass('a', 'b')
    expect(dialog.querySelector('.d')).toBe(within(dialog).getByRole('button', { name: 'Close' }))
  })

  test('is the same purchase as the one behind a card', async () => {
    const gate = new Gate()
    const { backend } = show({
      children: (
        <>
          <Host action="subscribe" />
          <AddOnCard addOnId={analytics} />
        </>
      ),
      override: (demo) => ({ purchase: async (...call) => gate.passed().then(() => demo.purchase(...call)) }),
    })
    await press('Upgrade')
    await pressConfirm()
    await findDialog('Subscribing to Analytics+')
    await userEvent.keyboard('{Escape}')
    await whenClosed()
    await press('Continue, Analytics+')
    await findDialog('Subscribing to Analytics+')
    gate.open()
    await findDialog('Analytics+ is ready')
    expect([backend.count('previewPurchase'), backend.count('purchase')]).toEqual([1, 1])
  })

  test('makes room for the bank, too', async () => {
    const gate = new Gate()
    const onPaymentAction = vi.fn(() => gate.passed())
    show({ nextPurchase: 'action-needed', children: <Host action="subscribe" />, provider: { onPaymentAction } })
    await press('Upgrade')
    await pressConfirm()
    await waitFor(() => expect(onPaymentAction).toHaveBeenCalledTimes(1))
    await whenClosed()
    gate.open()
    await findDialog('Analytics+ is ready')
  })

  test('a host that takes it away while it is open leaves a page that works', async () => {
    function Gone() {
      const [isHere, setHere] = useState(true)
      return (
        <>
          <button type="button" onClick={() => setHere(false)}>
            Take it away
          </button>
          {isHere && <PurchaseDialog addOnId={analytics} action="subscribe" defaultOpen />}
          <AddOnCard addOnId={analytics} />
        </>
      )
    }
    const { backend } = show({ children: <Gone /> })
    await findDialog('Subscribe to Analytics+')
    await findButton(confirmName)
    screen.getByText('Take it away').click()
    await whenClosed()
    await press('Subscribe now, Analytics+')
    await findDialog('Subscribe to Analytics+')
    await waitFor(() => expect(backend.count('previewPurchase')).toBe(2))
  })
})
