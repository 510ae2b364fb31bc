import {
  type AccountRecords,
  type AddOnRecord,
  type AddOnStore,
  emptyAddOnRecord,
  type KeyRecord,
  outsideEvents,
  type PreviewRecord,
} from './store.js'

/** What a memory store starts with: by account id, by add-on id, whatever differs from an empty record. */
export type MemoryStoreSeed = Readonly<Record<string, Readonly<Record<string, Partial<AddOnRecord>>>>>

/** A store in memory, and the way back to its beginning. */
export interface MemoryStore extends AddOnStore {
  /** Forgets everything that happened since the seed. */
  reset(): void
}

/** How long keys are kept, in milliseconds: 30 days. */
const keyLifetime = 30 * 24 * 60 * 60 * 1000

interface AccountData {
  addOns: Map<string, AddOnRecord>
  previews: Map<string, PreviewRecord>
  keys: Map<string, KeyRecord>
}

/** A store that lives as long as its process: for demos, tests and hosts that keep the truth elsewhere. */
export function createMemoryStore(seed: MemoryStoreSeed = {}): MemoryStore {
  const accounts = new Map<string, AccountData>()
  const posts = new Map<string, number[]>()
  const queues = new Map<string, Promise<unknown>>()

  function dataOf(accountId: string): AccountData {
    let data = accounts.get(accountId)
    if (!data) {
      const seeded = Object.entries(seed[accountId] ?? {})
      const addOns = new Map(seeded.map(([id, record]) => [id, { ...emptyAddOnRecord, ...record }]))
      data = { addOns, previews: new Map(), keys: new Map() }
      accounts.set(accountId, data)
    }
    return data
  }

  async function run<T>(accountId: string, work: (records: AccountRecords) => Promise<T>): Promise<T> {
    const data = dataOf(accountId)
    const written: AccountData = { addOns: new Map(), previews: new Map(), keys: new Map() }
    const result = await work({
      readAddOn: async (id) => written.addOns.get(id) ?? data.addOns.get(id) ?? emptyAddOnRecord,
      writeAddOn: async (id, record) => void written.addOns.set(id, record),
      readPreview: async (id) => written.previews.get(id) ?? data.previews.get(id),
      writePreview: async (record) => void written.previews.set(record.preview.previewId, record),
      readKey: async (key) => written.keys.get(key) ?? data.keys.get(key),
      writeKey: async (key, record) => void written.keys.set(key, record),
    })
    for (const [id, record] of written.addOns) data.addOns.set(id, record)
    for (const [id, record] of written.previews) data.previews.set(id, record)
    for (const [key, record] of written.keys) {
      data.keys.set(key, record)
      dropBefore(data.keys, Date.parse(record.createdAt) - keyLifetime)
    }
    return result
  }

  const transaction: AddOnStore['transaction'] = (accountId, work) => {
    const before = queues.get(accountId) ?? Promise.resolve()
    const result = before.then(() => run(accountId, work))
    queues.set(
      accountId,
      result.catch(() => undefined),
    )
    return result
  }

  return {
    transaction,
    ...outsideEvents(transaction),
    async countPost(accountId, viewerId, at) {
      const moment = Date.parse(at)
      const viewer = JSON.stringify([accountId, viewerId])
      const recent = (posts.get(viewer) ?? []).filter((time) => time > moment - 60_000)
      posts.set(viewer, [...recent, moment])
      return recent.length + 1
    },
    reset() {
      accounts.clear()
      posts.clear()
    },
  }
}

/** Keys are in the order of their making: the old ones come first. */
function dropBefore(keys: Map<string, KeyRecord>, limit: number): void {
  for (const [key, record] of keys) {
    if (Date.parse(record.createdAt) >= limit) return
    keys.delete(key)
  }
}
