import { screen, waitFor, within } from '@testing-library/react'
import { AddOnError, type PaymentAction, PlanTab, type PurchaseAnswer } from 'addon-kit'
import { createMemoryStore, type NextPurchase } from 'addon-kit/demo'
import { useState } from 'react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import {
  analytics,
  buttonNames,
  confirmName,
  dialogTitle,
  findButton,
  findCard,
  findDialog,
  Gate,
  inDays,
  openPurchase,
  press,
  pressConfirm,
  previewIs,
  show,
  stopTime,
  untilSo,
  untilTitle,
  whenClosed,
} from './harness.js'
import { confirm, dialog, nextTask, purchaseRejects } from './purchases.js'

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('endings of a purchase', () => {
  test('done: the amount, the reference, the next invoice, and the way in', async () => {
    const { events } = await confirm()
    const done = await findDialog('Analytics+ is ready')
    expect(done).toHaveTextContent('Charged today$60.00')
    expect(done).toHaveTextContent(/Next invoice.*Dec 1, 2026.*\$225\.00/)
    expect(done).toHaveTextContent(/pur_[0-9A-Z]{12}/)
    expect(within(done).getByRole('link', { name: 'Open Analytics+' })).toHaveAttribute('href', '/analytics')
    expect(events.map(({ type }) => type)).toEqual(['opened', 'purchased'])
  })

  test('declined: nothing was charged; trying again is a new attempt at a new price', async () => {
    const { backend, pass } = await confirmWhileNoTimePasses('declined')
    const declined = await findDialog('Your payment was declined')
    expect(declined).toHaveTextContent('Nothing has been charged.')
    expect(buttonNames(declined)).toEqual(['Try again', 'Close', 'Close'])
    await press('Try again')
    await findDialog('Subscribe to Analytics+')
    await findButton(confirmName)
    pass(1000)
    await pressConfirm()
    await findDialog('Analytics+ is ready')
    expect(backend.count('previewPurchase')).toBe(2)
    expect(backend.purchaseKeys()).toHaveLength(2)
  })

  test('declined: the host’s way to update the payment method, and a new price after it', async () => {
    const onUpdatePaymentMethod = vi.fn()
    const { backend } = await confirm('declined', { provider: { onUpdatePaymentMethod } })
    const declined = await findDialog('Your payment was declined')
    expect(within(declined).getByRole('button', { name: 'Update payment method' })).toHaveAttribute(
      'data-variant',
      'primary',
    )
    await press('Update payment method')
    await findButton(confirmName)
    expect(onUpdatePaymentMethod.mock.calls).toEqual([[analytics]])
    expect(backend.count('previewPurchase')).toBe(2)
  })

  test('price changed: old and new side by side, and a press that comes too soon buys nothing', async () => {
    const { backend, pass } = await confirmWhileNoTimePasses('price-changed')
    const changed = await findDialog('The price has changed')
    expect(changed).toHaveTextContent('Nothing has been charged.')
    const seats = 'was 12 standard licences + 3 additional users, now 12 standard licences + 5 additional users'
    for (const change of ['was $60.00, now $68.00', 'was 15, now 17', seats, 'was $225.00, now $255.00']) {
      expect(within(changed).getAllByText(change)).not.toHaveLength(0)
    }
    const line = within(changed).getByText('Rest of this period').closest('[data-slot="line"]')
    expect(line).toHaveTextContent('was $60.00, now $68.00')
    expect(changed).toHaveTextContent('You pay $68.00 today and $255.00 every month')
    const again = within(changed).getByRole('button', { name: 'Subscribe for $68.00 today' })
    again.click()
    pass(999)
    again.click()
    expect(dialogTitle()).toBe('The price has changed')
    expect(backend.count('purchase')).toBe(1)
    pass(1)
    await userEvent.click(again)
    await findDialog('Analytics+ is ready')
    expect(dialog()).toHaveTextContent('$68.00')
    expect(backend.purchaseKeys()).toHaveLength(2)
  })

  test('expired: the button becomes “Refresh price”, and what it brings is not bought under the finger', async () => {
    const { backend, pass } = await confirmWhileNoTimePasses('expired')
    await findDialog('The price is no longer held')
    expect(screen.queryByRole('button', { name: /^Subscribe for/ })).toBeNull()
    await press('Refresh price')
    const again = await findButton(confirmName)
    again.click()
    expect(backend.count('purchase')).toBe(1)
    pass(1000)
    await pressConfirm()
    await findDialog('Analytics+ is ready')
    expect(backend.purchaseKeys()).toHaveLength(2)
  })

  test('expires in the open dialog on the server’s time, announced a minute before', async () => {
    const pass = stopTime()
    // This machine is a day ahead of the server.
    vi.setSystemTime(inDays(1))
    show({ override: previewIs({ expiresAt: '2026-11-23T00:01:01Z' }) })
    const isShown = (name: string) => async () => {
      await pass(0)
      return screen.queryByRole('button', { name }) !== null
    }
    await untilSo(isShown('Subscribe now, Analytics+'))
    screen.getByRole('button', { name: 'Subscribe now, Analytics+' }).click()
    await untilSo(isShown(confirmName))
    await pass(999)
    expect(dialog()).not.toHaveTextContent('one more minute')
    await pass(1)
    const warning = 'The price is held for one more minute.'
    await untilSo(() => within(dialog()).getByRole('status').textContent === warning)
    await pass(59_999)
    expect(dialogTitle()).toBe('Subscribe to Analytics+')
    await pass(1)
    await untilTitle('The price is no longer held')
    expect(screen.getByRole('button', { name: 'Refresh price' })).toBeVisible()
    await untilSo(() => within(dialog()).getByRole('status').textContent === '')
  })

  test('action needed, where the host has no way to ask: said so, and gone on with by hand', async () => {
    const { backend } = await confirm('action-needed')
    const waiting = await findDialog('Waiting for your bank')
    expect(waiting).not.toHaveTextContent(/another card|update/i)
    await press('Continue')
    await findDialog('Analytics+ is ready')
    expect(backend.count('purchase')).toBe(2)
    expect(backend.purchaseKeys()).toHaveLength(1)
  })

  test('action needed: the dialog makes room for the bank, and comes back with the outcome', async () => {
    const gate = new Gate()
    const asked: { action: PaymentAction; isSignal: boolean }[] = []
    const onPaymentAction = async (action: PaymentAction, { signal }: { signal: AbortSignal }) => {
      asked.push({ action, isSignal: signal instanceof AbortSignal && !signal.aborted })
      await gate.passed()
    }
    const { backend } = await confirm('action-needed', { provider: { onPaymentAction } })
    await whenClosed()
    expect(asked).toEqual([{ action: { type: 'demo-challenge' }, isSignal: true }])
    expect(await findCard()).toHaveTextContent('Waiting for your bank')
    expect(screen.queryByRole('button', { name: 'Subscribe now, Analytics+' })).toBeNull()
    gate.open()
    await findDialog('Analytics+ is ready')
    expect(backend.purchaseKeys()).toHaveLength(1)
    expect(asked).toHaveLength(1)
  })

  test('action needed: what the host shows keeps the focus', async () => {
    const gate = new Gate()
    function Host() {
      const [isAsking, setAsking] = useState(false)
      ask = async () => {
        setAsking(true)
        await gate.passed()
        setAsking(false)
      }
      return (
        <>
          <PlanTab />
          {/* biome-ignore lint/a11y/noAutofocus: that is what a bank's page does */}
          {isAsking && <input aria-label="Code from your bank" autoFocus />}
        </>
      )
    }
    let ask = async () => {}
    await confirm('action-needed', { children: <Host />, provider: { onPaymentAction: () => ask() } })
    await whenClosed()
    const code = await screen.findByRole('textbox', { name: 'Code from your bank' })
    await nextTask()
    expect(code).toHaveFocus()
    await userEvent.keyboard('123456')
    expect(code).toHaveValue('123456')
    gate.open()
    await findDialog('Analytics+ is ready')
  })

  test('action needed: a challenge that was abandoned is asked about, too', async () => {
    const onPaymentAction = () => Promise.reject(new Error('closed'))
    const { backend } = await confirm('action-needed', { provider: { onPaymentAction } })
    await findDialog('Analytics+ is ready')
    expect(backend.purchaseKeys()).toHaveLength(1)
  })

  test('processing: nobody has to do anything, and it becomes done by itself', async () => {
    const { backend, pass } = await confirmInStoppedTime({ nextPurchase: 'processing' })
    await untilTitle('Your purchase is being processed')
    await pass(1000)
    await untilTitle('Your purchase is being processed')
    await pass(2000)
    await untilTitle('Analytics+ is ready')
    expect(backend.count('purchase')).toBe(3)
    expect(backend.purchaseKeys()).toHaveLength(1)
  })

  test('processing for long: asking stops, and goes on when it is asked to', async () => {
    let isStuck = true
    const { backend, pass } = await confirmInStoppedTime({
      nextPurchase: 'processing',
      override: (demo) => ({
        purchase: async (...call) => {
          const answer = await demo.purchase(...call)
          return isStuck ? processing(answer) : answer
        },
      }),
    })
    const again = async () => {
      await pass(1000)
      return screen.queryByRole('button', { name: 'Check again' })
    }
    await expect.poll(again, { timeout: 10_000 }).not.toBeNull()
    const sent = backend.count('purchase')
    await pass(600_000)
    expect(backend.count('purchase')).toBe(sent)
    isStuck = false
    screen.getByRole('button', { name: 'Check again' }).click()
    await pass(0)
    await untilTitle('Analytics+ is ready')
    expect(backend.purchaseKeys()).toHaveLength(1)
  })

  test('an answer that got lost: checked under the same key, charged once, and no word of another card', async () => {
    const store = createMemoryStore()
    const { backend, pass } = await confirmInStoppedTime({ nextPurchase: 'lost-answer', store })
    await untilTitle('Checking your purchase')
    expect(dialog()).not.toHaveTextContent(/another card|payment method|try again|declined/i)
    await pass(1000)
    await untilTitle('Analytics+ is ready')
    expect(backend.count('purchase')).toBe(2)
    expect(backend.purchaseKeys()).toHaveLength(1)
    expect(dialog()).toHaveTextContent('Charged today$60.00')
  })

  test('an answer that nobody understands is an open outcome as well', async () => {
    let isFirst = true
    const { backend, pass } = await confirmInStoppedTime({
      override: (demo) => ({
        purchase: async (...call) => {
          const answer = await demo.purchase(...call)
          if (!isFirst) return answer
          isFirst = false
          return JSON.parse('{"purchase":{"status":"completed"}}')
        },
      }),
    })
    await untilTitle('Checking your purchase')
    await pass(1000)
    await untilTitle('Analytics+ is ready')
    expect(backend.purchaseKeys()).toHaveLength(1)
  })

  test('no answer at all: asking stops, is not taken for a failure, and goes on by hand under the same key', async () => {
    let isDown = true
    const { backend, pass, events } = await confirmInStoppedTime({
      override: (demo) => ({
        purchase: (...call) => (isDown ? Promise.reject(new AddOnError('network')) : demo.purchase(...call)),
      }),
    })
    for (const [index, wait] of [1000, 2000, 3000, 5000, 8000, 13_000].entries()) {
      await pass(wait)
      await untilSo(() => backend.count('purchase') === index + 2)
    }
    await untilTitle('We do not know yet what became of your purchase')
    expect(dialog()).toHaveTextContent('You will not be charged twice.')
    expect(buttonNames(dialog())).toEqual(['Check again', 'Close', 'Close'])
    expect(backend.count('purchase')).toBe(7)
    expect(events.map(({ type }) => type)).toContain('failed')
    isDown = false
    screen.getByRole('button', { name: 'Check again' }).click()
    await pass(0)
    await untilTitle('Analytics+ is ready')
    expect(backend.purchaseKeys()).toHaveLength(1)
  })

  test('bought by somebody else meanwhile: by whom, and that one was not charged', async () => {
    const { backend } = await confirm('bought-by-other')
    const ending = await findDialog('Your account has Analytics+')
    expect(ending).toHaveTextContent('Otto has bought it for your account. Nothing more has been charged.')
    await waitFor(() => expect(backend.count('getPlan')).toBe(2))
    await userEvent.click(within(ending).getAllByRole('button', { name: 'Close' })[0] ?? ending)
    await whenClosed()
    expect(await findCard()).toHaveTextContent('Active')
  })

  test('being bought by somebody else: by whom', async () => {
    await confirm(undefined, { override: purchaseRejects(new AddOnError('purchase-pending', { purchasedBy: 'Otto' })) })
    expect(await findDialog('Analytics+ is being bought')).toHaveTextContent('Otto is buying it for your account.')
  })

  test('another amount was charged: a problem, with both amounts, and told to the host as one', async () => {
    const { events } = await confirm(undefined, {
      override: (demo) => ({
        purchase: async (...call) => {
          const answer = await demo.purchase(...call)
          if (answer.purchase.status !== 'completed') return answer
          return { ...answer, purchase: { ...answer.purchase, charged: { amount: 6100, currency: 'USD' } } }
        },
      }),
    })
    const ending = await findDialog('Another amount was charged')
    expect(ending).toHaveTextContent('You agreed to $60.00.')
    expect(ending).toHaveTextContent('Charged today$61.00')
    expect(ending).toHaveTextContent(/pur_[0-9A-Z]{12}/)
    expect(ending).not.toHaveTextContent('is ready')
    expect(events.map(({ type }) => type)).toEqual(['opened', 'mischarged'])
    await press('Done')
    await whenClosed()
    expect(await findCard()).toHaveTextContent('Active')
  })

  test('no price to be had: said so, and asked for again', async () => {
    let isDown = true
    show({
      override: (demo) => ({
        previewPurchase: (...call) =>
          isDown
            ? Promise.reject(new AddOnError('unavailable', { requestId: 'req_42' }))
            : demo.previewPurchase(...call),
      }),
    })
    await press('Subscribe now, Analytics+')
    const ending = await findDialog('There is no price now')
    expect(within(ending).getByRole('alert')).toHaveTextContent('req_42')
    isDown = false
    await press('Refresh price')
    await findButton(confirmName)
  })

  test('a session that ended before it arrived closes the attempt, and the host is told once', async () => {
    const onAuthRequired = vi.fn()
    const { backend } = await confirm(undefined, {
      provider: { onAuthRequired },
      override: purchaseRejects(new AddOnError('unauthenticated', { status: 401 })),
    })
    const ending = await findDialog('Your purchase did not go through')
    expect(within(ending).getByRole('alert')).toHaveTextContent('Your session has ended.')
    expect(onAuthRequired).toHaveBeenCalledTimes(1)
    expect(backend.count('purchase')).toBe(1)
  })

  test('a session that ends while an outcome is being found out keeps the attempt', async () => {
    const onAuthRequired = vi.fn()
    const { backend, pass } = await confirmInStoppedTime({
      provider: { onAuthRequired },
      override: purchaseRejects(new AddOnError('network'), new AddOnError('unauthenticated', { status: 401 })),
    })
    await untilTitle('Checking your purchase')
    await pass(1000)
    await untilTitle('We do not know yet what became of your purchase')
    expect(onAuthRequired).toHaveBeenCalledTimes(1)
    await pass(600_000)
    expect(backend.count('purchase')).toBe(2)
    screen.getByRole('button', { name: 'Check again' }).click()
    await pass(0)
    await untilTitle('Analytics+ is ready')
    expect(backend.purchaseKeys()).toHaveLength(1)
  })
})

/** Confirms a purchase; from then on the page's clock only goes on when it is told to, while timers run. */
async function confirmWhileNoTimePasses(nextPurchase: NextPurchase) {
  const page = show({ nextPurchase })
  await openPurchase()
  let time = performance.now()
  vi.spyOn(performance, 'now').mockImplementation(() => time)
  await pressConfirm()
  const pass = (milliseconds: number) => {
    time += milliseconds
  }
  return { ...page, pass }
}

/** Confirms a purchase, and stops the time right then. */
async function confirmInStoppedTime(options: Parameters<typeof show>[0]) {
  const page = show(options)
  await openPurchase()
  const button = await findButton(confirmName)
  const pass = stopTime()
  button.click()
  // Attempts take turns by a lock of the browser's, which does not keep to the clock that stands still.
  await untilSo(() => page.backend.count('purchase') > 0)
  await pass(0)
  return { ...page, pass }
}

function processing({ purchase, addOn }: PurchaseAnswer): PurchaseAnswer {
  const { id, addOnId, seats, requestedAt, purchasedBy } = purchase
  return { purchase: { id, addOnId, seats, requestedAt, purchasedBy, status: 'processing' }, addOn }
}
