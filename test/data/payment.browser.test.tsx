import { render, screen, waitFor, within } from '@testing-library/react'
import {
  AddOnCard,
  AddOnError,
  type AddOnEvent,
  AddOnNavItem,
  AddOnProvider,
  type HostCallbacks,
  type PaymentAction,
  PlanTab,
  type PurchaseAnswer,
  PurchaseDialog,
  usePurchase,
} from 'addon-kit'
import { createMemoryStore } from 'addon-kit/demo'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import {
  analytics,
  Backend,
  confirmName,
  dialogTitle,
  findButton,
  findCard,
  findDialog,
  Gate,
  never,
  type Override,
  openPurchase,
  press,
  pressConfirm,
  show,
  stopTime,
  untilTitle,
  whenClosed,
} from '../components/harness.js'
import { keptAttempts, leaveAttempt } from './leaveAttempt.js'

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const card = (id = analytics) => document.querySelector(`article[data-add-on="${id}"]`)

/** A bank that has a question about each purchase, until it has made up its mind. */
function bank() {
  let first: PurchaseAnswer | undefined
  let isAsking = true
  const override: Override = (demo) => ({
    purchase: async (...call) => {
      if (first && isAsking) return first
      const answer = await demo.purchase(...call)
      first ??= answer
      return answer
    },
  })
  const decide = () => {
    isAsking = false
  }
  return { options: { override, nextPurchase: 'action-needed' } as const, decide }
}

/** A purchase that stays pending until the payment goes through, without its buyer. */
function slow(nextPurchase: 'processing' | 'action-needed') {
  let first: PurchaseAnswer | undefined
  let isDone = false
  let goThrough = async () => {}
  const override: Override = (demo) => ({
    purchase: async (...call) => {
      if (first && !isDone) return first
      const answer = await demo.purchase(...call)
      first ??= answer
      goThrough = async () => {
        isDone = true
        // The demo's bank makes up its mind when it has been asked twice.
        await demo.purchase(...call)
        await demo.purchase(...call)
      }
      return answer
    },
  })
  return { options: { override, nextPurchase }, goThrough: () => goThrough() }
}

/** A host that writes down what the bank asks, and leaves the answer to the test. */
function askingHost(answer: () => Promise<void> = never) {
  const asked: { action: PaymentAction; signal: AbortSignal }[] = []
  const onPaymentAction: HostCallbacks['onPaymentAction'] = (action, { signal }) => {
    asked.push({ action, signal })
    return answer()
  }
  return { asked, onPaymentAction }
}

async function confirm(options: Parameters<typeof show>[0]) {
  const page = show(options)
  await openPurchase()
  await pressConfirm()
  return page
}

const failedCallbacks = (events: readonly AddOnEvent[]) => events.filter(({ type }) => type === 'callback-failed')

