import * as v from 'valibot'
import { expect } from 'vitest'
import type { Money } from '../../src/domain/money.js'
import type { PlanOverview } from '../../src/domain/planOverview.js'
import { expectedOf, type PurchasePreview } from '../../src/domain/purchase.js'
import type { AddOnOperation } from '../../src/protocol/routes.js'
import { pathOf } from '../../src/protocol/routes.js'
import {
  type PurchaseAnswer,
  planOverviewSchema,
  purchaseAnswerSchema,
  purchasePreviewSchema,
} from '../../src/protocol/schemas.js'
import { createUuid } from '../../src/protocol/uuid.js'
import {
  type AddOnHandlerOptions,
  type AddOnNotification,
  type AddOnRecord,
  type AddOnStore,
  type Catalog,
  type CatalogAddOn,
  createAddOnHandler,
  createMemoryStore,
  type HostAccount,
  type Identity,
  type MemoryStoreSeed,
} from '../../src/server/index.js'
import { FakeBilling } from './FakeBilling.js'

export const origin = 'https://app.example'
/** The middle of a month of 31 days. */
const startTime = '2026-03-16T12:00:00.000Z'
export const analytics = 'analytics-plus'
/** Sold by quote, with a trial. */
export const voice = 'ai-voice-agent'
export const minute = 60_000
export const day = 24 * 60 * minute

const accountId = 'acc_acme'
export const people = {
  olive: { accountId, userId: 'usr_olive', name: 'Olive', role: 'owner' },
  otto: { accountId, userId: 'usr_otto', name: 'Otto', role: 'owner' },
  ada: { accountId, userId: 'usr_ada', name: 'Ada', role: 'admin' },
  sunny: { accountId, userId: 'usr_sunny', name: 'Sunny', role: 'supervisor' },
  gus: { accountId, userId: 'usr_gus', name: 'Gus', role: 'agent' },
  /** An Owner of another account. */
  stranger: { accountId: 'acc_other', userId: 'usr_olive', name: 'Stranger', role: 'owner' },
} as const satisfies Record<string, Identity>

/** An account, on Essentials, in the middle of its month: 15 seats. */
export function accountWith(change: Partial<HostAccount> = {}): HostAccount {
  return {
    id: accountId,
    name: 'Acme',
    plan: { id: 'essentials', name: 'Essentials' },
    purchasing: { mode: 'self-serve', adminsCanRequestQuote: false },
    contacts: { accountManager: { name: 'Mara', email: 'mara@northwind.example' } },
    owners: [{ name: 'Olive' }, { name: 'Otto' }],
    billing: {
      frequency: 'monthly',
      currency: 'USD',
      period: { start: '2026-03-01T00:00:00.000Z', end: '2026-04-01T00:00:00.000Z' },
      nextInvoiceDate: '2026-04-01T00:00:00.000Z',
      timeZone: 'UTC',
      seats: { standardLicenses: 12, additionalUsers: 3 },
    },
    payment: { label: 'Visa ending 4242' },
    ...change,
  }
}

const everywhere = { essentials: 'purchasable', professional: 'purchasable' } as const

export const addOns: readonly CatalogAddOn[] = [
  {
    id: analytics,
    name: 'Analytics+',
    description: 'Dashboards.',
    prices: { USD: { monthly: 1500, annual: 15_000 }, JPY: { monthly: 2200 } },
    plans: everywhere,
    trial: { days: 30 },
  },
  {
    id: 'ai-assist',
    name: 'AI Assist',
    description: 'Summaries.',
    prices: { USD: { monthly: 900, annual: 9000 } },
    plans: { essentials: 'purchasable', professional: 'included' },
    trial: { days: 30 },
  },
  { id: voice, name: 'AI Voice Agent', description: 'Answers.', plans: everywhere, trial: { days: 14 } },
  {
    id: 'legacy',
    name: 'Legacy',
    description: 'Not sold any more.',
    prices: { USD: { monthly: 100 } },
    plans: { professional: 'purchasable' },
  },
]

/** An answer of the handler. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

/** What a POST is made of, where it differs from a correct one by the present viewer. */
export interface PostOptions {
  addOnId?: string
  /** Besides the account's id. */
  body?: Readonly<Record<string, unknown>>
  /** The body as it is sent. */
  raw?: BodyInit
  /** `null`: none. @default a fresh one */
  key?: string | null
  /** Who sends it. @default the harness's viewer */
  as?: Identity | null
  headers?: Readonly<Record<string, string>>
  path?: string
}

export interface HarnessOptions extends Partial<Omit<AddOnHandlerOptions, 'now' | 'catalog'>> {
  account?: Partial<HostAccount>
  catalog?: Catalog
  seed?: MemoryStoreSeed[string]
}

/** A handler with everything around it in reach: store, bank, clock, session, account, catalogue. */
export class Harness {
  readonly billing = new FakeBilling()
  readonly notifications: AddOnNotification[] = []
  /** What was written in transactions, e.g. `addOn analytics-plus`. */
  readonly writes: string[] = []
  readonly store: AddOnStore
  readonly handle: (request: Request) => Promise<Response>
  /** Who is signed in. */
  viewer: Identity | null = people.olive
  account: HostAccount
  catalog: { addOns: readonly CatalogAddOn[]; terms?: NonNullable<Catalog['terms']> }
  now = startTime
  readonly #senders = new WeakMap<Request, Identity | null>()

