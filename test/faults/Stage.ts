import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, inject, onTestFinished } from 'vitest'
import type { HarnessOptions } from '../server/harness.js'
import { BankServer } from './BankServer.js'
import type { PageName } from './buildPages.js'
import { HostServer, type Person } from './HostServer.js'
import { type HostOptions, searchOf } from './page/HostOptions.js'
import { Tab } from './Tab.js'

type PageOptions = Partial<HostOptions> & { build?: PageName }

let browser: Browser

/** Connects the tests of a file to the one browser. */
export function connectBrowser(): void {
  beforeAll(async () => {
    browser = await chromium.connect(inject('browser'))
  })
  afterAll(() => browser?.close())
}

/** One test's world: a host's server, a bank, and people with browsers of their own. */
export class Stage {
  readonly host: HostServer
  readonly bank: BankServer

  private constructor(options: HarnessOptions) {
    this.host = new HostServer(inject('pages'), options)
    this.bank = new BankServer(this.host.backend)
  }

  /** Sets the stage, until the test is over. */
  static async set(options: HarnessOptions = {}): Promise<Stage> {
    const stage = new Stage(options)
    await Promise.all([stage.host.start(), stage.bank.start()])
    onTestFinished(async () => {
      await Promise.all([stage.host.stop(), stage.bank.stop()])
    })
    return stage
  }

  /** A browser of one person's own, with nothing in it but the session. */
  async browserOf(person: Person, options: BrowserContextOptions = {}): Promise<BrowserContext> {
    // Clicks wait until nothing moves any more.
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
    context.setDefaultTimeout(15_000)
    onTestFinished(() => context.close())
    await this.signIn(context, person)
    return context
  }

  /** From now on this browser's requests are this person's. */
  async signIn(context: BrowserContext, person: Person): Promise<void> {
    await context.addCookies([{ name: 'session', value: person, url: this.host.origin }])
  }

  /** Opens the host's page in a new tab; by a person's name: in a browser of their own. */
  async open(who: Person | BrowserContext, options: PageOptions = {}): Promise<Tab> {
    const context = typeof who === 'string' ? await this.browserOf(who) : who
    return this.visit(await context.newPage(), options)
  }

  /** Goes to the host's page. */
  async visit(page: Page, options: PageOptions = {}): Promise<Tab> {
    const tab = new Tab(page)
    await page.goto(this.addressOf(options))
    return tab
  }

  /** The address of the host's page. */
  addressOf({ build = 'react-19', ...options }: PageOptions = {}): string {
    return `${this.host.origin}/${build}/${searchOf({ bank: this.bank.origin, ...options })}`
  }
}