describe('while the bank has its question on the screen', () => {
  test('a press on the sidebar entry opens no dialog in front of it', async () => {
    const { options } = bank()
    const { asked, onPaymentAction } = askingHost()
    const children = (
      <>
        <AddOnNavItem addOnId={analytics} />
        <PlanTab />
      </>
    )
    await confirm({ ...options, provider: { onPaymentAction }, children })
    await waitFor(() => expect(asked).toHaveLength(1))
    await whenClosed()
    document.querySelector<HTMLElement>('[data-slot="nav-item"]')?.click()
    await waitFor(() => expect(asked).toHaveLength(2))
    await whenClosed()
  })

  test('another bank’s question that ends brings no dialog in front of it', async () => {
    const answers: (() => void)[] = []
    const onPaymentAction = () => new Promise<void>((resolve) => answers.push(resolve))
    const firsts = new Map<string, Promise<PurchaseAnswer>>()
    const backend = new Backend({
      nextPurchase: () => 'action-needed',
      override: (demo) => ({
        purchase: (...call) => {
          const first = firsts.get(call[0].addOnId) ?? demo.purchase(...call)
          firsts.set(call[0].addOnId, first)
          return first
        },
      }),
    })
    await confirm({ backend, provider: { onPaymentAction } })
    await waitFor(() => expect(answers).toHaveLength(1))
    await whenClosed()
    await press('Subscribe now, AI Assist')
    await findDialog('Subscribe to AI Assist')
    await pressConfirm(/^Subscribe for/)
    await waitFor(() => expect(answers).toHaveLength(2))
    await whenClosed()
    answers[0]?.()
    await waitFor(() => expect(backend.count('purchase')).toBe(3))
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  test('the focus is where the purchase is told of, not lost, and what is waited for is read out', async () => {
    const { options } = bank()
    const { asked, onPaymentAction } = askingHost()
    await confirm({ ...options, provider: { onPaymentAction } })
    await waitFor(() => expect(asked).toHaveLength(1))
    await whenClosed()
    await waitFor(() => expect(card()?.contains(document.activeElement)).toBe(true))
    expect(screen.getAllByRole('status').map(({ textContent }) => textContent)).toContain(
      'Waiting for your bank, Analytics+',
    )
  })
})

describe('the signal of onPaymentAction', () => {
  test('aborts when the provider goes, which leaves the purchase to the next one', async () => {
    const { options, decide } = bank()
    const { asked, onPaymentAction } = askingHost()
    const backend = new Backend(options)
    const { unmount } = await confirm({ backend, provider: { onPaymentAction } })
    await waitFor(() => expect(asked).toHaveLength(1))
    expect(asked[0]?.action).toEqual({ type: 'demo-challenge' })
    expect(asked[0]?.signal.aborted).toBe(false)
    unmount()
    await waitFor(() => expect(asked[0]?.signal.aborted).toBe(true))
    expect(backend.count('purchase')).toBe(1)
    expect(Object.keys(keptAttempts())).toHaveLength(1)
    decide()
    show({ backend })
    await findDialog('Analytics+ is ready')
    expect(backend.purchaseKeys()).toHaveLength(1)
  })

  test('aborts when the scope changes, and the purchase is not asked about again', async () => {
    const { options } = bank()
    const { asked, onPaymentAction } = askingHost()
    const backend = new Backend(options)
    const page = (scope: string) => (
      <AddOnProvider adapter={backend} scope={scope} onPaymentAction={onPaymentAction}>
        <PlanTab />
      </AddOnProvider>
    )
    const { rerender } = render(page('larkspur/olive'))
    await openPurchase()
    await pressConfirm()
    await waitFor(() => expect(asked).toHaveLength(1))
    rerender(page('larkspur/otto'))
    await waitFor(() => expect(asked[0]?.signal.aborted).toBe(true))
    await findCard()
    expect(keptAttempts()).toEqual({})
    expect(backend.count('purchase')).toBe(1)
    expect(asked).toHaveLength(1)
  })

  test('aborts when somebody else turns out to be signed in', async () => {
    let viewer = { id: 'usr_olive', name: 'Olive' }
    const { options } = bank()
    const { asked, onPaymentAction } = askingHost()
    const { backend } = await confirm({ ...options, viewer: () => viewer, provider: { onPaymentAction } })
    await waitFor(() => expect(asked).toHaveLength(1))
    viewer = { id: 'usr_otto', name: 'Otto' }
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    await waitFor(() => expect(asked[0]?.signal.aborted).toBe(true))
    await waitFor(() => expect(keptAttempts()).toEqual({}))
    expect(backend.count('purchase')).toBe(1)
  })

  test('aborts when the viewer goes on without it: the same key is sent, and asked anew if the bank still wants it', async () => {
    const { options, decide } = bank()
    const { asked, onPaymentAction } = askingHost()
    const { backend } = await confirm({ ...options, provider: { onPaymentAction } })
    await waitFor(() => expect(asked).toHaveLength(1))
    await whenClosed()
    expect(card()).toHaveTextContent('Waiting for your bank')
    // No dialog in front of the bank's page, which would be dead behind it.
    await press('Continue, Analytics+')
    await waitFor(() => expect(asked).toHaveLength(2))
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false])
    expect(backend.count('purchase')).toBe(2)
    // It never settles, and is no dead end.
    await whenClosed()
    decide()
    await press('Continue, Analytics+')
    await findDialog('Analytics+ is ready')
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, true])
    expect(backend.count('purchase')).toBe(3)
    expect(backend.purchaseKeys()).toHaveLength(1)
  })

  test('aborts when the question has been answered: nothing of it stays on the screen', async () => {
    const { asked, onPaymentAction } = askingHost(() => Promise.resolve())
    await confirm({ nextPurchase: 'action-needed', provider: { onPaymentAction } })
    await findDialog('Analytics+ is ready')
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true])
  })

  test('is not given to a host whose provider went before it could be asked', async () => {
    const { asked, onPaymentAction } = askingHost()
    const { unmount } = show({ nextPurchase: 'action-needed', provider: { onPaymentAction } })
    await openPurchase()
    const pass = stopTime()
    screen.getByRole('button', { name: confirmName }).click()
    // Time must not go on while this waits: the host is asked as soon as it does.
    while (!card()?.textContent?.includes('Waiting for your bank')) await new Promise(requestAnimationFrame)
    unmount()
    await pass(60_000)
    expect(asked).toEqual([])
  })
})

