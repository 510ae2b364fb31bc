import * as v from 'valibot'
import { prorate } from '../../src/domain/proration.js'
import { expectedOf, type PurchasePreview } from '../../src/domain/purchase.js'
import { fieldOf, readIf } from '../../src/protocol/forms.js'
import { idempotencyKeyHeader, pathOf } from '../../src/protocol/routes.js'
import { purchasePreviewSchema } from '../../src/protocol/schemas.js'
import { createUuid } from '../../src/protocol/uuid.js'
import type {
  AccountRecords,
  AddOnRecord,
  AddOnStore,
  KeyRecord,
  PendingRecord,
  PreviewRecord,
} from '../../src/server/index.js'
import { createMemoryStore } from '../../src/server/index.js'
import type { Fault, Handle } from './KitBackend.js'

/** The kit's backend with one thing done wrongly, as a backend of one's own might do it. */
export const brokenBackends = {
  'has no idempotency': { handle: (handle, request) => handle(withKey(request, createUuid())) },

  'sends a charge again instead of looking it up': {
    billing: (bank) => ({
      preview: (input) => bank.preview(input),
      cancel: (attemptId) => bank.cancel(attemptId),
      lookup: () => ({ status: 'none' }),
      charge: ({ preview }) => bank.charge({ attemptId: createUuid(), preview }),
    }),
  },

  'replays an answer whatever the body': {
    handle: async (handle, request, backend) => {
      const key = request.headers.get(idempotencyKeyHeader)
      const first = memoryOf(backend, key)
      const body = await request.clone().text()
      if (!key || !first) return handle(request)
      first.body ??= body
      return handle(withBody(request, first.body))
    },
  },

  'replays before authorising': {
    handle: async (handle, request, backend) => {
      const key = request.headers.get(idempotencyKeyHeader)
      const first = memoryOf(backend, key)
      if (first?.answer) return first.answer.clone()
      const answer = await handle(request)
      if (first && answer.status === 201) first.answer = answer.clone()
      return answer
    },
  },

  'forgets that a key was declined': {
    handle: async (handle, request, backend) => {
      const first = memoryOf(backend, request.headers.get(idempotencyKeyHeader))
      const answer = await handle(first?.key ? withKey(request, first.key) : request)
      if (first && answer.status === 402) first.key = createUuid()
      return answer
    },
  },

  'charges the new price': {
    handle: async (handle, request, backend) => {
      const body = await purchaseIn(request)
      const first = memoryOf(backend, request.headers.get(idempotencyKeyHeader))
      if (!body || !first) return handle(request)
      const preview = first.body ? undefined : await newPreview(handle, request)
      if (preview) first.body = JSON.stringify({ ...body, previewId: preview.previewId, expected: expectedOf(preview) })
      return handle(first.body ? withBody(request, first.body) : request)
    },
  },

  'charges without comparing what was shown': {
    store: (store) =>
      changed(store, {
        readPreview: (record) => ({ ...record, usedBy: null }),
      }),
    handle: async (handle, request, backend) => {
      const body = await purchaseIn(request)
      const previewId = fieldOf(body, 'previewId')
      const accountId = fieldOf(body, 'accountId')
      if (typeof previewId !== 'string' || typeof accountId !== 'string') return handle(request)
      const locked = await backend.store.transaction(accountId, (records) => records.readPreview(previewId))
      if (!locked) return handle(request)
      return handle(withBody(request, JSON.stringify({ ...body, expected: expectedOf(locked.preview) })))
    },
  },

  'charges another amount than it says': {
    billing: (bank) => ({
      preview: (input) => bank.preview(input),
      cancel: (attemptId) => bank.cancel(attemptId),
      lookup: (attemptId) => bank.lookup(attemptId),
      charge({ attemptId, preview }) {
        const result = bank.charge({ attemptId, preview })
        const last = bank.charges.at(-1)
        if (result.status === 'paid' && last) {
          bank.charges.splice(-1, 1, { ...last, amount: { ...last.amount, amount: last.amount.amount + 1 } })
        }
        return result
      },
    }),
  },

  'accepts expired previews': {
    store: (store) =>
      changed(store, {
        readPreview: (record) => ({
          ...record,
          preview: { ...record.preview, expiresAt: '2099-01-01T00:00:00.000Z' },
        }),
      }),
  },

  "accepts another person's preview": {
    store: (store) =>
      changed(store, { readPreview: (record) => ({ ...record, viewerId: record.preview.accountId && 'usr_otto' }) }),
    identify: (identity) => (identity.userId === 'usr_olive' ? { ...identity, userId: 'usr_otto' } : identity),
  },

  'forgets roles': {
    identify: (identity, request) => (request.method === 'POST' ? { ...identity, role: 'owner' } : identity),
  },

  'forgets roles when it reads': {
    identify: (identity, request) =>
      request.method === 'GET' && identity.role !== 'owner' ? { ...identity, role: 'owner' } : identity,
  },

  'tells agents prices': {
    handle: async (handle, request) => {
      if (request.method !== 'GET' || request.headers.get('Authorization') !== 'Bearer agent') return handle(request)
      const asSupervisor = new Request(request, { headers: { Authorization: 'Bearer supervisor' } })
      const [agents, supervisors] = [await jsonOf(handle(request)), await jsonOf(handle(asSupervisor))]
      return Response.json({ ...agents, addOns: supervisors.addOns })
    },
  },

  'tells admins who asked': {
    handle: async (handle, request) => {
      if (request.method !== 'GET' || request.headers.get('Authorization') !== 'Bearer admin') return handle(request)
      const asOwner = new Request(request, { headers: { Authorization: 'Bearer owner' } })
      const [admins, owners] = [await jsonOf(handle(request)), await jsonOf(handle(asOwner))]
      const all = v.parse(v.array(v.looseObject({ featureRequests: v.unknown() })), owners.addOns)
      const own = v.parse(v.array(v.looseObject({ featureRequests: v.looseObject({}) })), admins.addOns)
      const addOns = own.map((addOn, index) => ({
        ...addOn,
        featureRequests: { ...addOn.featureRequests, from: fieldOf(all[index]?.featureRequests, 'from') },
      }))
      return Response.json({ ...admins, addOns })
    },
  },

  'leaks a tenant': {
    // The account of the body, not that of the session.
    identify: async (identity, request) => {
      const accountId = fieldOf(await bodyIn(request), 'accountId')
      return typeof accountId === 'string' && accountId.startsWith('acc_') ? { ...identity, accountId } : identity
    },
  },

  'keeps one record for all accounts': {
    store: (store) => ({
      ...store,
      transaction: (_account, work) => store.transaction('acc_larkspur', work),
    }),
  },

  'rounds per seat': {
    billing: (bank) => ({
      preview: ({ account, seats, unitPrice, at }) => {
        const one = prorate({ amount: unitPrice.amount, period: account.billing.period, at })
        return { lines: [{ kind: 'prorated', amount: { ...unitPrice, amount: one * seats } }] }
      },
      cancel: (attemptId) => bank.cancel(attemptId),
      lookup: (attemptId) => bank.lookup(attemptId),
      charge: (input) => bank.charge(input),
    }),
  },

  'forgets dedupe': {
    store: (store) =>
      changed(store, {
        // Nobody's request is ever found again.
        readAddOn: (record) => ({
          ...record,
          notifiedAt: null,
          featureRequests: record.featureRequests.map((request) => ({ ...request, viewerId: createUuid() })),
        }),
      }),
  },

  'tells people of every request': {
    store: (store) => changed(store, { readAddOn: (record) => ({ ...record, notifiedAt: null }) }),
  },

  'starts a trial twice': {
    store: (store, backend) =>
      changed(store, {
        readAddOn: (record) =>
          record.trial && record.trial.endsAt <= backend.now ? { ...record, trial: null } : record,
      }),
  },

  'releases a pending purchase by a timer': {
    store: (store, backend) =>
      changed(store, {
        readAddOn: (record) =>
          record.pending && Date.parse(backend.now) - Date.parse(record.pending.startedAt) > 30 * 60_000
            ? { ...record, pending: null }
            : record,
      }),
  },

  'checks and writes without a lock': { store: () => racyStore() },

  'reserves nothing while it charges': {
    store: (store) => changed(store, { readAddOn: (record) => ({ ...record, pending: unleased(record.pending) }) }),
    billing: (bank) => ({
      preview: (input) => bank.preview(input),
      cancel: (attemptId) => bank.cancel(attemptId),
      lookup: (attemptId) => bank.lookup(attemptId),
      charge: async ({ preview }) => {
        await pause()
        return bank.charge({ attemptId: createUuid(), preview })
      },
    }),
  },

  'lets everybody in': {
    handle: (handle, request) => {
      if (request.headers.has('Authorization')) return handle(request)
      const signedIn = new Request(request)
      signedIn.headers.set('Authorization', 'Bearer owner')
      return handle(signedIn)
    },
  },

  'sends amounts as decimals': {
    handle: async (handle, request) => {
      const answer = await handle(request)
      if (!request.url.endsWith('/purchase-previews') || answer.status !== 201) return answer
      const preview = await jsonOf(Promise.resolve(answer))
      const amount = Number(fieldOf(preview.dueNow, 'amount')) / 100
      return Response.json({ ...preview, dueNow: { currency: 'USD', amount } }, { status: 201 })
    },
  },

  'cuts long notes': {
    handle: async (handle, request) => {
      const body = await bodyIn(request)
      const note = fieldOf(body, 'note')
      if (typeof note !== 'string' || typeof body !== 'object') return handle(request)
      return handle(withBody(request, JSON.stringify({ ...body, note: note.slice(0, 1000) })))
    },
  },
} satisfies Record<string, Fault>

