import type { Clock } from './Clock.js'

type LockWork = (lock: object | null) => unknown
interface Waiting {
  readonly tab: object
  readonly begin: () => void
}

/** One browser of one person: what its tabs share, and what a closed tab leaves behind. */
export class Device {
  readonly storage = createStorage()
  isOnline = true
  /** Nobody is signed in: the shop answers 401. */
  isSignedOut = false
  /** By this much its clock is wrong, in milliseconds. */
  readonly skew: number
  readonly #clock: Clock
  readonly #locks = new Map<string, Waiting[]>()
  readonly #channels = new Set<{ tab: object; channel: EventTarget }>()

  constructor(clock: Clock, skew: number) {
    this.#clock = clock
    this.skew = skew
  }

  /** What `navigator.locks` is in a tab. */
  locksOf(tab: object) {
    const request = (name: string, ...rest: [LockWork] | [{ ifAvailable?: boolean; signal?: AbortSignal }, LockWork]) =>
      new Promise((resolve, reject) => {
        const work = rest.length === 1 ? rest[0] : rest[1]
        const options = rest.length === 1 ? {} : rest[0]
        const queue = this.#locks.get(name) ?? []
        this.#locks.set(name, queue)
        if (options.ifAvailable && queue.length > 0) return resolve(work(null))
        const holder: Waiting = {
          tab,
          begin: () => {
            const done = Promise.resolve().then(() => work({ name }))
            const release = () => this.#leave(name, holder)
            done.then(release, release)
            done.then(resolve, reject)
          },
        }
        options.signal?.addEventListener('abort', () => {
          if (queue[0] === holder) return
          this.#leave(name, holder)
          reject(options.signal?.reason)
        })
        queue.push(holder)
        if (queue[0] === holder) holder.begin()
      })
    return { request }
  }

  #leave(name: string, holder: Waiting): void {
    const queue = this.#locks.get(name) ?? []
    const wasFirst = queue[0] === holder
    const index = queue.indexOf(holder)
    if (index >= 0) queue.splice(index, 1)
    if (wasFirst) queue[0]?.begin()
  }

  /** What `BroadcastChannel` is in a tab. */
  channelOf(tab: object) {
    const channels = this.#channels
    const clock = this.#clock
    return class extends EventTarget {
      readonly name: string
      onmessage: ((event: MessageEvent) => void) | null = null
      readonly #entry = { tab, channel: this }

      constructor(name: string) {
        super()
        this.name = name
        channels.add(this.#entry)
        this.addEventListener('message', (event) => event instanceof MessageEvent && this.onmessage?.(event))
      }

      postMessage(data: unknown): void {
        if (!channels.has(this.#entry)) return
        const copy: unknown = structuredClone(data)
        for (const other of channels) {
          if (other === this.#entry) continue
          clock.setTimeout(other.tab, () => other.channel.dispatchEvent(new MessageEvent('message', { data: copy })))
        }
      }

      close(): void {
        channels.delete(this.#entry)
      }
    }
  }

  /** A tab is gone: its locks are free, its channels are closed. */
  drop(tab: object): void {
    for (const entry of this.#channels) if (entry.tab === tab) this.#channels.delete(entry)
    for (const queue of this.#locks.values()) {
      const wasHeld = queue[0]?.tab === tab
      queue.splice(0, queue.length, ...queue.filter((waiting) => waiting.tab !== tab))
      if (wasHeld) queue[0]?.begin()
    }
  }
}

/** What `localStorage` is: also by property, and for `Object.keys()`. */
export function createStorage(): Storage {
  const items = new Map<string, string>()
  const methods = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, String(value)),
    removeItem: (key: string) => void items.delete(key),
    key: (index: number) => [...items.keys()][index] ?? null,
    clear: () => items.clear(),
  }
  const storage: Storage = { length: 0, ...methods }
  return new Proxy(storage, {
    get: (target, key) => {
      if (key === 'length') return items.size
      return typeof key === 'string' && items.has(key) ? items.get(key) : Reflect.get(target, key)
    },
    ownKeys: () => [...items.keys()],
    getOwnPropertyDescriptor: (_, key) =>
      typeof key === 'string' && items.has(key)
        ? { value: items.get(key), enumerable: true, configurable: true, writable: true }
        : undefined,
  })
}
