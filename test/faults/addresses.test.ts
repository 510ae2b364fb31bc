import { expect, test } from 'vitest'
import { addOns } from '../server/harness.js'
import { pageNames } from './buildPages.js'
import { connectBrowser, Stage } from './Stage.js'

connectBrowser()

const evil = 'javascript:document.title="stolen"'

test.each(pageNames)(
  '%s: an address that runs code reaches no link and no image, and its words stay',
  async (build) => {
    const stage = await Stage.set({
      account: { contacts: { accountManager: { name: 'Mara', url: evil }, customerSuccess: { url: evil } } },
      catalog: {
        addOns: addOns.map((addOn) => ({
          ...addOn,
          description: '<img src=x onerror="document.title=\'stolen\'"> Dashboards.',
          href: evil,
          imageUrl: 'data:image/svg+xml,<svg onload="document.title=1"/>',
          learnMoreUrl: evil,
        })),
        terms: { version: '1', consent: 'notice', url: evil },
      },
    })
    const tab = await stage.open('olive', { build })
    await tab.review()
    await tab.confirm.click()
    await tab.dialogNamed('Analytics+ is ready').waitFor()
    const addresses = await tab.page.evaluate(() =>
      [...document.querySelectorAll('[href], [src]')]
        .filter((element) => element.closest('[data-addon-kit]'))
        .map((element) => element.getAttribute('href') ?? element.getAttribute('src') ?? ''),
    )
    expect(addresses.filter((address) => /^\s*(javascript|data):/i.test(address))).toEqual([])
    expect(await tab.page.locator('img[src="x"]').count()).toBe(0)
    await expect.poll(() => tab.page.getByText('<img src=x').count()).toBeGreaterThan(0)
    expect(await tab.page.title()).toBe('Northwind')
  },
)
