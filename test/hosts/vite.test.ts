import { rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { accents, connectBrowser, HostPage, serve } from './HostPage.js'
import { installApp, root } from './installApp.js'
import { npm } from './run.js'

connectBrowser()

const versions = [
  { react: '19', change: {} },
  {
    react: '18.3',
    change: {
      react: '~18.3.1',
      'react-dom': '~18.3.1',
      '@types/react': '~18.3.0',
      '@types/react-dom': '~18.3.0',
    },
  },
]

describe.each(versions)('Vite and React $react', ({ react, change }) => {
  let app = ''
  beforeAll(() => {
    app = installApp(path.join(root, 'examples/vite'), inject('tarball'), change)
    // It checks the types first.
    npm(app, 'run', 'build')
  })
  afterAll(() => rmSync(app, { recursive: true, force: true }))
  const origin = serve(() => path.join(app, 'dist'))

  test('the app has that version, and the kit no other', () => {
    const { dependencies } = JSON.parse(npm(app, 'ls', 'react', '--json', '--depth=9'))
    const found = new Set<string>()
    JSON.stringify(dependencies, (key, value) => {
      if (key === 'react' && value.version) found.add(value.version)
      return value
    })
    expect([...found]).toEqual([expect.stringMatching(new RegExp(`^${react.replace('.', '\\.')}\\.`))])
  })

  test('an Owner buys, and the sidebar leads to what was bought without a new document', async () => {
    const host = await HostPage.open(origin())
    const { page } = host
    await page.evaluate(() => Object.assign(window, { isSameDocument: true }))
    expect(await host.accent()).toBe(accents.light)
    await host.buy()
    await host.dialog.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('navigation').getByRole('link', { name: 'Analytics+' }).click()
    await page.getByRole('heading', { name: 'Your dashboards' }).waitFor()
    expect(await page.evaluate(() => Reflect.get(window, 'isSameDocument'))).toBe(true)
    expect(host.complaints).toEqual([])
  })

  test('a Supervisor asks for a feature', async () => {
    const host = await HostPage.open(origin())
    const { page } = host
    await page.getByRole('combobox').selectOption('supervisor')
    await page.getByRole('button', { name: 'Request feature, Analytics+' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Send request' }).click()
    await dialog.getByRole('heading', { name: 'Your request has been sent' }).waitFor()
    expect(host.complaints).toEqual([])
  })
})