describe('a bank’s question', () => {
  test.each([
    [
      'throws at once',
      () => {
        throw new Error('no bank')
      },
    ],
    ['rejects', () => Promise.reject(new Error('no bank'))],
  ])('that the host %s at is reported, and the purchase asked about under the same key', async (_, onPaymentAction) => {
    const { backend, events } = await confirm({ nextPurchase: 'action-needed', provider: { onPaymentAction } })
    await findDialog('Analytics+ is ready')
    expect(failedCallbacks(events)).toEqual([
      { type: 'callback-failed', callback: 'onPaymentAction', error: new Error('no bank') },
    ])
    expect(backend.count('purchase')).toBe(2)
    expect(backend.purchaseKeys()).toHaveLength(1)
  })

  test('in the body, beside the host’s page, can be seen, pressed and focused: no dialog is there, and nothing inert', async () => {
    const gate = new Gate()
    const onPaymentAction = () => {
      const frame = document.createElement('iframe')
      frame.title = 'Your bank'
      frame.style.cssText = 'position: fixed; inset: 0; width: 100%; height: 100%'
      frame.srcdoc = '<label>Code <input></label><button>Send</button>'
      document.body.append(frame)
      onTestFinished(() => frame.remove())
      return gate.passed().finally(() => frame.remove())
    }
    await confirm({ nextPurchase: 'action-needed', provider: { onPaymentAction } })
    const frame = await screen.findByTitle<HTMLIFrameElement>('Your bank')
    expect(document.querySelector(':modal')).toBeNull()
    await whenClosed()
    expect(document.querySelector('dialog[open], [inert]')).toBeNull()
    expect(frame.closest('[aria-hidden="true"]')).toBeNull()
    await waitFor(() => expect(frame.contentDocument?.querySelector('button')).toBeTruthy())
    const [input, button] = [
      frame.contentDocument?.querySelector('input'),
      frame.contentDocument?.querySelector('button'),
    ]
    expect(document.elementFromPoint(innerWidth / 2, innerHeight / 2)).toBe(frame)
    input?.focus()
    expect(document.activeElement).toBe(frame)
    expect(frame.contentDocument?.activeElement).toBe(input)
    await userEvent.keyboard('123')
    expect(input?.value).toBe('123')
    button?.addEventListener('click', gate.open)
    button?.click()
    await findDialog('Analytics+ is ready')
  })

  test('is put once, then the bank is asked what it has decided, more and more seldom, and not for ever', async () => {
    const { options, decide } = bank()
    const gate = new Gate()
    const { asked, onPaymentAction } = askingHost(gate.passed)
    const { backend } = await confirm({ ...options, provider: { onPaymentAction } })
    await waitFor(() => expect(asked).toHaveLength(1))
    await whenClosed()
    const pass = stopTime()
    gate.open()
    await expect.poll(() => backend.count('purchase'), { timeout: 5000, interval: 0 }).toBe(2)
    await untilTitle('Waiting for your bank')
    for (const [index, wait] of [1000, 2000, 3000, 5000, 8000, 13_000].entries()) {
      await pass(wait)
      await expect.poll(() => backend.count('purchase'), { timeout: 5000, interval: 0 }).toBe(index + 3)
    }
    await pass(600_000)
    expect(backend.count('purchase')).toBe(8)
    expect(dialogTitle()).toBe('Waiting for your bank')
    expect(asked).toHaveLength(1)
    decide()
    screen.getByRole('button', { name: 'Continue' }).click()
    await untilTitle('Analytics+ is ready')
    expect(asked).toHaveLength(1)
    expect(backend.purchaseKeys()).toHaveLength(1)
  })

  test('that the bank decides while it is asked what it has decided ends well by itself', async () => {
    const { options, decide } = bank()
    const { asked, onPaymentAction } = askingHost(() => Promise.resolve())
    const { backend } = await confirm({ ...options, provider: { onPaymentAction } })
    await untilTitle('Waiting for your bank')
    decide()
    await findDialog('Analytics+ is ready')
    expect(asked).toHaveLength(1)
    expect(backend.purchaseKeys()).toHaveLength(1)
  })

  test('that was answered elsewhere is taken down as soon as the plan says so', async () => {
    const { options, goThrough } = slow('action-needed')
    const { asked, onPaymentAction } = askingHost()
    const { backend } = await confirm({ ...options, provider: { onPaymentAction } })
    await waitFor(() => expect(asked).toHaveLength(1))
    // The page knows that it is pending, or there would be no news for it.
    await waitFor(() => expect(card()).toHaveTextContent('Waiting for your bank'))
    await goThrough()
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    await findDialog('Analytics+ is ready')
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true])
    expect(backend.purchaseKeys()).toHaveLength(1)
  })

  test('that ends in a refusal says that nothing was charged, and the next press is a new attempt', async () => {
    let sends = 0
    const { onPaymentAction } = askingHost(() => Promise.resolve())
    const { backend } = await confirm({
      nextPurchase: 'action-needed',
      provider: { onPaymentAction },
      override: (demo) => ({
        purchase: (...call) => {
          sends += 1
          return sends === 2 ? Promise.reject(new AddOnError('payment-declined')) : demo.purchase(...call)
        },
      }),
    })
    expect(await findDialog('Your payment was declined')).toHaveTextContent('Nothing has been charged.')
    expect(keptAttempts()).toEqual({})
    expect(backend.purchaseKeys()).toHaveLength(1)
  })

  test('stays in front when another purchase that was left behind ends meanwhile', async () => {
    function OwnScreen() {
      const { state, canConfirm, refreshPrice, confirm: buy } = usePurchase(analytics)
      return (
        <>
          <output>{canConfirm ? 'confirm' : state.step}</output>
          <button type="button" onClick={state.step === 'review' ? buy : refreshPrice}>
            Buy
          </button>
        </>
      )
    }
    const gate = new Gate()
    let isHeld = false
    const { asked, onPaymentAction } = askingHost()
    const backend = new Backend({
      nextPurchase: 'action-needed',
      override: (demo) => ({
        purchase: async (...call) => {
          if (isHeld && call[0].addOnId === 'ai-assist') await gate.passed()
          return demo.purchase(...call)
        },
      }),
    })
    await leaveAttempt(backend, 'not sent', { addOnId: 'ai-assist' })
    isHeld = true
    show({
      backend,
      provider: { onPaymentAction },
      children: (
        <>
          <OwnScreen />
          <AddOnCard addOnId="ai-assist" />
        </>
      ),
    })
    const says = (step: string) =>
      waitFor(() => expect(document.querySelector('output')).toHaveTextContent(step), { timeout: 3000 })
    await waitFor(() => expect(card('ai-assist')).toHaveTextContent('Checking your purchase'))
    await press('Buy')
    await says('confirm')
    await press('Buy')
    await waitFor(() => expect(asked).toHaveLength(1))
    gate.open()
    await waitFor(() => expect(card('ai-assist')).toHaveAttribute('data-status', 'active'))
    await waitFor(() => expect(document.querySelector('[data-slot="live-region"]')).toHaveTextContent(/AI Assist$/))
    expect(dialogTitle()).toBeNull()
    expect(asked[0]?.signal.aborted).toBe(false)
  })

  test('tells a second Owner, by itself, who is buying, and since when; nobody else can buy', async () => {
    const store = createMemoryStore()
    const { options } = bank()
    const { asked, onPaymentAction } = askingHost()
    const other = new Backend({ store, viewer: { id: 'usr_otto', name: 'Otto' } })
    const second = render(
      <AddOnProvider adapter={other}>
        <AddOnCard addOnId={analytics} />
      </AddOnProvider>,
    )
    await findButton('Subscribe now, Analytics+')
    const olive = show({ ...options, store, provider: { onPaymentAction } })
    const opener = await within(olive.container).findByRole('button', { name: 'Subscribe now, Analytics+' })
    opener.click()
    await pressConfirm()
    await waitFor(() => expect(asked).toHaveLength(1))
    await waitFor(() => expect(second.container).toHaveTextContent(/Olive is buying this, since Nov 23, 2026/))
    expect(second.container.querySelector('[data-action="subscribe"]')).toBeNull()
    expect(other.count('getPlan')).toBe(2)
    expect(olive.container).toHaveTextContent('Waiting for your bank')
    await expect(other.previewPurchase({ accountId: 'acc_larkspur', addOnId: analytics })).rejects.toMatchObject({
      code: 'purchase-pending',
      purchasedBy: 'Olive',
    })
  })
})

