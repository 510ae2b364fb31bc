import { expect, inject, test } from 'vitest'
import { connectBrowser, HostPage, serve } from '../HostPage.js'

connectBrowser()
const origin = serve(() => inject('developmentPages'))

test('two kits on one page have each its adapter, theme and language, and nothing in common', async () => {
  const host = await HostPage.open(`${origin()}/twoKits.html`)
  const { page } = host
  const first = page.getByRole('region', { name: 'First', exact: true })
  const second = page.getByRole('region', { name: 'Second', exact: true })
  await second.getByText('Aktueller Tarif').waitFor()
  await first.getByText('Current plan').waitFor()
  const scheme = (kit: typeof first) =>
    kit
      .locator('[data-slot="plan-tab"]')
      .evaluate((tab) => `${getComputedStyle(tab).colorScheme} ${tab.getAttribute('lang')}`)
  expect([await scheme(first), await scheme(second)]).toEqual(['light en', 'dark de'])

  await second.getByRole('button', { name: /^Jetzt abonnieren.*Analytics\+/ }).click()
  const dialog = page.getByRole('dialog', { name: /Analytics/ })
  expect(
    await dialog.evaluate((element) => [element.getAttribute('lang'), getComputedStyle(element).colorScheme]),
  ).toEqual(['de', 'dark'])
  await dialog.getByText('€').first().waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })

  await host.buy()
  await page.keyboard.press('Escape')
  const card = (kit: typeof first) => kit.getByRole('article', { name: 'Analytics+' })
  await card(first).getByText('Active').waitFor()
  expect(
    await card(second)
      .getByRole('button', { name: /^Jetzt abonnieren/ })
      .isVisible(),
  ).toBe(true)
  expect(host.complaints).toEqual([])
})
