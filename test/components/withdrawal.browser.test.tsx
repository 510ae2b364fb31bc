import { screen, waitFor } from '@testing-library/react'
import { AddOnNavItem, PlanTab, useAddOnFlow, usePlan } from 'addon-kit'
import { describe, expect, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import { analytics, findCard, findDialog, openPurchase, press, pressConfirm, show, whenClosed } from './harness.js'

/** Somebody whose role, or whose account, changes while the page is open. */
const viewer = { id: 'usr_olive', name: 'Olive' }

/** The host’s way to read the plan again, e.g. when the viewer comes back to the page. */
let readAgain = () => {}

function Host() {
  readAgain = usePlan().refetch
  const flow = useAddOnFlow()
  return (
    <>
      <AddOnNavItem addOnId={analytics} />
      <PlanTab />
      <button type="button" onClick={() => flow.open(analytics)}>
        About Analytics+
      </button>
    </>
  )
}

const notice = () => document.querySelector('[data-slot="toast"]')
const announced = () => screen.getAllByRole('status').map(({ textContent }) => textContent)

describe('what the dialog is open for is not offered any more', () => {
  test.each([
    ['a purchase', 'Subscribe now, Analytics+', /^Subscribe to/, 'admin'],
    ['a trial', 'Try it for free, Analytics+', /^Try Analytics/, 'supervisor'],
    ['the add-on', 'About Analytics+', 'Analytics+', 'agent'],
  ] as const)('%s: it closes, says why and announces it, and sends nothing', async (_, button, title, next) => {
    let role = 'owner'
    const { backend } = show({ viewer, role: () => role, children: <Host /> })
    await press(button)
    await findDialog(title)
    role = next
    readAgain()
    await whenClosed()
    const text = 'Analytics+ is not open to you any more. Your role cannot do this. Ask an Owner.'
    await waitFor(() => expect(notice()).toHaveTextContent(text))
    await waitFor(() => expect(announced()).toContain(text))
    expect(backend.count('purchase') + backend.count('startTrial')).toBe(0)
    await press('Close')
    await waitFor(() => expect(notice()).toBeNull())
    expect(document.querySelector('[data-slot="plan-tab"]')).toHaveFocus()
  })

  test('the account buys by quote from now on', async () => {
    let mode: 'self-serve' | 'quote' = 'self-serve'
    show({ mode: () => mode, children: <Host /> })
    await openPurchase()
    mode = 'quote'
    readAgain()
    await whenClosed()
    expect(notice()).toHaveTextContent('Your account cannot do this.')
    expect(await findCard()).toHaveTextContent('Request a quote')
  })

  test('the focus goes back to what the card offers now', async () => {
    let role = 'owner'
    show({ viewer, role: () => role, children: <Host /> })
    await openPurchase()
    role = 'admin'
    readAgain()
    await whenClosed()
    await waitFor(() => expect(screen.getByRole('button', { name: 'Try it for free, Analytics+' })).toHaveFocus())
  })
})

describe('it stays open', () => {
  test('where it says itself what became of a press: a purchase that was refused', async () => {
    let role = 'owner'
    const { backend } = show({ viewer, role: () => role, children: <Host /> })
    await openPurchase()
    role = 'admin'
    await pressConfirm()
    await waitFor(() => expect(backend.count('getPlan')).toBe(2))
    await findDialog('You cannot buy Analytics+ any more')
    expect(notice()).toBeNull()
  })

  test('for a step that was never offered: it says why from the beginning', async () => {
    show({ role: 'supervisor', children: <Host /> })
    await press('About Analytics+')
    await findDialog('Analytics+')
    readAgain()
    await userEvent.keyboard('{Tab}')
    expect(screen.getByRole('dialog')).toBeVisible()
    expect(notice()).toBeNull()
  })

  test('for a purchase that is under way, whatever the role is by now', async () => {
    let role = 'owner'
    let answer = () => {}
    const gate = new Promise<void>((resolve) => {
      answer = resolve
    })
    show({
      viewer,
      role: () => role,
      children: <Host />,
      override: (demo) => ({
        purchase: async (...call) => {
          const result = await demo.purchase(...call)
          await gate
          return result
        },
      }),
    })
    await openPurchase()
    await pressConfirm()
    await findDialog('Subscribing to Analytics+')
    role = 'admin'
    readAgain()
    answer()
    await findDialog('Analytics+ is ready')
    expect(notice()).toBeNull()
  })
})
