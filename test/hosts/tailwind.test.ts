import { cpSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright'
import type { PluginOption } from 'vite'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { buildApp } from './buildApp.js'
import { accents, connectBrowser, HostPage, serve } from './HostPage.js'
import { installApp, root } from './installApp.js'
import { differences, type Look, looksOf } from './looks.js'

connectBrowser()

const versions = [
  {
    version: '3',
    change: { tailwindcss: '~3.4.0' },
    plugin: async (app: string): Promise<PluginOption> => {
      const tailwind = await importFrom(app, 'tailwindcss')
      const plugins = [tailwind({ content: [path.join(app, '*.tsx')], darkMode: 'class' })]
      return { name: 'tailwind-3', config: () => ({ css: { postcss: { plugins } } }) }
    },
  },
  {
    version: '4',
    change: { tailwindcss: '~4.3.5', '@tailwindcss/vite': '~4.3.5' },
    plugin: async (app: string): Promise<PluginOption> => (await importFrom(app, '@tailwindcss/vite'))(),
  },
]

describe.each(versions)('Tailwind $version', ({ version, change, plugin }) => {
  let app = ''
  let alone: Look[] | undefined
  beforeAll(async () => {
    app = installApp(path.join(import.meta.dirname, 'tailwind'), inject('tarball'), change)
    cpSync(path.join(app, version), app, { recursive: true })
    await buildApp(app, { plugins: [await plugin(app)] })
    await buildApp(app, { mode: 'development', plugins: [await plugin(app)] })
  })
  afterAll(() => rmSync(app, { recursive: true, force: true }))
  const production = serve(() => path.join(app, 'dist/production'))
  const development = serve(() => path.join(app, 'dist/development'))

  test('the line that names the layers is the README’s', () => {
    const line = readFileSync(path.join(app, 'layers.css'), 'utf8').trim()
    expect(readFileSync(path.join(root, 'README.md'), 'utf8')).toContain(`\`${line}\``)
  })

  /** What an Owner with the dialog open and an Admin see of the kit. */
  async function looks(name: string): Promise<Look[]> {
    const owner = await HostPage.open(`${production()}/${name}.html`)
    await inherit(owner.page)
    await owner.review()
    const admin = await HostPage.open(`${production()}/${name}.html?role=admin`)
    await inherit(admin.page)
    await admin.page.getByRole('textbox').first().waitFor()
    const kit = '[data-addon-kit]'
    return [...(await looksOf(owner.page.locator(kit))), ...(await looksOf(admin.page.locator(kit)))]
  }

  test.each(['before', 'after'])('its preflight leaves the kit as it is, imported %s it', async (name) => {
    alone ??= await looks('withoutTailwind')
    expect(differences(await looks(name), alone)).toEqual([])
  })

  test.each(['before', 'after'])('utilities in classNames win over the kit, imported %s it', async (name) => {
    const { page } = await HostPage.open(`${production()}/${name}.html?utilities`)
    const styleOf = (slot: string, property: string) =>
      page
        .locator(`[data-slot="${slot}"]`)
        .first()
        .evaluate((element, of) => getComputedStyle(element).getPropertyValue(of), property)
    expect(await styleOf('plan-name', 'font-size')).toBe('60px')
    expect(await styleOf('plan-name', 'text-transform')).toBe('uppercase')
    expect(await styleOf('card-title', 'font-weight')).toBe('900')
    expect(await styleOf('card-actions', 'padding-left')).toBe('32px')
  })

  test.each(['before', 'after'])('each frame is dark where the page was before, imported %s it', async (name) => {
    const host = await HostPage.create()
    const { page } = host
    await page.addInitScript(() => {
      const frames: string[] = []
      Object.assign(window, { seen: frames })
      const look = () => {
        document.documentElement?.classList.add('dark')
        const tab = document.querySelector('[data-slot="plan-tab"]')
        if (tab) frames.push(`${getComputedStyle(tab).colorScheme} ${tab.getAttribute('data-state')}`)
        requestAnimationFrame(look)
      }
      look()
    })
    await page.goto(`${production()}/${name}.html?utilities`)
    await host.planName.waitFor()
    const frames: string[] = await page.evaluate(() => Reflect.get(window, 'seen'))
    expect(frames.filter((frame) => !frame.startsWith('dark '))).toEqual([])
    expect(frames.at(-1)).toBe('dark ready')
    expect(await host.accent()).toBe(accents.dark)
  })

  test('a purchase goes through, and in development nothing is said', async () => {
    const host = await HostPage.open(`${development()}/before.html?utilities`)
    await host.buy()
    expect(host.complaints).toEqual([])
  })

  test('without the line that names the layers, development says so', async () => {
    const host = await HostPage.open(`${development()}/withoutLayers.html`)
    await expect.poll(() => host.complaints).toEqual([expect.stringContaining('@layer')])
  })
})

/** Imports what a package of the app exports as its default. */
async function importFrom(app: string, name: string) {
  const file = createRequire(path.join(app, 'package.json')).resolve(name)
  return (await import(pathToFileURL(file).href)).default
}

/** Gives both pages what the kit takes from the page it is in, or leaves to it without a trace. */
async function inherit(page: Page): Promise<void> {
  await page.addStyleTag({
    content: `
      html, body { font: 16px/1.5 sans-serif !important; margin: 0 !important; tab-size: 4; text-size-adjust: 100%; }
      html { -webkit-tap-highlight-color: transparent; }
      button { appearance: button !important; }
    `,
  })
}
