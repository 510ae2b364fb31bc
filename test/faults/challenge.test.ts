import { expect, test } from 'vitest'
import { markRestored } from './markRestored.js'
import { connectBrowser, Stage } from './Stage.js'
import type { Tab } from './Tab.js'

connectBrowser()

const price = { amount: 11_250, currency: 'USD' }

/** A stage on which the bank has a question before it pays. */
async function stageWithBank(): Promise<Stage> {
  const stage = await Stage.set()
  stage.host.backend.billing.mood = 'action-needed'
  return stage
}

/** One of the answers the bank's question can be given, in the frame over the page. */
function answerIn({ page }: Tab, name: 'Approve' | 'Refuse' | 'Not now') {
  return page.frameLocator('iframe[title="Your bank"]').getByRole('button', { name })
}

/** Whatever was sent of the purchase was sent under one key, with one body; and it was sent again. */
function expectOneKey({ host }: Stage): void {
  const [first, ...repeats] = host.sent('purchase')
  expect(repeats.length).toBeGreaterThan(0)
  expect(repeats).toEqual(repeats.map(() => first))
}

test('the bank’s question in a frame over the page can be seen, reached with the keyboard and answered', async () => {
  const stage = await stageWithBank()
  const tab = await stage.open('olive')
  await tab.buy()
  await answerIn(tab, 'Approve').waitFor()
  expect(await tab.dialog.count()).toBe(0)
  await tab.note('Waiting for your bank').waitFor()
  await tab.card.getByRole('button', { name: 'Continue, Analytics+' }).waitFor()

  const hasFocus = () => answerIn(tab, 'Approve').evaluate((button) => button === document.activeElement)
  for (let stops = 0; stops < 40 && !(await hasFocus()); stops += 1) await tab.page.keyboard.press('Tab')
  expect(await hasFocus()).toBe(true)
  await tab.page.keyboard.press('Enter')
  await tab.dialogNamed('Analytics+ is ready').waitFor()
  expect(await tab.page.locator('iframe').count()).toBe(0)
  await tab.button('Done').click()
  await tab.note('Active').waitFor()
  expectOneKey(stage)
  stage.host.backend.expectOneCharge(price)
})

test('a question answered with no is a declined payment: the cards of all tabs offer it again, and a click is a new purchase', async () => {
  const stage = await stageWithBank()
  const { host } = stage
  const tab = await stage.open('olive')
  const other = await stage.open(tab.page.context())
  await tab.page.bringToFront()
  await tab.buy()
  await answerIn(tab, 'Refuse').waitFor()
  await other.note('Waiting for your bank').waitFor()
  await answerIn(tab, 'Refuse').click()
  await tab.dialogNamed('Your payment was declined').waitFor()
  expectOneKey(stage)
  expect(host.backend.billing.payments).toEqual([])
  await tab.button('Close').last().click()
  await tab.subscribe.waitFor()
  expect(await tab.note('Waiting for your bank').count()).toBe(0)
  await other.subscribe.waitFor()
  expect(await tab.attempts()).toEqual({})

  host.backend.billing.mood = 'paid'
  await tab.buy()
  await tab.dialogNamed('Analytics+ is ready').waitFor()
  expect(new Set(host.sent('purchase').map(({ key }) => key)).size).toBe(2)
  host.backend.expectOneCharge(price)
})

test('a question that was left waits on the card; Continue asks it again', async () => {
  const stage = await stageWithBank()
  const tab = await stage.open('olive')
  await tab.buy()
  await answerIn(tab, 'Not now').click()
  await tab.dialogNamed('Waiting for your bank').waitFor()
  await tab.button('Close').last().click()
  await tab.note('Waiting for your bank').waitFor()
  expect(await tab.subscribe.count()).toBe(0)
  expect(await tab.page.locator('iframe').count()).toBe(0)

  await tab.card.getByRole('button', { name: 'Continue, Analytics+' }).click()
  await answerIn(tab, 'Approve').click()
  await tab.dialogNamed('Analytics+ is ready').waitFor()
  expectOneKey(stage)
  stage.host.backend.expectOneCharge(price)
})