describe('a purchase that is processed', () => {
  test('is waited for a while, then there are plain words and a way to ask, and nothing turns for ever', async () => {
    const { backend } = show(slow('processing').options)
    await openPurchase()
    const pass = stopTime()
    screen.getByRole('button', { name: confirmName }).click()
    await untilTitle('Your purchase is being processed')
    const spinner = () => document.querySelector('dialog [data-slot="spinner"]')
    expect(spinner()).not.toBeNull()
    for (const wait of [1000, 2000, 3000, 5000, 8000, 13_000]) await pass(wait)
    await expect.poll(() => screen.queryByRole('button', { name: 'Check again' }), { timeout: 5000 }).not.toBeNull()
    expect(spinner()).toBeNull()
    expect(screen.getByRole('dialog')).not.toHaveTextContent(/another card|failed/i)
    expect(backend.count('purchase')).toBe(7)
    await pass(3_600_000)
    expect(backend.count('purchase')).toBe(7)
    expect(Object.keys(keptAttempts())).toHaveLength(1)
    screen.getByRole('button', { name: 'Check again' }).click()
    await expect.poll(() => backend.count('purchase'), { timeout: 5000 }).toBe(8)
    expect(backend.purchaseKeys()).toHaveLength(1)
  })

  test('is told when the plan says that it went through', async () => {
    const { options, goThrough } = slow('processing')
    const { backend } = show(options)
    await openPurchase()
    const pass = stopTime()
    screen.getByRole('button', { name: confirmName }).click()
    await untilTitle('Your purchase is being processed')
    for (const wait of [1000, 2000, 3000, 5000, 8000, 13_000]) await pass(wait)
    await expect.poll(() => screen.queryByRole('button', { name: 'Check again' }), { timeout: 5000 }).not.toBeNull()
    await goThrough()
    const before = backend.count('purchase')
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    await untilTitle('Analytics+ is ready')
    expect(backend.count('purchase')).toBe(before + 1)
    expect(backend.purchaseKeys()).toHaveLength(1)
    expect(keptAttempts()).toEqual({})
  })
})

test.each([
  ['the card’s', false],
  ['the host’s own', true],
])('a payment page that the host never comes back from is no dead end (%s dialog)', async (_, isOwn) => {
  const onUpdatePaymentMethod = vi.fn(never)
  const backend = new Backend({ nextPurchase: 'declined' })
  const page = (open: boolean) => (
    <AddOnProvider adapter={backend} onUpdatePaymentMethod={onUpdatePaymentMethod}>
      {isOwn ? <PurchaseDialog addOnId={analytics} action="subscribe" open={open} /> : <PlanTab />}
    </AddOnProvider>
  )
  const { rerender } = render(page(true))
  if (!isOwn) await press('Subscribe now, Analytics+')
  await pressConfirm()
  await findDialog('Your payment was declined')
  await press('Update payment method')
  await waitFor(() => expect(onUpdatePaymentMethod).toHaveBeenCalledOnce())
  await whenClosed()
  if (isOwn) {
    rerender(page(false))
    rerender(page(true))
  } else await press('Continue, Analytics+')
  await press('Update payment method')
  await whenClosed()
  await waitFor(() => expect(onUpdatePaymentMethod).toHaveBeenCalledTimes(2))
})
