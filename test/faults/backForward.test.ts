import { expect, test } from 'vitest'
import { markRestored } from './markRestored.js'
import { connectBrowser, Stage } from './Stage.js'

connectBrowser()

test('a page that the back button brings back as it was reads the plan again: no stale “Subscribe now”', async () => {
  const stage = await Stage.set()
  const { host } = stage
  const context = await stage.browserOf('olive')
  await context.addInitScript(markRestored)
  const tab = await stage.open(context)
  await tab.subscribe.waitFor()
  await tab.page.goto(`${host.origin}/elsewhere`)
  await host.backend.store.recordSale('acc_acme', 'analytics-plus', { since: host.backend.now, by: 'Otto', seats: 15 })
  const reads = host.sent('getPlan').length

  // Once this is answered: what navigates at once takes its own answer away.
  await tab.page.evaluate(() => void setTimeout(() => history.back()))
  await expect.poll(() => tab.page.locator('html').getAttribute('data-shown')).toBe('restored')
  await tab.note('by Otto').waitFor()
  expect(await tab.subscribe.count()).toBe(0)
  expect(host.sent('getPlan').length).toBeGreaterThan(reads)
})