test('Continue while the question is on screen takes it down and asks anew: one frame, one charge', async () => {
  const stage = await stageWithBank()
  const tab = await stage.open('olive')
  await tab.buy()
  await answerIn(tab, 'Approve').waitFor()
  const first = await tab.page.locator('iframe').elementHandle()
  await tab.card.getByRole('button', { name: 'Continue, Analytics+' }).click()
  await expect.poll(() => first?.evaluate((frame) => frame.isConnected)).toBe(false)
  await answerIn(tab, 'Approve').waitFor()
  expect(await tab.page.locator('iframe').count()).toBe(1)
  expect(await tab.dialog.count()).toBe(0)
  await answerIn(tab, 'Approve').click()
  await tab.dialogNamed('Analytics+ is ready').waitFor()
  stage.host.backend.expectOneCharge(price)
})

test('a host without a way to ask shows that the bank is waited for; what the bank decides elsewhere is found out', async () => {
  const stage = await stageWithBank()
  const { backend } = stage.host
  const tab = await stage.open('olive', { payment: 'none' })
  await tab.buy()
  await tab.dialogNamed('Waiting for your bank').waitFor()
  await stage.bank.approve()
  await tab.button('Continue').click()
  await tab.dialogNamed('Analytics+ is ready').waitFor()
  expectOneKey(stage)
  backend.expectOneCharge(price)
})

test.each([
  ['Approve', 'Analytics+ is ready', 1],
  ['Refuse', 'Your payment was declined', 0],
] as const)(
  'leaving for the bank’s own site, where “%s” is pressed, comes back to “%s”',
  async (answer, ending, charges) => {
    const stage = await stageWithBank()
    const { host, bank } = stage
    const tab = await stage.open('olive', { payment: 'leave' })
    await tab.buy()
    await tab.page.waitForURL(`${bank.origin}/**`)
    await tab.page.getByRole('button', { name: answer }).click()
    await tab.page.waitForURL(`${host.origin}/**`)
    await tab.dialogNamed(ending).waitFor()
    expectOneKey(stage)
    expect(host.backend.billing.payments).toHaveLength(charges)

    await tab.page.reload()
    await (charges > 0 ? tab.note('Active') : tab.subscribe).waitFor()
    expect(await tab.attempts()).toEqual({})
    expect(await tab.dialog.count()).toBe(0)
    expectOneKey(stage)
  },
)

test('leaving for the bank’s own site and coming back without an answer waits on the card, and nothing leaves by itself', async () => {
  const stage = await stageWithBank()
  const { host, bank } = stage
  const tab = await stage.open('olive', { payment: 'leave' })
  await tab.buy()
  await tab.page.waitForURL(`${bank.origin}/**`)
  await tab.page.getByRole('button', { name: 'Not now' }).click()
  await tab.page.waitForURL(`${host.origin}/**`)
  await tab.note('Waiting for your bank').waitFor()
  await expect.poll(() => host.sent('purchase')).toHaveLength(2)
  expect(await tab.subscribe.count()).toBe(0)

  await tab.card.getByRole('button', { name: 'Continue, Analytics+' }).click()
  await tab.page.waitForURL(`${bank.origin}/**`)
  await tab.page.getByRole('button', { name: 'Approve' }).click()
  await tab.page.waitForURL(`${host.origin}/**`)
  await tab.dialogNamed('Analytics+ is ready').waitFor()
  expectOneKey(stage)
  host.backend.expectOneCharge(price)
})

