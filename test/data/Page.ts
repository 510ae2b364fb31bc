import { QueryClient } from '@tanstack/react-query'
import { vi } from 'vitest'
import type { AddOnAdapter, PurchaseInput } from '../../src/adapter/AddOnAdapter.js'
import type { AddOnContextValue, AddOnEvent, HostCallbacks } from '../../src/data/AddOnContext.js'
import { createFlowStore, purchaseKey } from '../../src/data/flowStore.js'
import { purchaseAt } from '../../src/data/purchases.js'
import { planQuery } from '../../src/data/queries.js'
import type { AddOn } from '../../src/domain/addOn.js'
import { AddOnError } from '../../src/domain/errors.js'
import type { Money } from '../../src/domain/money.js'
import type { PlanOverview } from '../../src/domain/planOverview.js'
import type { CompletedPurchase, Purchase, PurchasePreview } from '../../src/domain/purchase.js'
import type { Attempt, PurchaseState } from '../../src/domain/purchaseState.js'
import { type Combination, matrixAccountId, matrixAddOnId, matrixPeople, planOverviewOf } from '../matrix/matrix.js'

/** The moment in which the tests begin. */
export const start = Date.parse('2026-03-16T12:00:00.000Z')
export const addOnId = matrixAddOnId
export const accountId = matrixAccountId
const dueNow: Money = { amount: 11_613, currency: 'USD' }

/** An Owner's purchase of 15 seats. */
export const attempt: Attempt = {
  idempotencyKey: '00000000-0000-4000-8000-000000000001',
  accountId,
  viewerId: matrixPeople.owner.id,
  addOnId,
  previewId: 'prv_1',
  expected: { dueNow, seats: 15, termsVersion: '1' },
  sentAt: start,
}
/** The name it is kept under. */
export const keptName = `addon-kit/attempt/${attempt.idempotencyKey}`

/** The price that the attempt is of. */
export const preview: PurchasePreview = {
  previewId: 'prv_1',
  accountId,
  addOnId,
  seats: { standardLicenses: 12, additionalUsers: 3, total: 15 },
  unitPrice: { amount: 1500, currency: 'USD' },
  frequency: 'monthly',
  lines: [{ kind: 'prorated', amount: dueNow }],
  dueNow,
  proration: { from: '2026-03-16T12:00:00.000Z', to: '2026-04-01T00:00:00.000Z', unit: 'second', used: 1, of: 2 },
  nextInvoice: { addOnAmount: { amount: 22_500, currency: 'USD' }, date: '2026-04-01' },
  payment: { label: 'Visa ending 4242' },
  terms: { final: true, version: '1', consent: 'notice' },
  expiresAt: '2026-03-16T12:15:00.000Z',
  serverTime: '2026-03-16T12:00:00.000Z',
}

const facts = { id: 'pur_1', addOnId, seats: 15, requestedAt: '2026-03-16T12:00:00.000Z', purchasedBy: 'Olive' }

export const completed: CompletedPurchase = {
  ...facts,
  status: 'completed',
  purchasedAt: '2026-03-16T12:00:01.000Z',
  charged: dueNow,
  nextInvoice: preview.nextInvoice,
}
export const processing: Purchase = { ...facts, status: 'processing' }
export const action = { type: 'challenge' }
export const actionNeeded: Purchase = { ...facts, status: 'action-needed', action }
export const lost = () => new AddOnError('network')

/** The plan of an Owner who may buy, where nothing else is said. */
export function planOf(change: Partial<Combination> = {}): PlanOverview {
  return planOverviewOf({
    role: 'owner',
    plan: 'essentials',
    mode: 'self-serve',
    adminsCanRequestQuote: false,
    status: 'available',
    isQuoteOpen: false,
    hasAsked: false,
    isPending: false,
    hasPrice: true,
    hasTrial: true,
    ...change,
  })
}

/** A plan with another status or pending purchase of the add-on. */
export function planWith(change: Partial<AddOn>, plan = planOf()): PlanOverview {
  return { ...plan, addOns: plan.addOns.map((addOn) => ({ ...addOn, ...change })) }
}

/** A purchase that is pending for its buyer. */
export const pendingPurchase = {
  state: 'processing',
  startedAt: '2026-03-16T12:00:00.000Z',
  by: 'Olive',
  mine: true,
} as const

/** What the backend does with a purchase that is sent. */
export type Reply = Purchase | AddOnError | (() => Promise<Purchase>)

/** A backend that answers purchases by a list; when it is at its end, the last reply holds. */
export class Backend implements AddOnAdapter {
  readonly sent: PurchaseInput[] = []
  /** When each was sent, in seconds since the test began. */
  readonly times: number[] = []
  /** In which languages the answers were asked for. */
  readonly locales: (string | undefined)[] = []
  plan: PlanOverview | AddOnError = planOf()
  price: PurchasePreview | AddOnError = preview
  reads = 0
  prices = 0
  readonly #replies: Reply[]

  constructor(...replies: Reply[]) {
    this.#replies = replies
  }