  constructor({ account, catalog = { addOns }, seed = {}, ...options }: HarnessOptions = {}) {
    this.account = accountWith(account)
    this.catalog = { ...catalog }
    this.store = options.store ?? recorded(createMemoryStore({ [this.account.id]: seed }), this.writes)
    this.handle = createAddOnHandler({
      identify: (request) => this.#senders.get(request) ?? (this.#senders.has(request) ? null : this.viewer),
      accounts: { get: (id) => (id === this.account.id ? this.account : accountWith({ id, name: 'Other' })) },
      catalog: this.catalog,
      billing: this.billing,
      notify: (notification) => void this.notifications.push(notification),
      basePath: '/api/add-ons',
      ...options,
      store: this.store,
      now: () => new Date(this.now),
    })
  }

  /** Changes how the account is billed. */
  bill(change: Partial<HostAccount['billing']>): void {
    this.account = { ...this.account, billing: { ...this.account.billing, ...change } }
  }

  /** Lets time pass. */
  pass(milliseconds: number): void {
    this.now = new Date(Date.parse(this.now) + milliseconds).toISOString()
  }

  async send(request: Request, as?: Identity | null): Promise<Answer> {
    if (as !== undefined) this.#senders.set(request, as)
    const response = await this.handle(request)
    const body: unknown = JSON.parse(await response.text())
    return { status: response.status, headers: response.headers, body }
  }

  post(operation: AddOnOperation, options: PostOptions = {}): Promise<Answer> {
    return this.send(this.request(operation, options), options.as)
  }

  /** A POST that is not sent yet. */
  request(operation: AddOnOperation, options: PostOptions = {}): Request {
    const { addOnId = analytics, body, key = createUuid(), path = pathOf(operation, addOnId) } = options
    const sender = options.as ?? this.viewer
    const headers = new Headers({ 'Content-Type': 'application/json', ...options.headers })
    if (key !== null) headers.set('Idempotency-Key', key)
    const sent = options.raw ?? JSON.stringify({ accountId: sender?.accountId ?? accountId, ...body })
    const init = { method: 'POST', headers, body: sent, duplex: 'half' }
    return new Request(`${origin}/api/add-ons${path}`, init)
  }

  async get(as?: Identity | null): Promise<Answer> {
    return this.send(new Request(`${origin}/api/add-ons/plan`), as)
  }

  async plan(as?: Identity): Promise<PlanOverview> {
    const answer = await this.get(as)
    expect(answer.status).toBe(200)
    return planOverviewSchema(answer.body)
  }

  /** The add-on as the plan tells of it. */
  async told(as?: Identity, addOnId = analytics) {
    const { addOns } = await this.plan(as)
    return addOns.find(({ id }) => id === addOnId)
  }

  async preview(as?: Identity, addOnId = analytics): Promise<PurchasePreview> {
    const answer = await this.post('previewPurchase', { addOnId, ...(as && { as }) })
    expect(answer.status).toBe(201)
    return previewIn(answer)
  }

  /** Confirms a preview, as its buyer saw it. */
  buy(preview: PurchasePreview, options: PostOptions = {}): Promise<Answer> {
    return this.post('purchase', {
      addOnId: preview.addOnId,
      ...options,
      body: { ...bodyOf(preview), ...options.body },
    })
  }

  record(addOnId = analytics): Promise<AddOnRecord> {
    return this.store.transaction(this.account.id, (records) => records.readAddOn(addOnId))
  }

  /** I1 and I2: at most one payment per account and add-on, and of what was shown. */
  expectOneCharge(amount: Money): void {
    expect(this.billing.payments.map((payment) => payment.amount)).toEqual([amount])
  }
}

/** What a purchase's body says of a preview. */
export function bodyOf(preview: PurchasePreview): Record<string, unknown> {
  return { previewId: preview.previewId, expected: expectedOf(preview), acceptedFinalSale: true }
}

/** A preview's answer, parsed. */
export function previewIn(answer: Answer): PurchasePreview {
  return purchasePreviewSchema(answer.body)
}

/** A purchase's answer, parsed. */
export function purchaseOf(answer: Answer): PurchaseAnswer {
  return purchaseAnswerSchema(answer.body)
}

const problemSchema = v.object({
  type: v.literal('about:blank'),
  title: v.string(),
  status: v.number(),
  code: v.string(),
  requestId: v.pipe(v.string(), v.uuid()),
  reason: v.exactOptional(v.string()),
  reasonText: v.exactOptional(v.string()),
  retryAfter: v.exactOptional(v.number()),
  purchasedBy: v.exactOptional(v.string()),
  preview: v.exactOptional(v.pipe(v.unknown(), v.transform(purchasePreviewSchema))),
})

/** A refusal's body, parsed. */
export function problemOf(answer: Answer): v.InferOutput<typeof problemSchema> {
  const problem = v.parse(problemSchema, answer.body)
  expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
  expect(answer.headers.get('X-Request-Id')).toBe(problem.requestId)
  expect(problem.status).toBe(answer.status)
  return problem
}

/** A refusal in a word: its status, its code and its reason, where it has one. */
export function refusalIn(answer: Answer): string {
  const { code, reason } = problemOf(answer)
  return [answer.status, code, reason].filter(Boolean).join(' ')
}

function recorded(store: AddOnStore, writes: string[]): AddOnStore {
  return {
    ...store,
    transaction: (account, work) =>
      store.transaction(account, (records) =>
        work({
          ...records,
          writeAddOn(id, record) {
            writes.push(`addOn ${id}`)
            return records.writeAddOn(id, record)
          },
          writePreview(record) {
            writes.push('preview')
            return records.writePreview(record)
          },
          writeKey(key, record) {
            writes.push('key')
            return records.writeKey(key, record)
          },
        }),
      ),
  }
}