interface Memory {
  body?: string
  answer?: Response
  key?: string
}

const memories = new WeakMap<object, Map<string, Memory>>()

/** What a backend remembers of a key. */
function memoryOf(backend: object, key: string | null): Memory | undefined {
  if (!key) return undefined
  const known = memories.get(backend) ?? new Map<string, Memory>()
  memories.set(backend, known)
  const memory = known.get(key) ?? {}
  known.set(key, memory)
  return memory
}

function withKey(request: Request, key: string): Request {
  if (!request.headers.has(idempotencyKeyHeader)) return request
  const headers = new Headers(request.headers)
  headers.set(idempotencyKeyHeader, key)
  return new Request(request, { headers })
}

function withBody({ url, method, headers }: Request, body: string): Request {
  return new Request(url, { method, headers, body })
}

async function bodyIn(request: Request): Promise<unknown> {
  if (request.method !== 'POST') return undefined
  try {
    const body: unknown = await request.clone().json()
    return body
  } catch {
    return undefined
  }
}

/** The body of a purchase; `undefined` for every other request. */
async function purchaseIn(request: Request): Promise<object | undefined> {
  if (!request.url.endsWith('/purchases')) return undefined
  const body = await bodyIn(request)
  return typeof body === 'object' && body !== null ? body : undefined
}

