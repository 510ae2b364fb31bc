import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright'
import { preview } from 'vite'
import { afterAll, beforeAll, inject } from 'vitest'

/** The kit's accent in light and in dark, where nobody set another. */
export const accents = { light: 'rgb(79, 70, 229)', dark: 'rgb(139, 133, 255)' }

let browser: Browser

/** Connects the tests of a file to the one browser. */
export function connectBrowser(): void {
  beforeAll(async () => {
    browser = await chromium.connect(inject('browser'))
  })
  // With it go the pages.
  afterAll(() => browser?.close())
}

/** Serves a folder of built pages to the tests of a file, and says where. */
export function serve(folder: () => string, headers: Record<string, string> = {}): () => string {
  let origin = ''
  let close: (() => Promise<void>) | undefined
  beforeAll(async () => {
    const server = await preview({
      configFile: false,
      logLevel: 'warn',
      build: { outDir: folder() },
      preview: { host: '127.0.0.1', port: 0, headers },
    })
    close = () => server.close()
    origin = new URL(server.resolvedUrls?.local[0] ?? '').origin
  })
  afterAll(() => close?.())
  return () => origin
}

/** A host's page in a browser of its own, by what people see of it. */
export class HostPage {
  readonly page: Page
  /** What was asked for, of whomever. */
  readonly urls: string[] = []
  /** What the console says of warnings and errors, and errors nobody caught. */
  readonly complaints: string[] = []
  readonly dialog: Locator

  private constructor(page: Page) {
    this.page = page
    this.dialog = page.getByRole('dialog', { name: /Analytics/ })
    page.context().on('request', (request) => this.urls.push(request.url()))
    page.on('websocket', (socket) => this.urls.push(socket.url()))
    page.on('pageerror', ({ message }) => this.complaints.push(message))
    page.on('console', (message) => {
      const { url } = message.location()
      // Playwright itself answers Chromium's request for an icon, with a 404.
      const isAboutIcon = url.endsWith('/favicon.ico')
      if (['error', 'warning'].includes(message.type()) && !isAboutIcon) this.complaints.push(message.text())
    })
  }

  /** A page with nothing in it yet. */
  static async create(options: BrowserContextOptions = {}): Promise<HostPage> {
    // Clicks wait until nothing moves any more.
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
    context.setDefaultTimeout(15_000)
    return new HostPage(await context.newPage())
  }

  /** Opens an address and waits for the plan. */
  static async open(url: string, options: BrowserContextOptions = {}): Promise<HostPage> {
    const host = await HostPage.create(options)
    await host.page.goto(url)
    await host.planName.waitFor()
    return host
  }

  /** The heading of the plan: the kit is there. */
  get planName(): Locator {
    return this.page.getByRole('heading', { name: 'Essentials' }).first()
  }

  /** The colour of a button that offers a purchase. */
  accent(): Promise<string> {
    const offer = this.page.locator('[data-slot="button"][data-variant="primary"]').first()
    return offer.evaluate((button) => getComputedStyle(button).backgroundColor)
  }

  /** Opens the purchase of Analytics+, until its price can be confirmed. */
  async review(): Promise<void> {
    await this.page.getByRole('button', { name: 'Subscribe now, Analytics+', exact: true }).first().click()
    await this.confirm.waitFor()
  }

  /** Buys Analytics+, until it is there. */
  async buy(): Promise<void> {
    await this.review()
    await this.confirm.click()
    await this.page.getByRole('heading', { name: 'Analytics+ is ready' }).waitFor()
  }

  /** The button with the price, once it takes a press. */
  get confirm(): Locator {
    return this.dialog.getByRole('button', { name: /^Subscribe for/ }).and(this.page.locator(':not([aria-disabled])'))
  }
}
