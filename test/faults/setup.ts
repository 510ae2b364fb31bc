import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { chromium } from 'playwright'
import type { TestProject } from 'vitest/node'
import { chromiumArgs, findChromium } from '../../.ci/chromium.js'
import { buildPages } from './buildPages.js'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder of the built pages. */
    pages: string
    /** Where the browser is to be reached. */
    browser: string
  }
}

/** Builds the host's pages once and starts one browser, for all test files. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const pages = mkdtempSync(path.join(os.tmpdir(), 'addon-kit-pages-'))
  await buildPages(pages)
  const executablePath = await findChromium()
  const browser = await chromium.launchServer({
    args: chromiumArgs,
    // Playwright turns off what a real browser does with the page behind the back button.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
    ...(executablePath && { executablePath }),
  })
  project.provide('pages', pages)
  project.provide('browser', browser.wsEndpoint())
  return async () => {
    await browser.close()
    rmSync(pages, { recursive: true, force: true })
  }
}
