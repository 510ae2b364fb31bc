import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import type { BrowserContextOptions } from 'playwright'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { accents, connectBrowser, HostPage } from './HostPage.js'
import { installApp, root } from './installApp.js'
import { hostEnv, run } from './run.js'

connectBrowser()

let app = ''
const next = () => path.join(app, 'node_modules/next/dist/bin/next')
beforeAll(() => {
  app = installApp(path.join(root, 'examples/next'), inject('tarball'))
  run(app, process.execPath, [next(), 'build'])
})
afterAll(() => rmSync(app, { recursive: true, force: true }))

describe.each(['start', 'dev'])('next %s', (command) => {
  let server: ChildProcess
  let origin = ''
  beforeAll(async () => {
    const port = await freePort()
    origin = `http://127.0.0.1:${port}`
    const args = [next(), command, '--hostname', '127.0.0.1', '--port', String(port)]
    server = spawn(process.execPath, args, { cwd: app, env: hostEnv, stdio: 'ignore' })
    await vi.waitFor(async () => expect(await statusOf(`${origin}/plan`)).toBe(200), {
      timeout: 120_000,
      interval: 250,
    })
    // In development each page is built when it is asked for first.
    for (const page of ['own-adapter', 'analytics', 'api/add-ons/plan']) await statusOf(`${origin}/${page}`)
  })
  afterAll(async () => {
    server?.kill()
    if (server?.exitCode === null) await once(server, 'exit')
  })

  test('a Server Component’s first HTML holds the real plan, and no style attribute of the kit', async () => {
    const html = await (await fetch(`${origin}/plan`)).text()
    expect(html).toMatch(/<h2[^>]*><bdi>Essentials<\/bdi>/)
    expect(html).toMatch(/<bdi[^>]*>Analytics\+<\/bdi>/)
    expect(html).toContain('$15.00')
    expect(html).not.toMatch(/<[^>]* style=/)
  })

  test('it hydrates without a complaint, asks for no plan, and sells through the route handler', async () => {
    const host = await openAs('acc_server', '/plan', { colorScheme: 'dark' })
    const { page } = host
    expect(host.urls.filter((url) => url.endsWith('/plan') && url.includes('/api/'))).toEqual([])
    await host.buy()
    await host.dialog.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('article', { name: 'Analytics+' }).getByText('Active').waitFor()
    await page.reload()
    await page.getByRole('article', { name: 'Analytics+' }).getByText('Active').waitFor()
    expect(host.complaints).toEqual([])
  })

  test('its first paint is dark where the page is, before any of its code has come', async () => {
    const host = await HostPage.create({ colorScheme: 'dark' })
    const { page } = host
    await page.route(/\.js(\?|$)/, (route) => route.abort())
    await page.goto(`${origin}/plan`)
    expect(await host.accent()).toBe(accents.dark)
  })

  test('links by `linkComponent` lead through the host’s router, without a new document', async () => {
    const host = await openAs('acc_links', '/plan')
    const { page } = host
    await page.evaluate(() => Object.assign(window, { isSameDocument: true }))
    await page.getByRole('navigation').getByRole('link', { name: 'AI Assist' }).click()
    await page.getByRole('heading', { name: 'Your dashboards' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/analytics')
    await page.getByRole('link', { name: 'My company' }).click()
    await host.planName.waitFor()
    expect(await page.evaluate(() => Reflect.get(window, 'isSameDocument'))).toBe(true)
    expect(host.complaints).toEqual([])
  })

  test('a client’s own adapter sells beside it', async () => {
    const host = await openAs('acc_client', '/own-adapter')
    expect(await host.accent()).toBe(accents.light)
    await host.buy()
    expect(host.complaints).toEqual([])
  })

  async function openAs(account: string, address: string, options: BrowserContextOptions = {}): Promise<HostPage> {
    const host = await HostPage.create(options)
    await host.page.context().addCookies([{ name: 'account', value: account, url: origin }])
    await host.page.goto(`${origin}${address}`)
    await host.planName.waitFor()
    return host
  }
})

async function statusOf(url: string): Promise<number> {
  try {
    return (await fetch(url)).status
  } catch {
    return 0
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('There is no port.')
  return address.port
}
