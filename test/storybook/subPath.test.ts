import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumArgs, findChromium } from '../../.ci/chromium.js'

const root = path.join(import.meta.dirname, '../..')
const folder = mkdtempSync(path.join(tmpdir(), 'addon-kit-storybook-'))
const prefix = '/some/deep/path/'
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
}

/** Serves the built files below the sub-path, and keeps what was asked for beside it. */
const astray: string[] = []
const server = createServer(async ({ url = '' }, response) => {
  const { pathname } = new URL(url, 'http://localhost')
  if (!pathname.startsWith(prefix)) {
    astray.push(pathname)
    response.writeHead(404).end()
    return
  }
  const file = path.join(folder, pathname.slice(prefix.length) || 'index.html')
  const body = await readFile(file).catch(() => undefined)
  response.writeHead(body ? 200 : 404, { 'Content-Type': types[path.extname(file)] ?? 'application/octet-stream' })
  response.end(body)
})

let browser: Browser
let base = ''

beforeAll(async () => {
  const task = path.join(root, '.ci/task.js')
  await promisify(execFile)(process.execPath, [task, 'build-storybook', '-o', folder], { cwd: root })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  base = `http://127.0.0.1:${typeof address === 'object' && address?.port}${prefix}`
  const executablePath = await findChromium()
  browser = await chromium.launch({ args: chromiumArgs, ...(executablePath && { executablePath }) })
})

afterAll(async () => {
  await browser?.close()
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Opens an address of the site, and collects what goes wrong there. */
async function open(address: string, width = 1280): Promise<{ page: Page; wrong: string[] }> {
  const page = await browser.newPage({ viewport: { width, height: 900 } })
  const wrong: string[] = []
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text().slice(0, 300)))
  page.on('pageerror', ({ message }) => wrong.push(message))
  page.on('response', (response) => response.status() >= 400 && wrong.push(`${response.status()} ${response.url()}`))
  await page.goto(base + address)
  return { page, wrong }
}

test.each([
  // The service worker answers for the backend.
  ['a story', '?path=/story/plantab--default', 'heading', 'Essentials'],
  ['a docs page', '?path=/docs/plantab--docs', 'heading', 'PlanTab'],
] as const)('%s opens below a sub-path, and asks for nothing beside it', async (_what, address, role, name) => {
  astray.length = 0
  const { page, wrong } = await open(address)
  await page.frameLocator('#storybook-preview-iframe').getByRole(role, { name }).first().waitFor()
  await page.waitForLoadState('networkidle')
  expect(wrong).toEqual([])
  expect(astray).toEqual([])
  await page.close()
})

test('what QA chooses is within sight on a small laptop, and a story follows it', async () => {
  const globals = 'locale:en-rtl;theme:high-contrast;density:brand;brand:dark-dense'
  const { page, wrong } = await open(`?path=/story/plantab--owner&globals=${globals}`)
  const canvas = page.frameLocator('#storybook-preview-iframe')
  // Before that the menus do not say yet what is chosen.
  await canvas.getByRole('button', { name: 'Subscribe now, Analytics+' }).waitFor()
  for (const name of ['Language', 'Theme', 'Density', 'Brand'])
    await page.getByRole('button', { name: new RegExp(`^${name}`) }).waitFor()
  const outside = await page.evaluate(() =>
    [...document.querySelectorAll('button, select')].flatMap((element) =>
      element.getBoundingClientRect().right > window.innerWidth ? [element.textContent] : [],
    ),
  )
  expect(outside).toEqual([])
  await page.getByRole('combobox', { name: 'Role' }).selectOption({ label: 'Supervisor' })
  await canvas.getByRole('button', { name: 'Request feature, Analytics+' }).waitFor()
  expect(page.url()).toContain('role:supervisor')
  await page.getByRole('button', { name: 'All as the story' }).click()
  await canvas.getByRole('button', { name: 'Subscribe now, Analytics+' }).waitFor()
  expect(wrong).toEqual([])
  await page.close()
})

/** How far the page is wider than its window, in pixels. */
function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
}

test('every docs page opens, fits a phone and a laptop, and has no accessibility violations', async () => {
  const { entries } = JSON.parse(readFileSync(path.join(folder, 'index.json'), 'utf8'))
  const ids = Object.keys(entries).filter((id) => entries[id].type === 'docs')
  expect(ids.length).toBeGreaterThanOrEqual(11)
  const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
  const found: Record<string, unknown> = {}
  for (const id of ids) {
    const { page, wrong } = await open(`iframe.html?viewMode=docs&id=${id}`, 390)
    await page.locator('.sbdocs-content h1').first().waitFor()
    await page.waitForLoadState('networkidle')
    await page.addScriptTag({ path: axe })
    const violations = await page.evaluate(async () => {
      const { violations } = await window.axe.run('.sbdocs-content', { iframes: false })
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`)
    })
    const overflow = await overflowOf(page)
    await page.setViewportSize({ width: 1280, height: 900 })
    const overflowWide = await overflowOf(page)
    const said = wrong.filter((text) => !/favicon|404 \(Not Found\)/.test(text))
    if (violations.length > 0 || overflow > 0 || overflowWide > 0 || said.length > 0)
      found[id] = { violations, overflow, overflowWide, said }
    await page.close()
  }
  expect(found).toEqual({})
})
