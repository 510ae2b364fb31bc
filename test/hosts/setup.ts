import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { chromium } from 'playwright'
import type { TestProject } from 'vitest/node'
import { chromiumArgs, findChromium } from '../../.ci/chromium.js'
import { buildApp } from './buildApp.js'
import { installApp, root } from './installApp.js'
import { npm } from './run.js'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The tarball that `npm publish` would send. */
    tarball: string
    /** The folder of the app that the quick hosts are pages of, installed. */
    app: string
    /** The folder of the built pages. */
    pages: string
    /** The same of React's development build. */
    developmentPages: string
    /** Where the browser is to be reached. */
    browser: string
  }
}

/** Packs the kit once, installs it in an app, builds its pages, and starts one browser, for all test files. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const packed = mkdtempSync(path.join(os.tmpdir(), 'addon-kit-packed-'))
  const [{ filename }] = JSON.parse(npm(root, 'pack', '--json', '--ignore-scripts', '--pack-destination', packed))
  const tarball = path.join(packed, filename)
  project.provide('tarball', tarball)

  const app = installApp(path.join(import.meta.dirname, 'pages'), tarball)
  project.provide('app', app)
  project.provide('pages', await buildApp(app))
  project.provide('developmentPages', await buildApp(app, { mode: 'development' }))

  const executablePath = await findChromium()
  const browser = await chromium.launchServer({ args: chromiumArgs, ...(executablePath && { executablePath }) })
  project.provide('browser', browser.wsEndpoint())
  return async () => {
    await browser.close()
    for (const folder of [packed, app]) rmSync(folder, { recursive: true, force: true })
  }
}