test('the back button, instead of an answer, brings back a page that waits for the bank and can go on', async () => {
  const stage = await stageWithBank()
  const { host, bank } = stage
  const context = await stage.browserOf('olive')
  await context.addInitScript(markRestored)
  const tab = await stage.open(context, { payment: 'leave' })
  await tab.buy()
  await tab.page.waitForURL(`${bank.origin}/**`)
  // Once this is answered: what navigates at once takes its own answer away.
  await tab.page.evaluate(() => void setTimeout(() => history.back()))
  await expect.poll(() => tab.page.locator('html').getAttribute('data-shown')).toBe('restored')
  await tab.note('Waiting for your bank').waitFor()
  expect(await tab.subscribe.count()).toBe(0)
  expect(host.sent('purchase')).toHaveLength(1)

  await tab.card.getByRole('button', { name: 'Continue, Analytics+' }).click()
  await tab.page.waitForURL(`${bank.origin}/**`)
  await tab.page.getByRole('button', { name: 'Approve' }).click()
  await tab.page.waitForURL(`${host.origin}/**`)
  await tab.dialogNamed('Analytics+ is ready').waitFor()

  // Where the first question was left, too.
  await tab.page.evaluate(() => void setTimeout(() => history.go(-2)))
  await tab.note('Active').waitFor()
  expect(await tab.note('Waiting for your bank').count()).toBe(0)
  expectOneKey(stage)
  host.backend.expectOneCharge(price)
})

test('a purchase whose question is open goes on in a browser with empty storage, under the same key', async () => {
  const stage = await stageWithBank()
  const { host } = stage
  const tab = await stage.open('olive')
  await tab.buy()
  await answerIn(tab, 'Approve').waitFor()
  await tab.page.context().close()

  const other = await stage.open('olive')
  await other.note('Waiting for your bank').waitFor()
  expect(await other.attempts()).toEqual({})
  expect(host.sent('purchase')).toHaveLength(1)
  await other.card.getByRole('button', { name: 'Continue, Analytics+' }).click()
  await expect
    .poll(async () => {
      const again = other.button('Continue')
      if (await again.isVisible()) await again.click()
      return answerIn(other, 'Approve').count()
    })
    .toBe(1)
  await answerIn(other, 'Approve').click()
  await other.dialogNamed('Analytics+ is ready').waitFor()
  expectOneKey(stage)
  host.backend.expectOneCharge(price)
})

test('what the bank decided while nobody looked stands in the plan of a browser with empty storage', async () => {
  const stage = await stageWithBank()
  const { host } = stage
  const tab = await stage.open('olive')
  await tab.buy()
  await answerIn(tab, 'Approve').waitFor()
  await tab.page.context().close()
  await stage.bank.approve()
  const other = await stage.open('olive')
  await other.note('Active').waitFor()
  expect(await other.dialog.count()).toBe(0)
  expect(host.sent('purchase')).toHaveLength(1)
  host.backend.expectOneCharge(price)
})

test('a purchase that stays pending is asked about for a while, then says so in plain words and waits for “Check again”', async () => {
  const stage = await Stage.set()
  const { host } = stage
  const { billing } = host.backend
  billing.mood = 'processing'
  const context = await stage.browserOf('olive')
  await context.clock.install()
  const tab = await stage.open(context)
  await tab.review()
  await tab.page.clock.pauseAt(Date.now() + 60_000)
  await tab.confirm.click()
  await tab.dialogNamed('Your purchase is being processed').waitFor()
  expect(await tab.button('Check again').count()).toBe(0)
  for (let sends = 2; sends <= 7; sends += 1) {
    const nextSecond = async () => {
      if (host.sent('purchase').length < sends) await tab.page.clock.runFor(1000)
      return host.sent('purchase').length
    }
    await expect.poll(nextSecond, { interval: 20, timeout: 15_000 }).toBe(sends)
  }
  await expect
    .poll(
      async () => {
        await tab.page.clock.runFor(1000)
        return tab.button('Check again').count()
      },
      { timeout: 15_000 },
    )
    .toBe(1)
  await tab.button('Check again').waitFor()
  await tab.page.clock.runFor(60_000)
  expect(host.sent('purchase')).toHaveLength(7)

  await stage.bank.approve()
  await tab.button('Check again').click()
  await tab.dialogNamed('Analytics+ is ready').waitFor()
  expectOneKey(stage)
  host.backend.expectOneCharge(price)
})
