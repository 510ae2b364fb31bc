import type { AddOnAdapter } from '../../src/adapter/AddOnAdapter.js'
import { demoAddOns } from '../../src/demo/index.js'
import type { AccountFactors } from '../../src/domain/account.js'
import {
  type AddOnBilling,
  type AddOnNotification,
  type AddOnStore,
  createAddOnHandler,
  createMemoryStore,
  type HostAccount,
  type Identity,
} from '../../src/server/index.js'
import type { BillingSetup, ContractLevers, Person, Records, StandardRole } from '../../src/testing/index.js'
import { FakeBank } from './FakeBank.js'

/** The sign-in of each person: a token that is their name. */
const people: Readonly<Record<string, Identity>> = {
  owner: { accountId: 'acc_larkspur', userId: 'usr_olive', name: 'Olive', role: 'owner' },
  secondOwner: { accountId: 'acc_larkspur', userId: 'usr_otto', name: 'Otto', role: 'owner' },
  admin: { accountId: 'acc_larkspur', userId: 'usr_ada', name: 'Ada', role: 'admin' },
  supervisor: { accountId: 'acc_larkspur', userId: 'usr_sunny', name: 'Sunny', role: 'supervisor' },
  agent: { accountId: 'acc_larkspur', userId: 'usr_gus', name: 'Gus', role: 'agent' },
  stranger: { accountId: 'acc_other', userId: 'usr_olive', name: 'Olive', role: 'owner' },
}

/** What a broken backend does otherwise than the kit's. */
export interface Fault {
  store?(store: AddOnStore, backend: KitBackend): AddOnStore
  billing?(bank: FakeBank, backend: KitBackend): AddOnBilling
  identify?(identity: Identity, request: Request): Identity | Promise<Identity>
  handle?(handle: Handle, request: Request, backend: KitBackend): Promise<Response>
  adapter?(adapter: AddOnAdapter): AddOnAdapter
}

/** A handler of requests. */
export type Handle = (request: Request) => Promise<Response>

