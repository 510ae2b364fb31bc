import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { Readable } from 'node:stream'
import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { createDemoHandler } from '../../../src/demo/createDemoHandler.js'
import '../../../src/element/index.js'
import { connectBrowser, HostPage } from '../HostPage.js'
import { root } from '../installApp.js'

const kit = path.join(inject('app'), 'node_modules/addon-kit/dist')
const contentTypes: Record<string, string> = { '.css': 'text/css', '.js': 'text/javascript' }
const policy = "default-src 'self'; style-src 'self'; script-src 'self'"

let server: Server
let origin = ''
let handle: (request: Request) => Promise<Response>

connectBrowser()

beforeAll(async () => {
  server = createServer(async (incoming, outgoing) => {
    const { method = 'GET', headers } = incoming
    const url = new URL(incoming.url ?? '/', `http://${headers.host}`)
    if (url.pathname.startsWith('/api/')) {
      const response = await handle(
        new Request(url, {
          method,
          headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
          ...(method !== 'GET' && { body: await new Response(Readable.toWeb(incoming) as ReadableStream).text() }),
        }),
      )
      outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text())
      return
    }
    const file = path.join(kit, url.pathname.replace(/^\/addon-kit/, ''))
    if (url.pathname === '/') {
      outgoing.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy }).end(page())
    } else if (existsSync(file)) {
      outgoing.writeHead(200, { 'content-type': contentTypes[path.extname(file)] }).end(readFileSync(file))
    } else outgoing.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  origin = `http://127.0.0.1:${port}`
})

beforeEach(() => {
  handle = createDemoHandler({ basePath: '/api/add-ons' })
})

afterAll(() => server?.close())

test('in a plain page an Owner buys by keyboard, and every element shows it', async () => {
  const host = await HostPage.open(origin)
  await recordEvents(host.page)
  const entry = host.page.locator('addon-kit-nav-item')
  await expect.poll(() => entry.getByRole('button', { name: 'Analytics+' }).count()).toBe(1)

  await tabTo(host.page, host.page.getByRole('button', { name: 'Subscribe now, Analytics+', exact: true }))
  await host.page.keyboard.press('Enter')
  await host.confirm.waitFor()
  await tabTo(host.page, host.confirm)
  await host.page.keyboard.press('Enter')
  await host.page.getByRole('heading', { name: 'Analytics+ is ready' }).waitFor()
  await host.page.keyboard.press('Escape')

  await entry.getByRole('link', { name: 'Analytics+' }).waitFor()
  await host.page
    .locator('addon-kit-plan-tab')
    .getByRole('article', { name: 'Analytics+' })
    .getByText('Active')
    .waitFor()
  expect(await eventsOf(host.page)).toEqual(['opened', 'purchased'])
  expect(host.urls.filter((url) => url.endsWith('/plan')).length, 'one plan for all elements').toBe(1)
  expect(host.urls.filter((url) => new URL(url).origin !== origin)).toEqual([])
  expect(host.complaints, 'no complaint of the console, of the content security policy neither').toEqual([])
})

test('attributes are followed: language, of which only its own catalogue is fetched, theme, add-on and address', async () => {
  const host = await HostPage.open(origin)
  const { page } = host
  const tab = page.locator('addon-kit-plan-tab')
  await tab.evaluate((element) => {
    element.setAttribute('locale', 'de-AT')
    element.setAttribute('theme', 'dark')
  })
  await page.getByRole('button', { name: 'Jetzt abonnieren, Analytics+' }).waitFor()
  expect(await tab.locator('section').first().getAttribute('lang')).toBe('de')
  expect(await tab.locator('section').first().getAttribute('data-theme')).toBe('dark')
  const catalogues = host.urls.filter((url) => /\/element\/[a-z]{2}(-[A-Z]{2})?-[\w-]{8}\.js$/.test(url))
  expect(catalogues.map((url) => path.basename(url).slice(0, 3))).toEqual(['de-'])

  handle = createDemoHandler({ basePath: '/api/add-ons', statuses: { 'ai-assist': 'active' } })
  const entry = page.locator('addon-kit-nav-item')
  await entry.evaluate((element) => {
    element.setAttribute('base-url', '/api/add-ons/')
    element.setAttribute('add-on-id', 'ai-assist')
    element.setAttribute('href', '/assist')
  })
  await entry.getByRole('link', { name: 'AI Assist' }).waitFor()
  expect(await entry.getByRole('link').getAttribute('href')).toBe('/assist')
  expect(host.complaints).toEqual([])
})

test('an element that moves keeps what it shows, and when the last has gone nothing is left', async () => {
  const { page, complaints } = await HostPage.open(origin)
  const isSame = await page.evaluate(async () => {
    const tab = document.querySelector('addon-kit-plan-tab')
    const shown = tab?.querySelector('section')
    document.querySelector('nav')?.after(tab ?? '')
    await new Promise((resolve) => setTimeout(resolve, 100))
    return shown !== null && shown === tab?.querySelector('section')
  })
  expect(isSame).toBe(true)

  await page.evaluate(() => document.querySelector('addon-kit-nav-item')?.remove())
  await page.getByRole('heading', { name: 'Essentials' }).first().waitFor()
  await page.evaluate(() => document.querySelector('addon-kit-plan-tab')?.remove())
  await expect.poll(() => page.locator('body').innerHTML()).not.toContain('addon-kit')
  expect(await page.locator('body > *').evaluateAll((all) => all.map(({ localName }) => localName))).toEqual([
    'nav',
    'main',
  ])
  expect(complaints).toEqual([])
})

test('an element without a base-url says what it wants', async () => {
  const { page, complaints } = await HostPage.open(origin)
  await page.evaluate(() => document.body.append(document.createElement('addon-kit-plan-tab')))
  await expect.poll(() => complaints).toEqual([expect.stringContaining('<addon-kit-plan-tab> has no base-url')])
})

/** The page that docs/elements.md shows. */
function page(): string {
  const block = readFileSync(path.join(root, 'docs/elements.md'), 'utf8').match(/^```html\n(.*?)^```/ms)?.[1]
  if (!block) throw new Error('docs/elements.md has no ```html block: it is the page that this test opens.')
  return block
}

async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab')
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`Tab does not lead to ${target}.`)
}

async function recordEvents(page: Page): Promise<void> {
  await page.evaluate(() => {
    const log: string[] = []
    Reflect.set(window, 'log', log)
    document
      .querySelector('addon-kit-plan-tab')
      ?.addEventListener('addon-kit-event', ({ detail }) => log.push(detail.type))
  })
}

function eventsOf(page: Page): Promise<unknown> {
  return page.evaluate(() => Reflect.get(window, 'log'))
}
