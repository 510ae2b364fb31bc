import { virtual } from '@guidepup/virtual-screen-reader'
import { screen, waitFor } from '@testing-library/react'
import { AddOnError, PlanTab, RequestFeatureButton } from 'addon-kit'
import { afterEach, expect, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import { confirmName, findConfirm, Gate, show, whenClosed } from '../components/harness.js'
import { findStep, tabTo } from './keys.js'
import { Listener } from './Listener.js'
import 'addon-kit/styles.css'

afterEach(() => virtual.stop())

const enter = () => userEvent.keyboard('{Enter}')

/** Presses the dialog's last button, after which the page is back. */
async function done(listener: Listener, back: () => Promise<HTMLElement>) {
  await tabTo('button', 'Done')
  await listener.hear('Enter on “Done”', async () => {
    await enter()
    await whenClosed()
    const place = await back()
    await waitFor(() => expect(place).toHaveFocus())
  })
}

const transcript = (name: string) => `./transcripts/${name}.txt`

test('purchase', async () => {
  show({ children: <PlanTab /> })
  await tabTo('button', 'Subscribe now, Analytics+')
  const listener = await Listener.start()
  await listener.hear('Enter on “Subscribe now”', async () => {
    await enter()
    await findStep('Subscribe to Analytics+')
    await findConfirm()
  })
  await listener.readOn()
  await listener.hear('Tab to the price', () => tabTo('button', confirmName))
  await listener.hear('Enter', async () => {
    await enter()
    await findStep('Analytics+ is ready')
  })
  await listener.readOn()
  await done(listener, () => screen.findByRole('link', { name: 'Open, Analytics+' }))
  await expect(listener.transcript).toMatchFileSnapshot(transcript('purchase'))
})

test('purchase that is closed meanwhile', async () => {
  const gate = new Gate()
  show({
    children: <PlanTab />,
    override: (demo) => ({ purchase: async (...call) => gate.passed().then(() => demo.purchase(...call)) }),
  })
  await tabTo('button', 'Subscribe now, Analytics+')
  await enter()
  await findStep('Subscribe to Analytics+')
  await findConfirm()
  await tabTo('button', confirmName)
  const listener = await Listener.start()
  await listener.hear('Enter on the price, then Escape', async () => {
    await enter()
    await findStep('Subscribing to Analytics+')
    await userEvent.keyboard('{Escape}')
    await whenClosed()
  })
  await listener.hear('(some seconds later)', async () => {
    gate.open()
    await screen.findByRole('link', { name: 'Open, Analytics+' })
    await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent('Active, Analytics+'))
  })
  await expect(listener.transcript).toMatchFileSnapshot(transcript('purchase-closed'))
})

test('failure', async () => {
  show({ children: <PlanTab />, nextPurchase: 'declined' })
  await tabTo('button', 'Subscribe now, Analytics+')
  await enter()
  await findStep('Subscribe to Analytics+')
  await findConfirm()
  await tabTo('button', confirmName)
  const listener = await Listener.start()
  await listener.hear('Enter on the price', async () => {
    await enter()
    await findStep('Your payment was declined')
  })
  await listener.readOn()
  await expect(listener.transcript).toMatchFileSnapshot(transcript('declined'))
})

test('a price that is not to be had', async () => {
  show({
    children: <PlanTab />,
    override: () => ({
      previewPurchase: () => Promise.reject(new AddOnError('unavailable', { requestId: 'req_7Q2M9XK4' })),
    }),
  })
  await tabTo('button', 'Subscribe now, Analytics+')
  const listener = await Listener.start()
  await listener.hear('Enter on “Subscribe now”', async () => {
    await enter()
    await findStep('There is no price now')
  })
  await listener.readOn()
  await expect(listener.transcript).toMatchFileSnapshot(transcript('unpriced'))
})

test('trial', async () => {
  show({ children: <PlanTab /> })
  await tabTo('button', 'Try it for free, Analytics+')
  const listener = await Listener.start()
  await listener.hear('Enter on “Try it for free”', async () => {
    await enter()
    await findStep('Try Analytics+ for free')
  })
  await listener.readOn()
  await tabTo('button', 'Start free trial')
  await listener.hear('Enter on “Start free trial”', async () => {
    await enter()
    await findStep('Your free trial of Analytics+ has begun')
  })
  await listener.readOn()
  await done(listener, () => screen.findByRole('button', { name: 'Subscribe now, Analytics+' }))
  await expect(listener.transcript).toMatchFileSnapshot(transcript('trial'))
})

test('quote', async () => {
  show({ children: <PlanTab /> })
  await tabTo('button', 'Request a quote, AI Voice Agent')
  const listener = await Listener.start()
  await listener.hear('Enter on “Request a quote”', async () => {
    await enter()
    await findStep('Request a quote for AI Voice Agent')
  })
  await listener.readOn()
  await tabTo('button', 'Request a quote')
  await listener.hear('Enter on “Request a quote”', async () => {
    await enter()
    await findStep('Your quote request has been sent')
  })
  await listener.readOn()
  await done(listener, () => screen.findByRole('heading', { name: 'AI Voice Agent' }))
  await expect(listener.transcript).toMatchFileSnapshot(transcript('quote'))
})

test('request', async () => {
  show({ children: <RequestFeatureButton addOnId="analytics-plus" withNote />, role: 'supervisor' })
  await screen.findByRole('button', { name: 'Request feature, Analytics+' })
  const listener = await Listener.start()
  await listener.readOn()
  await tabTo('button', 'Request feature, Analytics+')
  await listener.hear('Enter on “Request feature”', async () => {
    await enter()
    await waitFor(() => expect(document.activeElement).toHaveTextContent(/^It went to /))
  })
  await expect(listener.transcript).toMatchFileSnapshot(transcript('request'))
})

test('request that failed', async () => {
  show({
    children: <RequestFeatureButton addOnId="analytics-plus" />,
    role: 'supervisor',
    override: () => ({ requestFeature: () => Promise.reject(new AddOnError('unavailable')) }),
  })
  await tabTo('button', 'Request feature, Analytics+')
  const listener = await Listener.start()
  await listener.hear('Enter on “Request feature”', async () => {
    await enter()
    await screen.findByRole('alert')
  })
  // It leaves out what browsers say by themselves: an alert that comes into the page.
  await listener.readOn()
  await expect(listener.transcript).toMatchFileSnapshot(transcript('request-failed'))
})
