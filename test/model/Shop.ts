import { type DemoAccountSetup, demoAccount, demoAccountId, demoAddOns, demoIdentity } from '../../src/demo/data.js'
import type { PurchasingMode } from '../../src/domain/account.js'
import { matchPath, type Operation } from '../../src/protocol/routes.js'
import {
  type AddOnBilling,
  type AddOnRecord,
  type AddOnStore,
  type CatalogAddOn,
  createAddOnHandler,
  createMemoryStore,
  type Identity,
} from '../../src/server/index.js'
import type { Bank } from './Bank.js'
import type { Clock } from './Clock.js'
import type { Truth } from './Truth.js'

export const analytics = 'analytics-plus'
export const basePath = '/api/add-ons'

export type Role = 'owner' | 'admin' | 'supervisor' | 'agent'

/** The role documentation, as far as somebody does something: who may, whatever the account says. */
const may: Readonly<Record<string, readonly Role[]>> = {
  purchase: ['owner'],
  startTrial: ['owner', 'admin'],
  requestQuote: ['owner', 'admin'],
  requestFeature: ['admin', 'supervisor'],
}

export const people = {
  olive: { id: 'usr_olive', name: 'Olive' },
  otto: { id: 'usr_otto', name: 'Otto' },
} as const
export type Person = keyof typeof people

/** The real handler over a memory store, with somebody who watches what each request makes of the records. */
export class Shop {
  readonly roles: Record<Person, Role> = { olive: 'owner', otto: 'owner' }
  seats = { standardLicenses: 12, additionalUsers: 3 }
  /** Per seat and month, in minor units. */
  price = 1500
  frequency: DemoAccountSetup['frequency'] = 'monthly'
  mode: PurchasingMode = 'self-serve'
  adminsCanRequestQuote = false
  /** The account has the add-on: nothing here ends it. */
  isSold = false
  readonly store = createMemoryStore()
  readonly #bank: Bank
  readonly #clock: Clock
  readonly #truth: Truth

  constructor(bank: Bank, clock: Clock, truth: Truth) {
    this.#bank = bank
    this.#clock = clock
    this.#truth = truth
  }

  /** Answers one request of whoever is signed in where it comes from. */
  async answer(request: Request, person: Person | null): Promise<Response> {
    const identity = person && demoIdentity(this.roles[person], people[person])
    const { pathname } = new URL(request.url)
    const operation = matchPath(pathname.slice(basePath.length))?.operation
    const handle = createAddOnHandler({
      identify: () => identity,
      accounts: { get: () => this.#account() },
      catalog: { addOns: this.#catalog() },
      store: this.#watched(operation, identity),
      billing: this.#asked(operation, identity),
      now: () => new Date(this.#clock.now),
      basePath,
    })
    const response = await handle(request)
    if (response.status === 500) this.#truth.violation('The handler failed.')
    return response
  }

  record(): Promise<AddOnRecord> {
    return this.store.transaction(demoAccountId, (records) => records.readAddOn(analytics))
  }

  /** Ends the time for which a price is held. */
  async expire(previewId: string): Promise<void> {
    await this.store.transaction(demoAccountId, async (records) => {
      const known = await records.readPreview(previewId)
      const expiresAt = new Date(this.#clock.now).toISOString()
      if (known) await records.writePreview({ ...known, preview: { ...known.preview, expiresAt } })
    })
  }

  #account() {
    const { seats, frequency, mode, adminsCanRequestQuote } = this
    const setup = { plan: 'essentials', currency: 'USD', seats, frequency, mode, adminsCanRequestQuote } as const
    return demoAccount(setup, new Date(this.#clock.now))
  }

  #catalog(): CatalogAddOn[] {
    const prices = { USD: { monthly: this.price, annual: this.price * 10 } }
    return demoAddOns.filter(({ id }) => id === analytics).map((addOn) => ({ ...addOn, prices }))
  }

  /** Nobody did what their role may not: no request of theirs moved money or left something behind. */
  #asked(operation: Operation | undefined, identity: Identity | null): AddOnBilling {
    const bank = this.#bank
    return {
      preview: (input) => bank.preview(input),
      lookup: (attemptId) => bank.lookup(attemptId),
      cancel: (attemptId) => bank.cancel(attemptId),
      charge: (input) => {
        this.#expectAllowed('purchase', operation, identity)
        return bank.charge(input)
      },
    }
  }

  #watched(operation: Operation | undefined, identity: Identity | null): AddOnStore {
    return {
      ...this.store,
      transaction: (accountId, work) =>
        this.store.transaction(accountId, (records) =>
          work({
            ...records,
            writeAddOn: async (addOnId, record) => {
              this.#compare(await records.readAddOn(addOnId), record, operation, identity)
              await records.writeAddOn(addOnId, record)
            },
          }),
        ),
    }
  }

  #compare(before: AddOnRecord, after: AddOnRecord, operation: Operation | undefined, identity: Identity | null): void {
    const { pending, sale } = after
    if (pending && pending.attemptId !== before.pending?.attemptId) {
      this.#expectAllowed('purchase', operation, identity)
      if (before.pending) this.#truth.violation('A second purchase was reserved.')
      this.#truth.reserved(pending.attemptId, pending.idempotencyKey, pending.viewerId, pending.preview)
    }
    if (sale && !before.sale) {
      if (!this.#truth.isBought(sale.reference)) this.#truth.violation('Sold what was not paid.')
      this.isSold = true
    }
    if (before.sale && sale?.reference !== before.sale.reference) this.#truth.violation('A sale was overwritten.')
    if (after.trial && !before.trial) this.#expectAllowed('startTrial', operation, identity)
    if (before.trial && !after.trial) this.#truth.violation('A trial was forgotten.')
    if (after.quoteRequest && !before.quoteRequest) {
      this.#expectAllowed('requestQuote', operation, identity)
      if (identity?.role === 'admin' && !this.adminsCanRequestQuote)
        this.#truth.violation('An admin asked for a quote.')
    }
    const asked = after.featureRequests.find((request) => !before.featureRequests.includes(request))
    if (asked) {
      this.#expectAllowed('requestFeature', operation, identity)
      if (asked.viewerId !== identity?.userId) this.#truth.violation("A request in somebody else's name.")
    }
  }

  #expectAllowed(wanted: Operation, operation: Operation | undefined, identity: Identity | null): void {
    const isAllowed = may[wanted]?.some((role) => role === identity?.role) ?? false
    if (operation !== wanted) this.#truth.violation(`${wanted} was done by a ${operation}.`)
    if (!isAllowed) this.#truth.violation(`Role: ${identity?.role} must not ${wanted}.`)
  }
}
