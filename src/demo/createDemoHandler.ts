import { type Frequency, type PurchasingMode, type Seats, totalSeats } from '../domain/account.js'
import { readIf } from '../protocol/forms.js'
import { requestSchemas } from '../protocol/requests.js'
import { idempotencyKeyHeader, matchPath } from '../protocol/routes.js'
import { type AddOnStore, createAddOnHandler, createMemoryStore } from '../server/index.js'
import {
  type DemoPlan,
  type DemoStatus,
  demoAccount,
  demoAccountId,
  demoAddOns,
  demoIdentity,
  demoRecord,
  otherOwner,
} from './data.js'
import { createDemoBilling } from './demoBilling.js'

/** A value, or a function that is asked on each request. */
export type DemoValue<T> = T | (() => T)

/** What the next purchase of the demo comes to. */
export type NextPurchase =
  | 'declined'
  | 'price-changed'
  | 'expired'
  | 'action-needed'
  | 'processing'
  | 'lost-answer'
  | 'bought-by-other'

/** How the demo's backend can be set up. */
export interface DemoOptions {
  /** @default 'owner' */
  role?: DemoValue<string> | undefined
  /** @default 'essentials' */
  plan?: DemoValue<DemoPlan> | undefined
  /** @default 'self-serve' */
  mode?: DemoValue<PurchasingMode> | undefined
  /** @default false */
  adminsCanRequestQuote?: DemoValue<boolean> | undefined
  /** Who is signed in. @default a fictional person for each role */
  viewer?: DemoValue<{ id: string; name: string }> | undefined
  /** Adapters and handlers given one store see one account. @default a store of its own */
  store?: AddOnStore | undefined
  /** @default 'monthly' */
  frequency?: DemoValue<Frequency> | undefined
  /** USD, EUR, JPY or KWD. @default 'USD' */
  currency?: DemoValue<string> | undefined
  /** @default { standardLicenses: 12, additionalUsers: 3 } */
  seats?: DemoValue<Seats> | undefined
  /** The status an add-on begins with, by id; what is in the store already stays. */
  statuses?: Readonly<Record<string, DemoStatus>> | undefined
  /** Milliseconds before each answer. @default 0 */
  latency?: DemoValue<number> | undefined
  /** @default () => new Date() */
  now?: (() => Date) | undefined
  /** A value holds for one purchase; a function is asked at each one. */
  nextPurchase?: DemoValue<NextPurchase | undefined> | undefined
}

function read<T>(value: DemoValue<T> | undefined, fallback: T): T {
  if (value === undefined) return fallback
  return typeof value === 'function' ? (value as () => T)() : value
}

/**
 * The real server handler over the demo's data and a memory store, with a few things a real backend cannot be told to
 * do. Rejects with a `TypeError`, as `fetch` does, where an answer is to get lost.
 */
export function createDemoHandler(
  options: DemoOptions & { basePath?: string } = {},
): (request: Request) => Promise<Response> {
  const { store = createMemoryStore(), now = () => new Date(), statuses = {} } = options
  const billing = createDemoBilling()
  const seenKeys = new Set<string>()
  let addedUsers = 0
  let isPlanned = typeof options.nextPurchase === 'string'

  const seats = () => {
    const { standardLicenses, additionalUsers } = read(options.seats, { standardLicenses: 12, additionalUsers: 3 })
    return { standardLicenses, additionalUsers: additionalUsers + addedUsers }
  }
  const seeded = store.transaction(demoAccountId, async (records) => {
    for (const [id, status] of Object.entries(statuses)) {
      const record = await records.readAddOn(id)
      if (!record.sale && !record.trial)
        await records.writeAddOn(id, { ...record, ...demoRecord(status, now(), seats()) })
    }
  })

  const handle = createAddOnHandler({
    identify: () => demoIdentity(read(options.role, 'owner'), read(options.viewer, undefined)),
    accounts: {
      get: () =>
        demoAccount(
          {
            plan: read(options.plan, 'essentials'),
            mode: read(options.mode, 'self-serve'),
            adminsCanRequestQuote: read(options.adminsCanRequestQuote, false),
            frequency: read(options.frequency, 'monthly'),
            currency: read(options.currency, 'USD'),
            seats: seats(),
          },
          now(),
        ),
    },
    catalog: {
      addOns: demoAddOns.map((addOn) => {
        const status = statuses[addOn.id]
        if (status === 'included') return { ...addOn, plans: { essentials: status, professional: status } }
        return status === 'unavailable' ? { ...addOn, plans: {} } : addOn
      }),
    },
    store,
    billing,
    now,
    basePath: options.basePath,
  })

  function planned(): NextPurchase | undefined {
    if (typeof options.nextPurchase === 'function') return options.nextPurchase()
    const next = isPlanned ? options.nextPurchase : undefined
    isPlanned = false
    return next
  }

  /** Sets the stage for a purchase that arrives for the first time. */
  async function prepare(next: NextPurchase | undefined, addOnId: string, body: unknown): Promise<void> {
    switch (next) {
      case 'declined':
      case 'processing':
      case 'action-needed':
        return billing.nextCharge(next)
      case 'price-changed':
        addedUsers += 2
        return
      case 'expired':
        return expirePreview(store, body, now())
      case 'bought-by-other':
        return store.recordSale(demoAccountId, addOnId, {
          since: now().toISOString(),
          by: otherOwner.name,
          seats: totalSeats(seats()),
        })
      default:
        return billing.nextCharge(undefined)
    }
  }

  return async (request) => {
    await seeded
    const wait = read(options.latency, 0)
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    const route = matchPath(new URL(request.url).pathname.slice(options.basePath?.length ?? 0))
    const key = request.headers.get(idempotencyKeyHeader)
    if (route?.operation !== 'purchase' || !key) return handle(request)
    if (seenKeys.has(key)) {
      billing.cameBack(route.addOnId)
      return handle(request)
    }
    seenKeys.add(key)
    const next = planned()
    const body: unknown = await request
      .clone()
      .json()
      .catch(() => undefined)
    await prepare(next, route.addOnId, body)
    const response = await handle(request)
    if (next === 'lost-answer') throw new TypeError('The answer got lost on its way.')
    return response
  }
}

async function expirePreview(store: AddOnStore, body: unknown, now: Date): Promise<void> {
  const purchase = readIf(requestSchemas.purchase, body)
  if (!purchase) return
  await store.transaction(demoAccountId, async (records) => {
    const record = await records.readPreview(purchase.previewId)
    if (!record) return
    await records.writePreview({ ...record, preview: { ...record.preview, expiresAt: now.toISOString() } })
  })
}
