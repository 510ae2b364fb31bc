import { screen, waitFor } from '@testing-library/react'
import { AddOnCard, PurchaseDialog } from 'addon-kit'
import { StrictMode, useState } from 'react'
import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { analytics, confirmName, findButton, findDialog, Gate, press, show, whenClosed } from './harness.js'

/** A place beside what the dialog shows. */
const beside = { x: 4, y: 4 }

const trial = <PurchaseDialog addOnId={analytics} action="start-trial" defaultOpen />

const findTrial = () => findDialog('Try Analytics+ for free')

test('a press beside it closes it', async () => {
  show({ children: trial })
  await userEvent.click(await findTrial(), { position: beside })
  await whenClosed()
})

test('a press that begins inside and ends beside it, or the other way round, does not close it', async () => {
  show({ children: trial })
  const dialog = await findTrial()
  const heading = screen.getByRole('heading', { name: 'Try Analytics+ for free' })
  await userEvent.dragAndDrop(heading, dialog, { targetPosition: beside })
  expect(dialog).toHaveAttribute('data-state', 'open')
  await userEvent.dragAndDrop(dialog, heading, { sourcePosition: beside })
  expect(dialog).toHaveAttribute('data-state', 'open')
})

test('the page takes presses and focus as soon as it closes, and what fades out takes none', async () => {
  show({ children: <AddOnCard addOnId={analytics} /> })
  await press('Subscribe now, Analytics+')
  const dialog = await findDialog('Subscribe to Analytics+')
  const confirm = await findButton(confirmName)
  await userEvent.keyboard('{Escape}')
  expect(dialog).toBeInTheDocument()
  confirm.focus()
  expect(confirm).not.toHaveFocus()
  const behind = screen.getByRole('button', { name: 'Subscribe now, Analytics+' })
  behind.focus()
  expect(behind).toHaveFocus()
})

test.each([
  ['nothing, the focus goes back to what opened it', false],
  ['something with the focus, that keeps it', true],
])('where it makes room for what the host asks, and the host shows %s', async (_, hasFocus) => {
  const gate = new Gate()
  const onUpdatePaymentMethod = vi.fn(() => {
    if (hasFocus) screen.getByRole('textbox', { name: 'Card number' }).focus()
    return gate.passed()
  })
  show({
    children: (
      <>
        <AddOnCard addOnId={analytics} />
        <input aria-label="Card number" />
      </>
    ),
    provider: { onUpdatePaymentMethod },
    override: (demo) => ({
      previewPurchase: async (...call) => ({ ...(await demo.previewPurchase(...call)), payment: null }),
    }),
  })
  await press('Subscribe now, Analytics+')
  await press('Add a payment method')
  await whenClosed()
  expect(onUpdatePaymentMethod).toHaveBeenCalledTimes(1)
  const place = hasFocus
    ? screen.getByRole('textbox', { name: 'Card number' })
    : screen.getByRole('button', { name: 'Subscribe now, Analytics+' })
  await waitFor(() => expect(place).toHaveFocus())
  gate.open()
  await findDialog('Subscribe to Analytics+')
})

test('what the browser closes by itself is closed for the host, too', async () => {
  const onOpenChange = vi.fn()
  show({
    children: <PurchaseDialog addOnId={analytics} action="start-trial" defaultOpen onOpenChange={onOpenChange} />,
  })
  close(await findTrial())
  await whenClosed()
  expect(onOpenChange.mock.calls).toEqual([[false]])
})

test('what the browser closes by itself is opened again for a host that keeps it open', async () => {
  const onOpenChange = vi.fn()
  show({ children: <PurchaseDialog addOnId={analytics} action="start-trial" open onOpenChange={onOpenChange} /> })
  const dialog = await findTrial()
  close(dialog)
  await waitFor(() => expect(onOpenChange.mock.calls).toEqual([[false]]))
  await waitFor(() => expect(dialog.matches(':modal')).toBe(true))
  await findTrial()
})

test('inside a host’s own modal dialog it stands above it, and closing it does not close that one', async () => {
  const onHostClose = vi.fn()
  function Billing() {
    const [modal, setModal] = useState<HTMLDialogElement | null>(null)
    return (
      <>
        <button type="button" onClick={() => modal?.showModal()}>
          Billing
        </button>
        <dialog ref={setModal} aria-label="Billing" onClose={onHostClose} onCancel={onHostClose}>
          <Upgrade />
        </dialog>
      </>
    )
  }
  show({ children: <Billing /> })
  await press('Billing')
  for (const close of [() => userEvent.keyboard('{Escape}'), goBack]) {
    await press('Upgrade')
    const dialog = await findDialog('Subscribe to Analytics+')
    expect(dialog.contains(document.elementFromPoint(beside.x, beside.y))).toBe(true)
    await close(dialog)
    await waitFor(() => expect(dialog).not.toBeInTheDocument())
    expect(await findButton('Upgrade')).toHaveFocus()
  }
  expect(onHostClose).not.toHaveBeenCalled()
})

test('in StrictMode it opens once, keeps its purchase, and gives the focus back', async () => {
  const { backend } = show({
    children: (
      <StrictMode>
        <AddOnCard addOnId={analytics} />
        <Upgrade />
      </StrictMode>
    ),
  })
  await press('Upgrade')
  await findDialog('Subscribe to Analytics+')
  await findButton(confirmName)
  expect(backend.count('previewPurchase')).toBe(1)
  await userEvent.keyboard('{Escape}')
  await whenClosed()
  expect(screen.getByRole('button', { name: 'Upgrade' })).toHaveFocus()
})

function Upgrade() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Upgrade
      </button>
      <PurchaseDialog addOnId={analytics} action="subscribe" open={isOpen} onOpenChange={setOpen} />
    </>
  )
}

/** The device's own way back. */
function goBack(dialog: HTMLElement) {
  if (dialog instanceof HTMLDialogElement) dialog.requestClose()
}

/** As a browser does that grants nobody a second word, e.g. on the device's own way back. */
function close(dialog: HTMLElement) {
  if (dialog instanceof HTMLDialogElement) dialog.close()
}