  purchase: AddOnAdapter['purchase'] = async (input, options) => {
    this.sent.push(input)
    this.times.push((Date.now() - start) / 1000)
    this.locales.push(options?.locale)
    const reply = this.#replies.length > 1 ? this.#replies.shift() : this.#replies[0]
    if (!reply) throw new TypeError('Nothing may be sent here.')
    if (reply instanceof AddOnError) throw reply
    const purchase = typeof reply === 'function' ? await reply() : reply
    const [addOn] = planWith(
      purchase.status === 'completed'
        ? { status: { kind: 'active', since: purchase.purchasedAt } }
        : { pendingPurchase: { ...pendingPurchase, state: purchase.status } },
    ).addOns
    if (!addOn) throw new TypeError('The plan is empty.')
    return { purchase, addOn }
  }

  getPlan: AddOnAdapter['getPlan'] = async () => {
    this.reads += 1
    if (this.plan instanceof AddOnError) throw this.plan
    return this.plan
  }

  previewPurchase: AddOnAdapter['previewPurchase'] = async () => {
    this.prices += 1
    if (this.price instanceof AddOnError) throw this.price
    return this.price
  }

  requestQuote: AddOnAdapter['requestQuote'] = () => Promise.reject(new AddOnError('forbidden'))
  startTrial: AddOnAdapter['startTrial'] = () => Promise.reject(new AddOnError('forbidden'))
  requestFeature: AddOnAdapter['requestFeature'] = () => Promise.reject(new AddOnError('forbidden'))
}

/** One provider of a page, without anything to see. */
export class Page {
  readonly events: AddOnEvent[] = []
  /** What the host gives the provider to call. */
  readonly host: { current: HostCallbacks } = { current: {} }
  readonly store = createFlowStore()
  readonly key = purchaseKey(accountId, addOnId)
  /** Every step that the purchase took, in order. */
  readonly steps: PurchaseState['step'][] = []
  readonly context: AddOnContextValue
  readonly #queryClient = new QueryClient()

  constructor(adapter: AddOnAdapter) {
    this.context = {
      adapter,
      queryClient: this.#queryClient,
      store: this.store,
      host: this.host,
      emit: (event) => void this.events.push(event),
      scope: undefined,
      session: 0,
      initialPlan: undefined,
      policy: undefined,
      locale: 'de',
      formats: undefined,
      messages: {},
      theme: 'inherit',
      container: undefined,
      linkComponent: 'a',
    }
    this.#queryClient.setQueryData(planQuery(this.context).queryKey, planOf())
    let last: PurchaseState | undefined
    this.store.subscribe(() => {
      if (this.state !== last) this.steps.push(this.state.step)
      last = this.state
    })
  }

  /** Where the purchase stands. */
  get state(): PurchaseState {
    return purchaseAt(this.store, this.key)
  }

  /** What the page knows of the add-on. */
  get addOn(): AddOn | undefined {
    return this.#queryClient.getQueryData(planQuery(this.context).queryKey)?.addOns[0]
  }

  /** Which events the host was told, by their types. */
  get told(): string[] {
    return this.events.map(({ type }) => type)
  }
}

/** The storage of a browser. */
export class MemoryStorage implements Storage {
  readonly #items = new Map<string, string>()

  get length(): number {
    return this.#items.size
  }
  key(index: number): string | null {
    return [...this.#items.keys()][index] ?? null
  }
  getItem(name: string): string | null {
    return this.#items.get(name) ?? null
  }
  setItem(name: string, text: string): void {
    this.#items.set(name, text)
  }
  removeItem(name: string): void {
    this.#items.delete(name)
  }
  clear(): void {
    this.#items.clear()
  }
}

/** What is kept of the attempt, parsed; `null`: nothing. */
export function kept(): unknown {
  return JSON.parse(localStorage.getItem(keptName) ?? 'null')
}

/** The locks that the pages of a browser share, in the order in which they were asked for. */
export class Locks {
  readonly names: string[] = []
  readonly #queues = new Map<string, Promise<unknown>>()

  request(name: string, { signal }: { signal: AbortSignal }, work: () => Promise<void>): Promise<void> {
    this.names.push(name)
    const turn = this.#queues.get(name) ?? Promise.resolve()
    const tooLong = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    const result = Promise.race([turn, tooLong]).then(work)
    this.#queues.set(
      name,
      result.catch(() => undefined),
    )
    return result
  }
}

/** A browser of its own, in which time stands still until it is told to pass. */
export function openBrowser(): void {
  vi.useFakeTimers({ now: start })
  vi.stubGlobal('localStorage', new MemoryStorage())
  vi.stubGlobal('navigator', { locks: new Locks() })
}

export function closeBrowser(): void {
  vi.useRealTimers()
  vi.unstubAllGlobals()
}

/** Lets time pass, in seconds. */
export async function pass(seconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(seconds * 1000)
}

/** Lets everything happen that needs no time. */
export const now = () => pass(0)
