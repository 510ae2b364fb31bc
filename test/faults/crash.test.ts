import { expect, test } from 'vitest'
import { connectBrowser, Stage } from './Stage.js'
import type { Tab } from './Tab.js'

connectBrowser()

async function expectHostLives({ page, uncaught }: Tab): Promise<void> {
  await page.getByRole('heading', { name: 'Northwind' }).waitFor()
  expect(await page.getByRole('navigation', { name: 'Features' }).getByRole('button').count()).toBeGreaterThan(0)
  expect(uncaught).toEqual([])
}

test('a host whose onEvent throws still sells, and its page stays', async () => {
  const stage = await Stage.set()
  const tab = await stage.open('olive', { crash: 'onEvent' })
  await tab.buy()
  await tab.dialogNamed('Analytics+ is ready').waitFor()
  stage.host.backend.expectOneCharge({ amount: 11_250, currency: 'USD' })
  await tab.button('Done').click()
  await tab.note('Active').waitFor()
  await expectHostLives(tab)
})

test('a host whose onPaymentAction throws is left waiting for the bank, with the way back into it', async () => {
  const stage = await Stage.set()
  const { backend } = stage.host
  backend.billing.mood = 'action-needed'
  const tab = await stage.open('olive', { crash: 'onPaymentAction' })
  await tab.buy()
  await tab.dialogNamed('Waiting for your bank').getByRole('button', { name: 'Continue' }).waitFor()
  await tab.button('Close').first().click()
  await tab.note('Waiting for your bank').waitFor()
  await expectHostLives(tab)
  expect(backend.billing.payments).toEqual([])
})

test('a text of the dialog that throws takes down its step only: the dialog closes, the page lives, nothing is bought', async () => {
  const stage = await Stage.set()
  const tab = await stage.open('olive', { crash: 'dialog texts' })
  await tab.subscribe.click()
  await tab.dialog.getByText('Something went wrong.').waitFor()
  await tab.button('Close').click()
  await tab.dialog.waitFor({ state: 'detached' })
  await tab.subscribe.waitFor()
  await expectHostLives(tab)
  expect(stage.host.sent('purchase')).toEqual([])
})

test('a text of the cards that throws leaves the rest of the page', async () => {
  const stage = await Stage.set()
  const tab = await stage.open('olive', { crash: 'card texts' })
  await tab.page.getByText('Something went wrong.').first().waitFor()
  await expectHostLives(tab)
})
