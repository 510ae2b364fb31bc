import { expect, test } from 'vitest'
import { type Fault, Gate, neverAnswer } from './fault.js'
import { connectBrowser, Stage } from './Stage.js'

connectBrowser()

const price = { amount: 11_250, currency: 'USD' }

test('what is bought in one tab shows in the other one by itself', async () => {
  const stage = await Stage.set()
  const first = await stage.open('olive')
  const second = await stage.open(first.page.context())
  await second.subscribe.waitFor()
  await first.page.bringToFront()
  await first.buy()
  await first.dialogNamed('Analytics+ is ready').waitFor()
  await second.note('Active').waitFor()
  expect(await second.subscribe.count()).toBe(0)
  expect(await second.dialog.count()).toBe(0)
  expect(stage.host.sent('purchase')).toHaveLength(1)
})

test('a trial that begins in one tab shows in the other one by itself', async () => {
  const stage = await Stage.set()
  const first = await stage.open('olive')
  const second = await stage.open(first.page.context())
  await second.subscribe.waitFor()
  await first.page.bringToFront()
  await first.card.getByRole('button', { name: 'Try it for free, Analytics+' }).click()
  await first.button('Start free trial').click()
  await first.dialogNamed('Your free trial of Analytics+ has begun').waitFor()
  await second.note('30 days left').waitFor()
})

test('a purchase confirmed in both tabs of one person is one purchase: the second waits for what becomes of the first', async () => {
  const stage = await Stage.set()
  const { host } = stage
  const release = host.backend.billing.hold()
  const first = await stage.open('olive')
  const second = await stage.open(first.page.context())
  await second.review()
  await first.page.bringToFront()
  await first.buy()
  await expect.poll(() => host.backend.billing.count('charge')).toBe(1)
  await second.page.bringToFront()
  await second.confirm.click()
  await second.dialogNamed('We do not know yet what became of your purchase').waitFor()
  release()
  await first.dialogNamed('Analytics+ is ready').waitFor()
  await second.note('Active').waitFor()
  expect(new Set(host.sent('purchase').map(({ key }) => key)).size).toBe(1)
  host.backend.expectOneCharge(price)
})

test('a tab that is opened while another one’s purchase runs leaves the sending to it', async () => {
  const stage = await Stage.set()
  const { host } = stage
  const release = host.backend.billing.hold()
  const first = await stage.open('olive')
  await first.buy()
  await expect.poll(() => host.backend.billing.count('charge')).toBe(1)
  const second = await stage.open(first.page.context())
  await second.note('Checking your purchase').waitFor()
  expect(await second.subscribe.count()).toBe(0)
  release()
  await first.dialogNamed('Analytics+ is ready').waitFor()
  await second.note('Active').waitFor()
  expect(await second.attempts()).toEqual({})
  expect(host.sent('purchase')).toHaveLength(1)
  host.backend.expectOneCharge(price)
})

const moments: Record<string, () => Fault> = {
  'before the server has its purchase': () => neverAnswer,
  'after its charge': () => new Gate().holdAnswer,
}

test.each(Object.keys(moments))('closing the tab %s lets the other one find out, with the same key', async (moment) => {
  const stage = await Stage.set()
  const { host } = stage
  const fault = moments[moment]?.() ?? neverAnswer
  host.next('purchase', fault)
  const first = await stage.open('olive')
  await first.buy()
  await expect.poll(() => host.sent('purchase')).toHaveLength(1)
  if (fault !== neverAnswer) await expect.poll(() => host.backend.billing.payments).toHaveLength(1)
  const second = await stage.open(first.page.context())
  await second.note('Checking your purchase').waitFor()
  expect(host.sent('purchase')).toHaveLength(1)

  await first.page.close()
  await second.dialogNamed('Analytics+ is ready').waitFor()
  const [sent, ...repeats] = host.sent('purchase')
  expect(repeats).toEqual([sent])
  host.backend.expectOneCharge(price)
  expect(await second.attempts()).toEqual({})
})