/** The kit's own handler with its whole world in reach: bank, store, clock, accounts. */
export class KitBackend {
  readonly bank = new FakeBank()
  readonly store: AddOnStore
  readonly #notifications: AddOnNotification[] = []
  readonly #roles = new Map<string, string>()
  readonly #handle: Handle
  readonly #fault: Fault
  readonly #catalog = { addOns: demoAddOns }
  #lost: 'request' | 'answer' | undefined
  #purchasing: AccountFactors = { mode: 'self-serve', adminsCanRequestQuote: false }
  #billing: HostAccount['billing'] = {
    frequency: 'monthly',
    currency: 'USD',
    period: { start: '2026-03-01T00:00:00.000Z', end: '2026-04-01T00:00:00.000Z' },
    nextInvoiceDate: '2026-04-01T00:00:00.000Z',
    timeZone: 'UTC',
    seats: { standardLicenses: 12, additionalUsers: 3 },
  }
  /** The present instant. */
  now = '2026-03-07T10:20:30.000Z'

  constructor(fault: Fault = {}) {
    this.#fault = fault
    const store = createMemoryStore()
    this.store = fault.store?.(store, this) ?? store
    this.#handle = createAddOnHandler({
      identify: (request) => this.#identify(request),
      accounts: { get: (id) => this.#account(id) },
      catalog: this.#catalog,
      store: this.store,
      billing: fault.billing?.(this.bank, this) ?? this.bank,
      notify: (notification) => void this.#notifications.push(notification),
      now: () => new Date(this.now),
      basePath: '/api/add-ons',
    })
  }

  /** A way to this backend, as its own client would be. */
  wrap(adapter: AddOnAdapter): AddOnAdapter {
    return this.#fault.adapter?.(adapter) ?? adapter
  }

  /** Answers one request. */
  readonly handle: Handle = (request) => this.#fault.handle?.(this.#handle, request, this) ?? this.#handle(request)

  /** The connection to `handle`, which can break. */
  readonly connect =
    (send: Handle): Handle =>
    async (request) => {
      const lost = this.#lost
      this.#lost = undefined
      if (lost === 'request') throw new TypeError('fetch failed')
      const response = await send(request)
      if (lost === 'answer') throw new TypeError('fetch failed')
      return response
    }

  /** The truth behind the adapter, and what moves it. */
  readonly levers: ContractLevers = {
    charges: () => [...this.bank.charges],
    records: () => this.#records(),
    notifications: () =>
      this.#notifications.map(({ type, account, addOn }) => ({ type, accountId: account.id, addOnId: addOn.id })),
    advanceClock: (milliseconds) => {
      this.now = new Date(Date.parse(this.now) + milliseconds).toISOString()
      // The next month begins for the account too.
      const { end } = this.#billing.period
      if (this.now < end) return
      const period = { start: end, end: new Date(Date.parse(end) + 365 * 24 * 60 * 60_000).toISOString() }
      this.#billing = { ...this.#billing, period, nextInvoiceDate: period.end }
    },
    addSeats: (count) => {
      const { seats } = this.#billing
      this.#billing = { ...this.#billing, seats: { ...seats, additionalUsers: seats.additionalUsers + count } }
    },
    setPrice: (addOnId, amount) => this.#price(addOnId, this.#billing.currency, amount),
    setBilling: ({ addOnId, currency, period, at, seats, unitPrice }: BillingSetup) => {
      this.now = at
      this.#price(addOnId, currency, unitPrice)
      this.#billing = {
        ...this.#billing,
        currency,
        period,
        nextInvoiceDate: period.end,
        seats: { standardLicenses: seats, additionalUsers: 0 },
      }
    },
    setPurchasing: (factors) => {
      this.#purchasing = factors
    },
    setRole: (person: Person, role: StandardRole) => void this.#roles.set(person, role),
    nextCharge: (mood) => this.bank.nextCharge(mood),
    decideCharges: (outcome) => this.bank.decideCharges(outcome),
    loseNext: (what) => {
      this.#lost = what
    },
  }

  async #identify(request: Request): Promise<Identity | null> {
    const person = request.headers.get('Authorization')?.replace('Bearer ', '') ?? ''
    const identity = people[person]
    if (!identity) return null
    const present = { ...identity, role: this.#roles.get(person) ?? identity.role }
    return this.#fault.identify?.(present, request) ?? present
  }

  #account(id: string): HostAccount | null {
    if (id !== 'acc_larkspur' && id !== 'acc_other') return null
    return {
      id,
      name: id === 'acc_larkspur' ? 'Larkspur Logistics' : 'Another',
      plan: { id: 'essentials', name: 'Essentials' },
      purchasing: this.#purchasing,
      contacts: { accountManager: { name: 'Mara', email: 'mara@northwind.example' } },
      owners: [{ name: 'Olive' }, { name: 'Otto' }],
      billing: this.#billing,
      payment: { label: 'Visa ending 4242' },
    }
  }

  #price(addOnId: string, currency: string, amount: number): void {
    this.#catalog.addOns = this.#catalog.addOns.map((addOn) =>
      addOn.id === addOnId
        ? { ...addOn, prices: { ...addOn.prices, [currency]: { monthly: amount, annual: amount * 10 } } }
        : addOn,
    )
  }

  #records(): Promise<Records> {
    return recordsOf(this.store, ['acc_larkspur', 'acc_other'])
  }
}

/** What a store has recorded of these accounts. */
export async function recordsOf(store: AddOnStore, accountIds: readonly string[]): Promise<Records> {
  const rows: { [Kind in keyof Records]: { accountId: string; addOnId: string }[] } = {
    sales: [],
    trials: [],
    quoteRequests: [],
    featureRequests: [],
  }
  for (const accountId of accountIds) {
    await store.transaction(accountId, async (records) => {
      for (const { id: addOnId } of demoAddOns) {
        const row = { accountId, addOnId }
        const { sale, trial, quoteRequest, featureRequests } = await records.readAddOn(addOnId)
        if (sale) rows.sales.push(row)
        if (trial) rows.trials.push(row)
        if (quoteRequest) rows.quoteRequests.push(row)
        rows.featureRequests.push(...featureRequests.map(() => row))
      }
    })
  }
  return rows
}
