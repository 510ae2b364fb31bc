import { createStorage } from './Device.js'

/** What a tab's page finds around it. */
export interface Surroundings {
  readonly isOnline: boolean
  readonly storage: Storage
  readonly locks: object | undefined
  readonly channel: new (name: string) => EventTarget
  now(): number
  setTimeout(run: () => void, milliseconds?: number): number
  clearTimeout(id: number): void
}

type Entry = typeof import('./screen.js')

class NoChannel extends EventTarget {
  postMessage(): void {}
  close(): void {}
}

/** A closed tab's: what still runs there moves nothing. */
const nowhere: Surroundings = {
  isOnline: true,
  storage: createStorage(),
  locks: undefined,
  channel: NoChannel,
  now: () => 0,
  setTimeout: () => 0,
  clearTimeout: () => {},
}

/** A page of its own for one tab: its own globals, so that its time, its storage and its end are its own. */
export class Frame {
  /** Set by the tab that is open here. */
  surroundings: Surroundings = nowhere
  readonly window: Window & typeof globalThis
  readonly #element: HTMLIFrameElement
  #entry: Entry | undefined

  constructor() {
    this.#element = document.createElement('iframe')
    document.body.append(this.#element)
    const window = this.#element.contentDocument?.defaultView
    if (!window) throw new Error('The frame has no window.')
    this.window = window
    this.#surround()
  }

  /** The page's own modules: React and the kit anew. */
  async load(): Promise<void> {
    const url = new URL('./screen.tsx', import.meta.url).href
    const entry: Promise<Entry> = this.window.eval(`import(${JSON.stringify(url)})`)
    const loaded = await entry
    const { FlowDialog } = loaded
    Object.assign(this.window, {
      __vitest_browser_runner__: {
        wrapDynamicImport: async (load: () => Promise<object>) => ({ ...(await load()), FlowDialog }),
      },
    })
    await loaded.loadLater()
    this.#entry = loaded
  }

  get entry(): Entry {
    if (!this.#entry) throw new Error('Load the frame first.')
    return this.#entry
  }

  /** Nobody is here any more. */
  leave(): void {
    this.surroundings = nowhere
  }

  remove(): void {
    this.#element.remove()
  }

  #surround(): void {
    const { window } = this
    const now = () => this.surroundings.now()
    const define = (target: object, name: string, get: () => unknown) =>
      Object.defineProperty(target, name, { get, configurable: true })
    const date = new Proxy(window.Date, {
      construct: (target, args) => Reflect.construct(target, args.length > 0 ? args : [now()]),
      get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
    })
    const setTimeout = (run: () => void, milliseconds?: number) => this.surroundings.setTimeout(run, milliseconds)
    const clearTimeout = (id: number) => this.surroundings.clearTimeout(id)
    define(window, 'Date', () => date)
    define(window.performance, 'now', () => now)
    define(window, 'setTimeout', () => setTimeout)
    define(window, 'clearTimeout', () => clearTimeout)
    define(window, 'localStorage', () => this.surroundings.storage)
    define(window, 'BroadcastChannel', () => this.surroundings.channel)
    define(window.navigator, 'locks', () => this.surroundings.locks)
    define(window.navigator, 'onLine', () => this.surroundings.isOnline)
    // A retry's jitter would make a run another one each time.
    window.Math.random = () => 0.5
  }
}
