import { expect, test } from 'vitest'
import { Gate } from './fault.js'
import { connectBrowser, Stage } from './Stage.js'
import type { Tab } from './Tab.js'

connectBrowser()

/** Ways of pressing the confirm button more than once. */
const presses: Record<string, (tab: Tab) => Promise<void>> = {
  'a double click': ({ confirm }) => confirm.dblclick(),
  'two clicks in one task': ({ confirm }) =>
    confirm.evaluate((button) => {
      if (button instanceof HTMLElement) for (let clicks = 0; clicks < 2; clicks += 1) button.click()
    }),
  async 'Enter held'({ confirm, page }) {
    await confirm.focus()
    for (let repeats = 0; repeats < 5; repeats += 1) await page.keyboard.down('Enter')
    await page.keyboard.up('Enter')
  },
  async 'Enter and a click'({ confirm, page }) {
    await confirm.focus()
    await page.keyboard.press('Enter')
    // By now it is pending, which people do not wait to see.
    await confirm.click({ force: true })
  },
}

test.each(Object.keys(presses))('%s on the confirm button is one purchase', async (way) => {
  const stage = await Stage.set()
  const { host } = stage
  const gate = new Gate()
  host.next('purchase', gate.holdRequest)
  const tab = await stage.open('olive')
  await tab.review()
  await presses[way]?.(tab)
  gate.open()
  await tab.dialogNamed('Analytics+ is ready').waitFor()
  expect(host.sent('purchase')).toHaveLength(1)
  host.backend.expectOneCharge({ amount: 11_250, currency: 'USD' })
})

test('a double click, or Enter held, on “Subscribe now” buys nothing', async () => {
  const stage = await Stage.set()
  const tab = await stage.open('olive')
  await tab.subscribe.dblclick()
  await tab.confirm.waitFor()
  await tab.button('Cancel').click()
  await tab.subscribe.focus()
  for (let repeats = 0; repeats < 5; repeats += 1) await tab.page.keyboard.down('Enter')
  await tab.confirm.waitFor()
  for (let repeats = 0; repeats < 5; repeats += 1) await tab.page.keyboard.down('Enter')
  await tab.page.keyboard.up('Enter')
  await tab.button('Cancel').click()
  expect(stage.host.sent('purchase')).toEqual([])
})

test('a second press where “Try again” was does not confirm the price that comes there within a second', async () => {
  const stage = await Stage.set()
  const { host } = stage
  const { billing } = host.backend
  billing.mood = 'declined'
  const context = await stage.browserOf('olive')
  await context.clock.install()
  const tab = await stage.open(context)
  await tab.buy()
  await tab.dialogNamed('Your payment was declined').waitFor()
  billing.mood = 'paid'
  await tab.page.clock.pauseAt(Date.now() + 10_000)
  await tab.button('Try again').click()
  await tab.confirm.click({ force: true })
  await tab.page.clock.runFor(1000)
  expect(host.sent('purchase')).toHaveLength(1)
  await tab.confirm.click()
  await tab.dialogNamed('Analytics+ is ready').waitFor()
  host.backend.expectOneCharge({ amount: 11_250, currency: 'USD' })
})

test('for a finger every button is 44 px high and wide: of the card, of each step, and of a note', async () => {
  const stage = await Stage.set()
  stage.host.backend.billing.mood = 'action-needed'
  const phone = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } }
  const tab = await stage.open(await stage.browserOf('olive', phone), { payment: 'none' })
  const expectRoom = async () => {
    const sizes = await tab.page.locator('[data-addon-kit] button:visible').evaluateAll((buttons) =>
      buttons.map((button) => {
        const { width, height } = button.getBoundingClientRect()
        return { name: button.getAttribute('aria-label') ?? button.textContent, room: Math.min(width, height) }
      }),
    )
    expect(sizes.length).toBeGreaterThan(0)
    expect(sizes.filter(({ room }) => room < 44)).toEqual([])
  }
  await tab.subscribe.waitFor()
  await expectRoom()
  await tab.review()
  await expectRoom()
  await tab.confirm.click()
  await tab.dialogNamed('Waiting for your bank').waitFor()
  await expectRoom()
  await tab.page.keyboard.press('Escape')
  await tab.page.getByRole('button', { name: 'Continue, Analytics+' }).waitFor()
  await expectRoom()
})
