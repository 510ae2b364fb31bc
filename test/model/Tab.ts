import type { AddOnEvent } from 'addon-kit'
import { openAttemptOf, type PurchaseState } from '../../src/domain/purchaseState.js'
import { requestSchemas } from '../../src/protocol/requests.js'
import { idempotencyKeyHeader, matchPath, type Operation } from '../../src/protocol/routes.js'
import type { Device } from './Device.js'
import type { Frame } from './Frame.js'
import { analytics, basePath, people } from './Shop.js'
import type { ScreenView } from './screen.js'
import type { Fault, World } from './World.js'

/** Endings that say that nothing was charged, or that it was not the viewer who was. */
const denials: ReadonlySet<PurchaseState['step']> = new Set([
  'price-changed',
  'unpriced',
  'expired',
  'declined',
  'already-purchased',
  'purchase-pending',
  'not-allowed',
  'failed',
])

/** A question of the bank that the host shows to the viewer. */
interface Challenge {
  settle(isDone: boolean): void
}

const never = () => new Promise<never>(() => {})

/** One tab of a browser: a page with the kit in it, its way to the shop, and who sits before it. */
export class Tab {
  readonly device: Device
  readonly name: string
  view: ScreenView | undefined
  challenge: Challenge | undefined
  readonly #world: World
  readonly #frame: Frame
  /** One for each time that the page is opened. Timers, locks and channels are owned by it. */
  #page: object | undefined
  #unmount: (() => void) | undefined
  /** What was sent from here last. */
  #lastKey: string | undefined
  #lastViewer: string | undefined

  constructor(world: World, frame: Frame, device: Device, name: string) {
    this.#world = world
    this.#frame = frame
    this.device = device
    this.name = name
  }

  get isOpen(): boolean {
    return this.#page !== undefined
  }

  get isMounted(): boolean {
    return this.#unmount !== undefined
  }

