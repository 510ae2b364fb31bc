import { expect, inject, test } from 'vitest'
import { connectBrowser, HostPage, serve } from '../HostPage.js'

connectBrowser()
const origin = serve(() => inject('developmentPages'))

test.each(['native', 'layer', 'fullscreen'])(
  'inside a host’s %s, the dialog opens above it, sells, and leaves it as it was',
  async (place) => {
    const host = await HostPage.open(`${origin()}/containers.html?place=${place}`)
    const { page } = host
    if (place === 'fullscreen') await page.getByRole('button', { name: 'Fullscreen' }).click()
    const isHostThere = () =>
      page.evaluate(
        () => document.fullscreenElement?.ariaLabel ?? document.querySelector('[role=dialog], dialog')?.ariaLabel,
      )
    expect(await isHostThere()).toBe('Settings')

    await host.review()
    expect(
      await host.dialog.evaluate((dialog) => dialog.parentElement?.closest('[aria-label="Settings"]') !== null),
    ).toBe(true)
    // It covers the whole window, and its button is what a pointer meets.
    const { width = 0, height = 0 } = (await host.dialog.boundingBox()) ?? {}
    const view = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }))
    expect({ width, height }).toEqual(view)
    await host.confirm.click()
    await page.getByRole('heading', { name: 'Analytics+ is ready' }).waitFor()
    await page.keyboard.press('Escape')
    await host.dialog.waitFor({ state: 'detached' })
    await page.getByRole('article', { name: 'Analytics+' }).getByText('Active').waitFor()
    expect(await isHostThere()).toBe('Settings')
    const focused = page.getByRole('article', { name: 'Analytics+' }).locator(':focus')
    await focused.waitFor()
    expect(host.complaints).toEqual([])
  },
)
