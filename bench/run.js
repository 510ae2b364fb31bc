// Shows the kit, plain React cards and its peers in one browser, in turns, and writes docs/performance.md.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import react from '@vitejs/plugin-react'
import { chromium } from 'playwright'
import { build, preview } from 'vite'
import { chromiumArgs, findChromium } from '../.ci/chromium.js'
import { cssTarget } from '../.ci/cssTarget.js'
import { contenders } from './contenders.js'
import { report } from './report.js'

/** @typedef {import('./pages/measure.js').Sample & { cpu?: number }} Sample */
/** @typedef {{ contender: string, count: number, step: 'show' | 'open' | 'apply', sample: Sample }} Measured */

const root = path.resolve(import.meta.dirname, '..')
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '9' } } })
const rounds = Number(values.rounds)
const counts = [3, 30, 300]

/** @param {string} outDir */
async function buildPages(outDir) {
  const folder = path.join(root, 'bench/pages')
  const pages = new Set(contenders.map(({ page }) => page.replace(/\?.*/, '')))
  await build({
    configFile: false,
    root: folder,
    logLevel: 'warn',
    plugins: [react()],
    resolve: {
      // What is published, not its source; and one React for all.
      alias: [
        { find: /^addon-kit$/, replacement: path.join(root, 'dist/index.js') },
        { find: /^addon-kit\/styles\.css$/, replacement: path.join(root, 'dist/styles.css') },
      ],
      dedupe: ['react', 'react-dom'],
    },
    build: {
      outDir,
      emptyOutDir: true,
      // Vite's default target makes the kit's `light-dark()` into something that shows no colours.
      cssTarget,
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: { input: [...pages].map((page) => path.join(folder, page)) },
    },
  })
}

/**
 * One page from its first frame to the card of what was bought, as far as it can go.
 * @param {import('playwright').Browser} browser
 * @param {string} url
 * @param {number} count
 * @param {(step: Measured['step'], sample: Sample) => void} tell
 */
async function visit(browser, url, count, tell) {
  // A context of its own: nothing is compiled or kept from before.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    page.on('pageerror', (error) => console.error(`${url}: ${error.message}`))
    await page.goto(url)
    await page.waitForFunction(() => 'bench' in window)
    const session = await context.newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    const before = await cpuOf(session)
    const showing = page.evaluate((count) => window.bench.show(count), count)
    const shown = await within(showing, `${url}: to show ${count}`)
    tell('show', { ...shown, cpu: (await cpuOf(session)) - before })
    const { opener, price, confirm, bought } = await page.evaluate(() => ({ ...window.bench, cards: undefined }))
    if (!opener || !price) return
    const button = page.locator(opener).first()
    await button.hover()
    // The code of the dialog is fetched meanwhile.
    await page.waitForTimeout(300)
    const opening = page.evaluate(() => window.bench.open())
    await button.click()
    tell('open', await within(opening, `${url}: to open the dialog`))
    if (!confirm || !bought) return
    const applying = page.evaluate(() => window.bench.apply())
    await page.locator(confirm).click()
    tell('apply', await within(applying, `${url}: to apply a purchase`))
  } finally {
    await context.close()
  }
}

/**
 * The milliseconds that the page’s main thread has worked: what else the machine does hardly changes them.
 * @param {import('playwright').CDPSession} session
 */
async function cpuOf(session) {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000
}

/**
 * A page that never shows what is waited for must not hold the bench up.
 * @template T
 * @param {Promise<T>} measuring
 * @param {string} what
 * @returns {Promise<T>}
 */
async function within(measuring, what) {
  const late = new AbortController()
  const timeout = sleep(20_000, undefined, { signal: late.signal }).then(() => {
    throw new Error(`${what} took more than 20 seconds.`)
  })
  timeout.catch(() => undefined)
  return Promise.race([measuring, timeout]).finally(() => late.abort())
}

const executablePath = await findChromium()
const folder = mkdtempSync(path.join(os.tmpdir(), 'addon-kit-bench-'))
const outDir = path.join(folder, 'pages')
try {
  console.log('building the pages for production')
  await buildPages(outDir)
  const server = await preview({
    configFile: false,
    root: folder,
    logLevel: 'warn',
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1' },
  })
  const origin = server.resolvedUrls?.local[0]
  const browser = await chromium.launch({ args: chromiumArgs, ...(executablePath && { executablePath }) })
  const load = [os.loadavg()[0] ?? 0]
  /** @type {Measured[]} */
  const measured = []
  try {
    // The first round warms up machine and server, and is not counted.
    for (let round = 0; round <= rounds; round += 1) {
      for (const count of counts) {
        // Another one is first each time.
        const order = contenders.map((_, index) => contenders[(index + round) % contenders.length])
        for (const contender of order) {
          if (!contender) continue
          await visit(browser, `${origin}${contender.page}`, count, (step, sample) => {
            if (round > 0) measured.push({ contender: contender.name, count, step, sample })
          })
        }
      }
      load.push(os.loadavg()[0] ?? 0)
      console.log(`round ${round} of ${rounds}`)
    }
    const { dependencies } = JSON.parse(readFileSync(path.join(root, 'bench/package.json'), 'utf8'))
    const { table, page } = report(measured, { browser: browser.version(), rounds, counts, load, peers: dependencies })
    console.log(`\n${table}`)
    writeFileSync(path.join(root, 'docs/performance.md'), page)
    console.log('written to docs/performance.md')
  } finally {
    await browser.close()
    await server.close()
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
