import { expect, test } from 'vitest'
import { Gate } from './fault.js'
import { connectBrowser, Stage } from './Stage.js'

connectBrowser()

const price = { amount: 11_250, currency: 'USD' }

test('two Owners who confirm at once are charged once, and the other one is told who it was', async () => {
  const stage = await Stage.set()
  const { host } = stage
  const gate = new Gate()
  host.next('purchase', gate.holdRequest, gate.holdRequest)
  const [olive, otto] = await Promise.all([stage.open('olive'), stage.open('otto')])
  await Promise.all([olive.review(), otto.review()])
  await Promise.all([olive.confirm.click(), otto.confirm.click()])
  await expect.poll(() => host.sent('purchase')).toHaveLength(2)
  gate.open()

  await expect.poll(async () => (await host.backend.record()).sale?.by).toBeTruthy()
  const winner = (await host.backend.record()).sale?.by
  const [first, second] = winner === 'Olive' ? [olive, otto] : [otto, olive]
  await first.dialogNamed('Analytics+ is ready').waitFor()
  await second.dialogNamed(/^Analytics\+ is being bought|^Your account has Analytics\+/).waitFor()
  await second.dialog.getByText(new RegExp(`^${winner} (has bought|is buying) it for your account`)).waitFor()
  await second.dialog.getByText('Nothing more has been charged.').waitFor()
  host.backend.expectOneCharge(price)
})

test('an Owner whose confirm comes while another one’s payment runs is told who is buying, and then who has bought', async () => {
  const stage = await Stage.set()
  const { host } = stage
  const release = host.backend.billing.hold()
  const [olive, otto] = await Promise.all([stage.open('olive'), stage.open('otto')])
  await Promise.all([olive.review(), otto.review()])
  await olive.confirm.click()
  await expect.poll(() => host.backend.billing.count('charge')).toBe(1)
  await otto.confirm.click()
  await otto.dialogNamed('Analytics+ is being bought').getByText('Olive is buying it for your account.').waitFor()
  await otto.button('Close').last().click()
  await otto.note(/^Olive is buying this, since/).waitFor()
  expect(await otto.subscribe.count()).toBe(0)

  release()
  await olive.dialogNamed('Analytics+ is ready').waitFor()
  await otto.page.reload()
  await otto.note('by Olive').waitFor()
  expect(await otto.dialog.count()).toBe(0)
  host.backend.expectOneCharge(price)
})

test('while one Owner answers the bank, the other one can read who is buying and cannot buy', async () => {
  const stage = await Stage.set()
  const { host } = stage
  const { billing } = host.backend
  billing.mood = 'action-needed'
  const [olive, otto] = await Promise.all([stage.open('olive'), stage.open('otto')])
  await otto.review()
  await olive.buy()
  const bank = olive.page.frameLocator('iframe[title="Your bank"]')
  await bank.getByRole('button', { name: 'Approve' }).waitFor()

  await otto.confirm.click()
  await otto.dialogNamed('Analytics+ is being bought').getByText('Olive is buying it for your account.').waitFor()
  const fresh = await stage.open('otto')
  await fresh.note(/^Olive is buying this, since/).waitFor()
  expect(await fresh.card.getByRole('button').count()).toBe(0)

  await bank.getByRole('button', { name: 'Approve' }).click()
  await olive.dialogNamed('Analytics+ is ready').waitFor()
  host.backend.expectOneCharge(price)
})
