import type { Locator, Page } from 'playwright'

/** One tab of somebody's browser with the host's page in it, by what they see. */
export class Tab {
  readonly page: Page
  /** What the console and the page say of errors. */
  readonly errors: string[] = []
  /** The errors among them that nobody caught. */
  readonly uncaught: string[] = []
  /** The dialog, whichever it is. */
  readonly dialog: Locator
  readonly card: Locator
  readonly navItem: Locator
  readonly subscribe: Locator
  readonly confirm: Locator

  constructor(page: Page) {
    this.page = page
    page.on('pageerror', ({ message }) => {
      this.errors.push(message)
      this.uncaught.push(message)
    })
    page.on('console', (message) => message.type() === 'error' && this.errors.push(message.text()))
    this.dialog = page.getByRole('dialog')
    this.card = page.getByRole('article', { name: 'Analytics+' })
    this.navItem = page.getByRole('navigation').getByText('Analytics+')
    this.subscribe = this.card.getByRole('button', { name: 'Subscribe now, Analytics+' })
    // Half of a month of 15 × $15.
    this.confirm = this.dialog.getByRole('button', { name: 'Subscribe for $112.50 today' })
  }

  /** Opens the purchase from the card, until its price can be confirmed. */
  async review(): Promise<void> {
    await this.subscribe.click()
    await this.confirm.and(this.page.locator(':not([aria-disabled])')).waitFor()
  }

  /** Buys from the card. */
  async buy(): Promise<void> {
    await this.review()
    await this.confirm.click()
  }

  /** The dialog on its way to a heading. */
  dialogNamed(name: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name })
  }

  /** Whether a text can be seen on the card. */
  note(text: string | RegExp): Locator {
    return this.card.getByText(text)
  }

  /** A button in the dialog, by its name. */
  button(name: string): Locator {
    return this.dialog.getByRole('button', { name, exact: true })
  }

  /** What the browser keeps of attempts, as text by its name. */
  attempts(): Promise<Record<string, string>> {
    return this.page.evaluate(() =>
      Object.fromEntries(Object.entries(localStorage).filter(([name]) => name.startsWith('addon-kit/attempt/'))),
    )
  }
}
