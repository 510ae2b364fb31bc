import { expect, inject, test } from 'vitest'
import { connectBrowser, HostPage, serve } from '../HostPage.js'

connectBrowser()
const development = serve(() => inject('developmentPages'))
const production = serve(() => inject('pages'))

/** What the console says of a page once its styles have had their time. */
async function complaintsOf(url: string): Promise<string[]> {
  const host = await HostPage.create()
  await host.page.clock.install()
  await host.page.goto(url)
  await host.planName.waitFor()
  await host.page.clock.fastForward(1000)
  // What the page said before this has arrived by then.
  await host.page.evaluate(() => console.error('the end'))
  await expect.poll(() => host.complaints).toContain('the end')
  return host.complaints.filter((text) => text !== 'the end')
}

test('in development, a page without the kit’s styles is told how to import them', async () => {
  expect(await complaintsOf(`${development()}/unstyled.html`)).toEqual([
    expect.stringContaining("import 'addon-kit/styles.css'"),
  ])
})

test('in development, a page whose reset beats the kit’s styles is told of layers and of guard.css', async () => {
  expect(await complaintsOf(`${development()}/hostileUnguarded.html`)).toEqual([
    expect.stringMatching(/@layer theme, base, addon-kit, components, utilities;.*guard\.css/),
  ])
})

test.each(['hostileBefore', 'hostileAfter'])('where guard.css mends it, nothing is said: %s', async (name) => {
  expect(await complaintsOf(`${development()}/${name}.html`)).toEqual([])
})

test('in production nothing is said', async () => {
  expect(await complaintsOf(`${production()}/unstyled.html`)).toEqual([])
})
