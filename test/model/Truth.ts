import type { Money } from '../../src/domain/money.js'
import type { PurchasePreview } from '../../src/domain/purchase.js'
import type { RequestBody } from '../../src/protocol/requests.js'
import type { Bank } from './Bank.js'
import type { Clock } from './Clock.js'

/** A confirm button was pressed once, or twice in one task. */
export interface Press {
  /** Who is signed in. */
  readonly viewerId: string
  /** Who is signed in as far as the screen knows. */
  readonly believed: string
  readonly preview: PurchasePreview
  /** Without a connection it must come to nothing, also later. */
  readonly isOffline: boolean
  key: string | undefined
}

/** What really happened in one run, and everything about it that must never happen. */
export class Truth {
  readonly violations: string[] = []
  readonly #bank: Bank
  readonly #clock: Clock
  readonly #presses: Press[] = []
  readonly #bodies = new Map<string, string>()
  readonly #answered = new Set<string>()
  readonly #sentAt = new Map<string, number>()
  /** Attempts as they were reserved. */
  readonly #reserved = new Map<string, { key: string; viewerId: string; preview: PurchasePreview }>()

  constructor(bank: Bank, clock: Clock) {
    this.#bank = bank
    this.#clock = clock
  }

  violation(text: string): void {
    if (!this.violations.includes(text)) this.violations.push(text)
  }

  pressed(press: Omit<Press, 'key'>): void {
    this.#presses.push({ ...press, key: undefined })
  }

  /** Nothing is sent without a click of its sender, and a click is sent under one key only. */
  sent(key: string, body: RequestBody<'purchase'>, believed: string): void {
    if (!this.#sentAt.has(key)) this.#sentAt.set(key, this.#clock.now)
    const text = JSON.stringify(body)
    const known = this.#bodies.get(key)
    this.#bodies.set(key, text)
    if (known !== undefined && known !== text) this.violation('A key was sent with another body.')
    const presses = this.#presses.filter(({ preview }) => preview.previewId === body.previewId)
    const press = presses.find((other) => other.key === key) ?? presses.findLast((other) => other.key === undefined)
    if (!press) {
      this.violation(presses.length > 0 ? 'A click was sent under two keys.' : 'Nobody confirmed it.')
      return
    }
    press.key = key
    if (press.isOffline) this.violation('What was pressed offline was sent later.')
    // A page that does not know yet who is signed in shows one viewer and sends for another.
    if (press.believed !== believed && press.viewerId !== believed) this.violation("Another viewer's attempt was sent.")
  }

  /** A page has learned what became of a key. */
  answered(key: string): void {
    this.#answered.add(key)
  }

  /** Whose keys were sent by a page and never answered, while the shop remembers them. */
  unanswered(): string[] {
    return this.#presses.flatMap(({ key, believed }) => {
      const isOpen = key !== undefined && !this.#answered.has(key) && this.#isRemembered(key)
      return isOpen ? [believed] : []
    })
  }

  reserved(attemptId: string, key: string, viewerId: string, preview: PurchasePreview): void {
    this.#reserved.set(attemptId, { key, viewerId, preview })
  }

  /** Whether money moved for a viewer's key that the shop still remembers. */
  isCharged(key: string | undefined, viewerId: string): boolean {
    return (
      key !== undefined &&
      this.#isRemembered(key) &&
      this.#bank.payments.some(({ attemptId }) => {
        const attempt = this.#reserved.get(attemptId)
        return attempt?.key === key && attempt.viewerId === viewerId
      })
    )
  }

  /** Keys live 30 days. */
  #isRemembered(key: string): boolean {
    const sentAt = this.#sentAt.get(key)
    return sentAt !== undefined && this.#clock.now - sentAt < 30 * 24 * 60 * 60 * 1000
  }

  /** Whether a purchase went through: it was paid, or nothing was due. */
  isBought(attemptId: string | undefined): boolean {
    const attempt = this.#reserved.get(attemptId ?? '')
    if (!attempt) return false
    return attempt.preview.dueNow.amount === 0 || this.#bank.payments.some((paid) => paid.attemptId === attemptId)
  }

  /** I1 and I2. */
  check(): void {
    const { payments } = this.#bank
    if (payments.length > 1) this.violation('I1: charged twice.')
    for (const { attemptId, amount } of payments) {
      const attempt = this.#reserved.get(attemptId)
      const press = this.#presses.find(({ key }) => key === attempt?.key)
      if (!attempt || !press) this.violation('I2: charged what nobody confirmed.')
      else if (press.viewerId !== attempt.viewerId) this.violation("I2: charged for another viewer's click.")
      else if (!isSame(amount, press.preview.dueNow)) this.violation('I2: charged another amount than was shown.')
    }
  }
}

function isSame(a: Money, b: Money): boolean {
  return a.amount === b.amount && a.currency === b.currency
}