  /** Opens the page, with nothing in it but what the browser kept. */
  open(): void {
    if (this.isOpen) return
    const { device } = this
    const { clock, setup } = this.#world
    const page = {}
    this.#page = page
    this.#frame.surroundings = {
      get isOnline() {
        return device.isOnline
      },
      storage: device.storage,
      locks: setup.hasLocks ? device.locksOf(page) : undefined,
      channel: device.channelOf(page),
      now: () => clock.now + device.skew,
      setTimeout: (run, milliseconds) => clock.setTimeout(page, run, milliseconds),
      clearTimeout: (id) => clock.clearTimeout(id),
    }
    this.mount()
  }

  /** Nothing of the page can do anything any more. */
  close(): void {
    if (!this.#page) return
    this.#frame.leave()
    this.#world.clock.drop(this.#page)
    this.device.drop(this.#page)
    this.#page = undefined
    this.#lastKey = undefined
    this.unmount()
  }

  /** The viewer comes to the part of the host's app in which the kit is. */
  mount(): void {
    const page = this.#page
    if (!page || this.#unmount) return
    const { setup } = this.#world
    const isHere = () => this.#page === page
    this.#unmount = this.#frame.entry.mountScreen({
      addOnId: analytics,
      isStrict: setup.isStrict,
      fetch: (request) => this.#fetch(request, isHere),
      onView: (view) => isHere() && this.#see(view),
      onEvent: (event) => isHere() && this.#hear(event),
      onPaymentAction: setup.asksPerson ? (_, { signal }) => this.#ask(signal) : undefined,
    })
  }

  /** The viewer goes to another part of the host's app. */
  unmount(): void {
    this.#unmount?.()
    this.#unmount = undefined
    this.view = undefined
    this.challenge = undefined
  }

  /** Tells the page something that browsers tell. */
  fire(name: 'online' | 'offline' | 'visibilitychange' | 'focus' | 'pageshow'): void {
    if (!this.isOpen) return
    const { window } = this.#frame
    const event = name === 'pageshow' ? new window.PageTransitionEvent(name, { persisted: true }) : new Event(name)
    window.dispatchEvent(event)
  }

  get hasOpenAttempt(): boolean {
    return this.view !== undefined && openAttemptOf(this.view.purchase.state) !== undefined
  }

  async #fetch(request: Request, isHere: () => boolean): Promise<Response> {
    if (!isHere()) return never()
    const { activity } = this.#world
    const operation = matchPath(new URL(request.url).pathname.slice(basePath.length))?.operation ?? 'getPlan'
    const key = request.headers.get(idempotencyKeyHeader)
    const answer = await activity.during(async () => {
      if (!this.device.isOnline) return new TypeError('There is no connection.')
      const text = await request.text()
      if (operation === 'purchase' && key) this.#note(key, text)
      const leave = operation === 'purchase' && key ? this.#world.running(this, key, request.signal) : () => {}
      try {
        return await this.#carry(operation, request, text, this.#world.nextFault(operation))
      } finally {
        leave()
      }
    })
    if (!isHere()) return never()
    if (answer instanceof Error) throw answer
    const { status } = answer
    const isOutcome = status === 201 || (status >= 400 && status < 500 && !answer.headers.has('Retry-After'))
    if (operation === 'purchase' && key && isOutcome) this.#world.truth.answered(key)
    return answer
  }

  /** To the shop and back. */
  async #carry(operation: Operation, request: Request, text: string, fault: Fault | undefined) {
    const { activity, shop } = this.#world
    const { url, method, headers } = request
    this.#world.note(`${this.name} sends ${operation}${fault ? `: ${fault}` : ''}`)
    const lost = new TypeError('The connection was lost.')
    if (fault === 'lose request') return lost
    if (fault === 'unavailable') return new Response('{"code":"unavailable"}', { status: 503 })
    // The session is the one it is sent with; the role is looked up when it arrives.
    const person = this.#world.signedInAt(this.device)
    const arrive = () => shop.answer(new Request(url, { method, headers, body: text || null }), person)
    if (fault === 'delay request') await activity.aside(this.#world.wait())
    if (operation === 'purchase') this.#world.repeatPurchase = arrive
    const response = await arrive()
    this.#world.note(`${this.name}: ${operation} is answered ${response.status} to ${person}`)
    const body = await response.text()
    if (fault === 'lose answer') return lost
    if (fault === 'garble answer') return new Response('<html>', { status: 200 })
    if (fault === 'fail after') return new Response('{"code":"internal"}', { status: 500 })
    if (fault === 'delay answer') await activity.aside(this.#world.wait())
    if (!this.device.isOnline) return lost
    const answer = new Response(body, { status: response.status, headers: response.headers })
    // A stream's end takes turns that nobody could wait for.
    return Object.assign(answer, { text: async () => body })
  }

  #note(key: string, text: string): void {
    // As the shop reads it: the order of fields says nothing.
    const body = requestSchemas.purchase(JSON.parse(text))
    this.#lastKey = key
    const viewer = people[this.#world.viewerAt(this.device)].id
    const believed = this.view?.plan?.viewer.id ?? viewer
    this.#world.truth.sent(key, body, believed)
  }

  #see(view: ScreenView): void {
    const { truth, stats } = this.#world
    const { state } = view.purchase
    const isNew = state !== this.view?.purchase.state
    if (isNew) this.#world.note(`${this.name} shows ${state.step}`)
    this.view = view
    stats.reached(state.step)
    const viewer = view.plan?.viewer.id
    if (viewer !== this.#lastViewer && viewer !== undefined) {
      if (this.#lastViewer !== undefined) this.#lastKey = undefined
      this.#lastViewer = viewer
    }
    // Later it can become wrong without this page: another one sends the key, a late request arrives.
    if (isNew) this.expectHonest()
    if (state.step === 'done' && !truth.isBought(state.purchase.id)) {
      truth.violation('Screen: "done", and nothing was bought.')
    }
    if (state.step === 'mischarged') truth.violation('Screen: "mischarged", and it was not.')
    if (view.addOn?.status.kind === 'active' && !this.#world.shop.isSold) {
      truth.violation('Screen: "active", and nothing was sold.')
    }
  }

  /** Whoever was charged is not told that nothing was. */
  expectHonest(): void {
    const { truth } = this.#world
    const step = this.view?.purchase.state.step ?? 'idle'
    // Whoever is signed in by now gets another answer than the one that the key was sent for.
    const viewerId = people[this.#world.viewerAt(this.device)].id
    const isSelf = this.view?.plan?.viewer.id === viewerId
    // Nor is it theirs where somebody else was signed in when it was sent.
    if (isSelf && denials.has(step) && truth.isCharged(this.#lastKey, viewerId)) {
      truth.violation(`Screen: "${step}" after it was charged.`)
    }
  }

  #hear(event: AddOnEvent): void {
    const { truth, stats } = this.#world
    stats.reached(event.type === 'failed' ? `failed: ${event.error.code}` : `told: ${event.type}`)
    if (event.type === 'purchased' && !truth.isBought(event.purchase.id))
      truth.violation('Told a purchase that was none.')
    if (event.type === 'mischarged') truth.violation('Told a wrong charge that was none.')
    if (event.type === 'crashed') truth.violation(`The kit crashed: ${event.error}`)
  }

  #ask(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const challenge: Challenge = {
        settle: (isDone) => {
          if (this.challenge === challenge) this.challenge = undefined
          this.#world.note(`${this.name}: the bank's question is over`)
          if (isDone) resolve()
          else reject(new Error('The viewer left.'))
        },
      }
      signal.addEventListener('abort', () => challenge.settle(false))
      this.challenge = challenge
      this.#world.stats.reached('challenge')
      this.#world.note(`${this.name}: the bank asks`)
    })
  }
}
