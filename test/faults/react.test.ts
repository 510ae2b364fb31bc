import { expect, test } from 'vitest'
import { pageNames } from './buildPages.js'
import { connectBrowser, Stage } from './Stage.js'

connectBrowser()

test.each(pageNames)(
  '%s: showing the page posts nothing, buying posts one purchase, and nothing is logged',
  async (build) => {
    const stage = await Stage.set()
    const { host } = stage
    const tab = await stage.open('olive', { build })
    await tab.subscribe.waitFor()
    const version = await tab.page.locator('html').getAttribute('data-react')
    expect(`react-${version}`.startsWith(build.slice(0, 'react-18'.length))).toBe(true)
    const arrived = host.arrivals.map(({ operation }) => operation)
    expect(new Set(arrived)).toEqual(new Set(['getPlan']))
    // StrictMode gives its first read up: it has left by then, or it has not.
    expect(arrived.length).toBeLessThanOrEqual(build.endsWith('-strict') ? 2 : 1)

    await tab.buy()
    await tab.dialogNamed('Analytics+ is ready').waitFor()
    await tab.dialog.getByRole('button', { name: 'Done' }).click()
    await tab.card.getByText('Active').waitFor()
    expect(host.sent('previewPurchase')).toHaveLength(1)
    expect(host.sent('purchase')).toHaveLength(1)
    host.backend.expectOneCharge({ amount: 11_250, currency: 'USD' })
    expect(tab.errors).toEqual([])
  },
)