async function newPreview(handle: Handle, request: Request): Promise<PurchasePreview | undefined> {
  const [, addOnId = ''] = /add-ons\/([^/]+)\/purchases$/.exec(request.url) ?? []
  const url = request.url.replace(pathOf('purchase', addOnId), pathOf('previewPurchase', addOnId))
  const body = JSON.stringify({ accountId: fieldOf(await bodyIn(request), 'accountId') })
  const answer = await handle(new Request(url, { method: 'POST', headers: request.headers, body }))
  return readIf(purchasePreviewSchema, await answer.json())
}

async function jsonOf(response: Promise<Response>): Promise<Record<string, unknown>> {
  return v.parse(v.record(v.string(), v.unknown()), await (await response).json())
}

/** A store that reads otherwise than it wrote. */
function changed(
  store: AddOnStore,
  {
    readAddOn = (record) => record,
    readPreview = (record) => record,
  }: {
    readAddOn?(record: AddOnRecord): AddOnRecord
    readPreview?(record: PreviewRecord): PreviewRecord
  },
): AddOnStore {
  return {
    ...store,
    transaction: (account, work) =>
      store.transaction(account, (records) =>
        work({
          ...records,
          readAddOn: async (id) => readAddOn(await records.readAddOn(id)),
          readPreview: async (id) => {
            const record = await records.readPreview(id)
            return record && readPreview(record)
          },
        }),
      ),
  }
}

function unleased(pending: PendingRecord | null): PendingRecord | null {
  return pending && { ...pending, leaseUntil: null }
}

/** Lets everybody else go on meanwhile; without a timer, so that it always comes to the same. */
async function pause(): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) await undefined
}

/** A store whose transactions run side by side: what is read may be old when something is written. */
function racyStore(): AddOnStore {
  const store = createMemoryStore()
  const addOns = new Map<string, AddOnRecord>()
  const previews = new Map<string, PreviewRecord>()
  const keys = new Map<string, KeyRecord>()
  return {
    ...store,
    async transaction(account, work) {
      const of = (id: string) => JSON.stringify([account, id])
      const empty = await store.transaction(account, (records) => records.readAddOn('-'))
      const records: AccountRecords = {
        readAddOn: async (id) => addOns.get(of(id)) ?? empty,
        readPreview: async (id) => previews.get(of(id)),
        readKey: async (id) => keys.get(of(id)),
        async writeAddOn(id, record) {
          await pause()
          addOns.set(of(id), record)
        },
        writePreview: async (record) => void previews.set(of(record.preview.previewId), record),
        async writeKey(id, record) {
          await pause()
          keys.set(of(id), record)
        },
      }
      return work(records)
    },
  }
}
