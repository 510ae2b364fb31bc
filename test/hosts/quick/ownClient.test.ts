import type { Page } from 'playwright'
import { expect, inject, test } from 'vitest'
import { connectBrowser, HostPage, serve } from '../HostPage.js'

connectBrowser()
const origin = serve(() => inject('developmentPages'))

const snapshot = (page: Page): Promise<string> => page.evaluate(() => Reflect.get(window, 'takeSnapshot')())

test('beside a host’s own query client the kit has one of its own: the host’s cache and defaults stay as they were', async () => {
  const host = await HostPage.open(`${origin()}/ownClient.html`)
  await host.page.getByText('Here is the host’s answer').waitFor()
  const before = await snapshot(host.page)
  expect(before).toContain('the host’s plan')
  await host.buy()
  expect(await snapshot(host.page)).toBe(before)
  expect(before).not.toContain('addon-kit')
  expect(host.complaints).toEqual([])
})

test('a host that shares its client keeps its own queries and defaults, which do not reach the kit’s', async () => {
  const host = await HostPage.open(`${origin()}/ownClient.html?shared`)
  await host.page.getByText('Here is the host’s answer').waitFor()
  const before = await snapshot(host.page)
  await host.buy()
  const keys = (text: string) => JSON.parse(text).kept.map(({ queryKey }: { queryKey: unknown[] }) => queryKey[0])
  const after = await snapshot(host.page)
  expect(keys(after).filter((key: string) => key !== 'addon-kit')).toEqual(['plan', 'greeting'])
  expect(JSON.parse(after).defaults).toEqual(JSON.parse(before).defaults)
  expect(host.complaints).toEqual([])
})
