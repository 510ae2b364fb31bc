import { expect, test } from 'vitest'
import { Gate, loseAnswer, loseRequest, neverAnswer, refuse } from './fault.js'
import { connectBrowser, Stage } from './Stage.js'

connectBrowser()

const price = { amount: 11_250, currency: 'USD' }

test.each([
  ['a request that is lost before the server', loseRequest],
  ['an answer that is lost after the charge', loseAnswer],
])('%s is checked with the same key and body: one charge', async (_, fault) => {
  const stage = await Stage.set()
  const { host } = stage
  const gate = new Gate()
  host.next('purchase', fault, gate.holdRequest)
  const tab = await stage.open('olive')
  await tab.buy()
  await tab.dialogNamed('Checking your purchase').waitFor()
  await tab.button('Close').last().click()
  await tab.note('Checking your purchase').waitFor()
  await tab.card.getByRole('button', { name: 'Continue, Analytics+' }).click()
  gate.open()
  await tab.dialogNamed('Analytics+ is ready').waitFor()
  const [first, ...repeats] = host.sent('purchase')
  expect(repeats).toEqual([first])
  host.backend.expectOneCharge(price)
})

test.each([
  ['never had the purchase', neverAnswer],
  ['has charged', new Gate().holdAnswer],
])('a server that %s and never answers is not waited for: the same key again, one charge', async (_, fault) => {
  const stage = await Stage.set()
  const { host } = stage
  const gate = new Gate()
  host.next('purchase', fault, gate.holdRequest)
  const context = await stage.browserOf('olive')
  await context.clock.install()
  const tab = await stage.open(context)
  await tab.buy()
  await expect.poll(() => host.sent('purchase')).toHaveLength(1)
  await tab.page.clock.runFor(30_000)
  await tab.dialogNamed('Checking your purchase').waitFor()
  await tab.page.clock.runFor(1000)
  gate.open()
  await tab.dialogNamed('Analytics+ is ready').waitFor()
  const [first, ...repeats] = host.sent('purchase')
  expect(repeats).toEqual([first])
  host.backend.expectOneCharge(price)
})

test('503 with Retry-After is waited for, as long as it says, before the same key is sent again', async () => {
  const stage = await Stage.set()
  const { host } = stage
  host.next('purchase', refuse(503, 'unavailable', { 'Retry-After': '8' }))
  const context = await stage.browserOf('olive')
  await context.clock.install()
  const tab = await stage.open(context)
  await tab.review()
  await tab.page.clock.pauseAt(Date.now() + 60_000)
  await tab.confirm.click()
  await tab.dialogNamed('Checking your purchase').waitFor()
  await tab.page.clock.runFor(7900)
  // What the page had sent by now would have arrived before this.
  await tab.page.evaluate(() => fetch('/api/add-ons/plan').then((answer) => answer.text()))
  expect(host.sent('purchase')).toHaveLength(1)
  await tab.page.clock.runFor(100)
  await tab.dialogNamed('Analytics+ is ready').waitFor()
  const [first, ...repeats] = host.sent('purchase')
  expect(repeats).toEqual([first])
  host.backend.expectOneCharge(price)
})

test('a plan that cannot be had says so, and comes when it is asked for by hand', async () => {
  const stage = await Stage.set()
  const busy = refuse(503, 'unavailable', { 'Retry-After': '1' })
  stage.host.next('getPlan', busy, busy, busy)
  const context = await stage.browserOf('olive')
  await context.clock.install()
  const tab = await stage.open(context)
  for (const reads of [1, 2]) {
    await expect.poll(() => stage.host.sent('getPlan').length).toBeGreaterThanOrEqual(reads)
    await tab.page.clock.runFor(1000)
  }
  await tab.page.getByRole('heading', { name: 'Your plan could not be loaded' }).waitFor()
  await tab.page.getByRole('main').getByRole('button', { name: 'Try again' }).click()
  await tab.subscribe.waitFor()
})

test('a confirm click without a connection fails at once and clearly, and nothing fires when it is back', async () => {
  const stage = await Stage.set()
  const { host } = stage
  const context = await stage.browserOf('olive')
  const tab = await stage.open(context)
  await tab.review()
  await context.setOffline(true)
  await tab.confirm.click()
  await tab.dialogNamed('Your purchase did not go through').waitFor()
  await tab.dialog.getByText('You are offline. Check your connection and try again.').waitFor()
  await tab.dialog.getByText('Nothing has been charged.').waitFor()
  expect(await tab.attempts()).toEqual({})

  await context.setOffline(false)
  await tab.button('Try again').click()
  await tab.confirm.waitFor()
  expect(host.sent('purchase')).toEqual([])
  expect(host.backend.billing.calls).toEqual([])
})

test('a first click without a connection, before the dialog’s code is there, says so, and the next one works', async () => {
  const stage = await Stage.set()
  const context = await stage.browserOf('olive')
  const tab = await stage.open(context)
  await tab.subscribe.waitFor()
  await context.setOffline(true)
  await tab.subscribe.click()
  await tab.page.getByRole('alert').getByText('Check your connection').waitFor()
  await context.setOffline(false)
  await tab.review()
  expect(stage.host.sent('purchase')).toEqual([])
})

test('on a slow network it is said what is waited for, and impatient clicks buy once', async () => {
  const stage = await Stage.set()
  const { host } = stage
  const waits = { plan: new Gate(), price: new Gate(), purchase: new Gate() }
  host.next('getPlan', waits.plan.holdAnswer)
  host.next('previewPurchase', waits.price.holdAnswer)
  host.next('purchase', waits.purchase.holdAnswer)
  const context = await stage.browserOf('olive')
  const page = await context.newPage()
  const network = await context.newCDPSession(page)
  await network.send('Network.enable')
  const slow = { offline: false, latency: 300, downloadThroughput: 200_000, uploadThroughput: 50_000 }
  await network.send('Network.emulateNetworkConditions', slow)
  const tab = await stage.visit(page)

  await page.getByRole('region', { name: 'Current plan' }).and(page.locator('[aria-busy=true]')).waitFor()
  waits.plan.open()
  await tab.subscribe.click()
  await tab.dialogNamed('Subscribe to Analytics+').getByText('Getting your price').waitFor()
  expect(await tab.confirm.count()).toBe(0)
  waits.price.open()
  await tab.confirm.dblclick()
  await tab.confirm.and(page.locator('[aria-disabled=true]')).waitFor()
  await tab.confirm.click({ force: true })
  waits.purchase.open()
  await tab.dialogNamed('Analytics+ is ready').waitFor()
  expect(host.sent('previewPurchase')).toHaveLength(1)
  expect(host.sent('purchase')).toHaveLength(1)
  host.backend.expectOneCharge(price)
})
