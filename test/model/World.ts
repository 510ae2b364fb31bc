import { demoAccountId } from '../../src/demo/data.js'
import type { PlanOverview } from '../../src/domain/planOverview.js'
import { expectedOf } from '../../src/domain/purchase.js'
import { confirmDelay } from '../../src/domain/purchaseFlow.js'
import { idempotencyKeyHeader, type Operation, pathOf } from '../../src/protocol/routes.js'
import { planOverviewSchema, purchasePreviewSchema } from '../../src/protocol/schemas.js'
import { createUuid } from '../../src/protocol/uuid.js'
import { Activity } from './Activity.js'
import { Bank } from './Bank.js'
import { Clock } from './Clock.js'
import { Device } from './Device.js'
import type { Frame } from './Frame.js'
import { type Offer, offersOf } from './offers.js'
import { analytics, basePath, type Person, people, Shop } from './Shop.js'
import type { Stats } from './Stats.js'
import type { Setup, Step } from './steps.js'
import { Tab } from './Tab.js'
import { Truth } from './Truth.js'

/** What the network does to one request. */
export type Fault =
  | 'lose request'
  | 'lose answer'
  | 'delay request'
  | 'delay answer'
  | 'unavailable'
  | 'garble answer'
  | 'fail after'

/** Two Owners, three tabs, a shop, a bank and a clock, with whatever happens to them. */
export class World {
  readonly setup: Setup
  readonly stats: Stats
  readonly clock = new Clock()
  readonly activity = new Activity()
  readonly bank = new Bank(this.activity)
  readonly truth = new Truth(this.bank, this.clock)
  readonly shop = new Shop(this.bank, this.clock, this.truth)
  readonly devices: readonly [Device, Device]
  readonly tabs: readonly Tab[]
  /** What happened, for whoever has to understand a failure. */
  readonly trace: string[] = []
  /** What a proxy could send once more. */
  repeatPurchase: (() => Promise<Response>) | undefined
  readonly #viewers = new Map<Device, Person>()
  readonly #waiting: (() => void)[] = []
  readonly #running: { tab: Tab; key: string }[] = []
  readonly #begun = this.clock.now
  /** Somebody signed in where somebody else was: what was left open there is dropped. */
  #haveHandsChanged = false
  #fault: { fault: Fault; on: 'purchase' | 'any' } | undefined

  constructor(setup: Setup, frames: readonly Frame[], stats: Stats) {
    this.setup = setup
    this.stats = stats
    const olives = new Device(this.clock, setup.skew)
    const ottos = new Device(this.clock, 0)
    this.devices = [olives, ottos]
    this.bank.mood = setup.mood
    this.#viewers.set(olives, 'olive').set(ottos, 'otto')
    this.tabs = frames.map((frame, index) => new Tab(this, frame, index < 2 ? olives : ottos, `tab ${index}`))
  }

  note(what: string): void {
    this.trace.push(`${((this.clock.now - this.#begun) / 1000).toFixed(1)} s: ${what}`)
  }

  viewerAt(device: Device): Person {
    return this.#viewers.get(device) ?? 'olive'
  }

  signedInAt(device: Device): Person | null {
    return device.isSignedOut ? null : this.viewerAt(device)
  }

  /** What the network does to the request that is sent now. */
  nextFault(operation: Operation): Fault | undefined {
    const next = this.#fault
    if (!next || (next.on === 'purchase' && operation !== 'purchase')) return undefined
    this.#fault = undefined
    this.stats.reached(`${next.fault}: ${operation}`)
    return next.fault
  }

  /** Waits until the network delivers. */
  wait(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** With locks, one key is sent by one tab of a browser at a time. */
  running(tab: Tab, key: string, signal: AbortSignal): () => void {
    const entry = { tab, key }
    const leave = () => {
      const index = this.#running.indexOf(entry)
      if (index >= 0) this.#running.splice(index, 1)
    }
    this.#running.push(entry)
    signal.addEventListener('abort', leave)
    const others = this.#running.filter((other) => other.key === key && other.tab.device === tab.device)
    if (this.setup.hasLocks && others.length > 1) this.truth.violation('One key was sent twice at the same time.')
    return leave
  }

  /** Lets everything come to rest that needs no time to pass. */
  async settle(): Promise<void> {
    for (;;) {
      await this.activity.rest()
      if (!this.clock.runNext(this.clock.now)) return
      while (this.clock.runNext(this.clock.now));
    }
  }

  async pass(milliseconds: number): Promise<void> {
    const until = this.clock.now + milliseconds
    await this.settle()
    while (this.clock.runNext(until)) await this.settle()
    this.clock.now = until
  }

  async begin(): Promise<void> {
    for (const tab of this.tabs.slice(0, this.setup.tabs)) tab.open()
    await this.settle()
    if (this.setup.isPriced) await this.run({ do: 'click', tab: 0, fault: undefined })
  }

  /** Lets one thing happen, and looks whether all is well. */
  async run(step: Step): Promise<void> {
    const hasHappened = await this.#do(step)
    if (!hasHappened) return
    this.stats.stepped(step.do)
    this.note(`— ${JSON.stringify(step)}`)
    await this.settle()
    try {
      this.check()
    } catch (cause) {
      throw new Error(`After ${JSON.stringify(step)}: ${cause instanceof Error ? cause.message : cause}`)
    }
  }

  /** @throws Error with everything that must not be. */
  check(): void {
    this.truth.check()
    if (this.truth.violations.length > 0) throw new Error(this.truth.violations.join('\n'))
  }

  /** `false` where there is nothing to do it with. */
  async #do(step: Step): Promise<boolean> {
    const { bank, shop } = this
    switch (step.do) {
      case 'wait':
        await this.pass(step.milliseconds)
        return true
      case 'price':
        shop.price = step.price
        return true
      case 'seats':
        shop.seats = { standardLicenses: step.count, additionalUsers: 3 }
        return true
      case 'mode':
        shop.mode = step.isQuote ? 'quote' : 'self-serve'
        shop.adminsCanRequestQuote = step.adminsMayAsk
        return true
      case 'role':
        shop.roles[step.who] = step.role
        return true
      case 'mood':
        bank.mood = step.mood
        return true
      case 'bank down':
        bank.isDown = step
        return true
      case 'bank pays':
        return bank.decide(true) > 0
      case 'bank declines':
        return bank.decide(false) > 0
      case 'bank holds':
        bank.hold()
        return true
      case 'bank releases':
        bank.release()
        return true
      case 'fault':
        this.#fault = step
        return true
      case 'deliver':
        return this.#deliver(step.which)
      case 'other Owner buys':
        return this.#buyElsewhere('otto')
      case 'replay':
        return this.#replay()
      case 'go offline':
      case 'go online':
      case 'sign out':
      case 'sign in':
      case 'sign in as':
        return this.#connect(step, this.devices[step.device === 0 ? 0 : 1])
      default: {
        const tab = this.tabs[step.tab]
        return tab !== undefined && this.#sit(step, tab)
      }
    }
  }

  #connect(step: Extract<Step, { device: number }>, device: Device): boolean {
    switch (step.do) {
      case 'go offline':
      case 'go online': {
        const isOnline = step.do === 'go online'
        if (device.isOnline === isOnline) return false
        device.isOnline = isOnline
        for (const tab of this.tabs) if (tab.device === device) tab.fire(isOnline ? 'online' : 'offline')
        return true
      }
      case 'sign out':
      case 'sign in': {
        const isSignedOut = step.do === 'sign out'
        if (device.isSignedOut === isSignedOut) return false
        device.isSignedOut = isSignedOut
        return true
      }
      case 'sign in as':
        if (this.viewerAt(device) === step.who && !device.isSignedOut) return false
        device.isSignedOut = false
        this.#haveHandsChanged = true
        this.#viewers.set(device, step.who)
        return true
    }
  }

  async #sit(step: Extract<Step, { tab: number }>, tab: Tab): Promise<boolean> {
    switch (step.do) {
      case 'open tab':
        if (tab.isOpen) return false
        tab.open()
        return true
      case 'close tab':
        return this.#close(tab)
      case 'reopen tab':
        if (!(await this.#close(tab))) return false
        if (!tab.isOpen) tab.open()
        return true
      case 'leave page':
        if (!tab.isMounted) return false
        tab.unmount()
        return true
      case 'come back to page':
        if (!tab.isOpen || tab.isMounted) return false
        tab.mount()
        return true
      case 'look at tab':
        if (!tab.isOpen) return false
        tab.fire('focus')
        tab.fire('visibilitychange')
        return true
      case 'back from cache':
        if (!tab.isOpen) return false
        tab.fire('pageshow')
        return true
      case 'click':
      case 'double click': {
        // Whoever clicks has read the price; a `press` comes at once.
        if (offersOf(tab.view)[0]?.name === 'confirm') await this.pass(confirmDelay)
        const [offer] = offersOf(tab.view)
        if (offer && step.fault) this.#fault = { fault: step.fault, on: 'purchase' }
        return this.#press(tab, offer, step.do === 'click' ? 1 : 2)
      }
      case 'press':
        return this.#press(tab, offersOf(tab.view)[step.which], 1)
      case 'cancel':
        return this.#press(
          tab,
          offersOf(tab.view).find(({ name }) => name === 'cancel'),
          1,
        )
      case 'expire preview': {
        const preview = tab.view?.purchase.preview
        if (!preview) return false
        await this.shop.expire(preview.previewId)
        return true
      }
      case 'person finishes':
      case 'person fails':
      case 'person abandons': {
        const { challenge } = tab.challenge ? tab : (this.tabs.find((other) => other.challenge) ?? tab)
        if (!challenge) return false
        if (step.do !== 'person abandons') this.bank.decide(step.do === 'person finishes')
        this.stats.reached('the person answers')
        this.stats.reached(step.do)
        challenge.settle(step.do === 'person finishes')
        return true
      }
    }
  }

  /** Presses what is offered so many times in one task. */
  #press(tab: Tab, offer: Offer | undefined, times: number): boolean {
    if (!offer) return false
    const preview = tab.view?.purchase.preview
    const viewer = tab.view?.plan?.viewer
    if (offer.name === 'confirm' && preview && viewer) {
      const viewerId = people[this.viewerAt(tab.device)].id
      this.truth.pressed({ viewerId, believed: viewer.id, preview, isOffline: !tab.device.isOnline })
    }
    this.stats.reached(`pressed: ${offer.name}`)
    for (let time = 0; time < times; time += 1) offer.press()
    return true
  }

  async #close(tab: Tab): Promise<boolean> {
    if (!tab.isOpen) return false
    if (tab.hasOpenAttempt) this.stats.reached('closed with an open attempt')
    for (const entry of [...this.#running]) {
      if (entry.tab === tab) this.#running.splice(this.#running.indexOf(entry), 1)
    }
    tab.close()
    await this.activity.rest()
    return true
  }

  #deliver(which: number): boolean {
    const [release] = this.#waiting.splice(which % Math.max(1, this.#waiting.length), 1)
    release?.()
    return release !== undefined
  }

  /** Somebody buys at once, past any tab of these. */
  async #buyElsewhere(who: Person): Promise<boolean> {
    const viewerId = people[who].id
    const post = (operation: 'previewPurchase' | 'purchase', body: object, key?: string) =>
      this.activity.during(() => {
        const headers = new Headers({ 'Content-Type': 'application/json', ...(key && { [idempotencyKeyHeader]: key }) })
        const url = `https://app.example${basePath}${pathOf(operation, analytics)}`
        return this.shop.answer(new Request(url, { method: 'POST', headers, body: JSON.stringify(body) }), who)
      })
    const answer = await post('previewPurchase', { accountId: demoAccountId })
    if (!answer.ok) return false
    const preview = purchasePreviewSchema(await answer.json())
    const { accountId, previewId } = preview
    const body = { accountId, previewId, expected: expectedOf(preview), acceptedFinalSale: true } as const
    const key = createUuid()
    this.truth.pressed({ viewerId, believed: viewerId, preview, isOffline: false })
    this.truth.sent(key, body, viewerId)
    this.truth.answered(key)
    // Not waited for: the bank may hold it.
    void post('purchase', body, key)
    return true
  }

  /** The same bytes once more, as a proxy or a service worker may send them. */
  #replay(): boolean {
    const { repeatPurchase } = this
    if (!repeatPurchase) return false
    void this.activity.during(repeatPurchase)
    return true
  }

  /** Everything comes back to order and time passes: then every screen must show what is so. */
  async finish(): Promise<void> {
    const { bank, shop, setup } = this
    this.note('— everything comes back to order')
    this.#fault = undefined
    while (this.#deliver(0));
    bank.release()
    bank.isDown = { lookup: false, cancel: false }
    bank.mood = 'paid'
    if (setup.isPromotedInTheEnd) Object.assign(shop.roles, { olive: 'owner', otto: 'owner' })
    for (const device of this.devices) {
      device.isSignedOut = false
      if (device.isOnline) continue
      device.isOnline = true
      for (const tab of this.tabs) if (tab.device === device) tab.fire('online')
    }
    await this.settle()
    bank.decide(setup.isPaidInTheEnd)
    for (const tab of this.tabs) {
      tab.challenge?.settle(true)
      if (!tab.isOpen) tab.open()
      tab.mount()
    }
    // Longer than all waits between two sends, and than a plan counts as fresh.
    await this.pass(70_000)
    await this.#lookAround()
    // What was never decided is given up by the server after half an hour.
    await this.pass(31 * 60_000)
    await this.#lookAround()
    this.check()
    await this.#expectOrder()
    // Of several attempts for one add-on a page shows one: what it cannot show is found out by the next.
    for (let round = 0; round === 0 || (round < 3 && this.#isKept()); round += 1) await this.#reload()
    await this.#expectOrder()
    await this.#expectNothingOpen()
  }

  async #reload(): Promise<void> {
    for (const tab of this.tabs) {
      await this.#close(tab)
      tab.open()
      await this.pass(70_000)
    }
    await this.#lookAround()
  }

  #isKept(): boolean {
    return this.devices.some(({ storage }) => storage.length > 0)
  }

  /** Every viewer looks at their tab, and checks again where that is offered. */
  async #lookAround(): Promise<void> {
    for (const tab of this.tabs) {
      tab.fire('visibilitychange')
      await this.settle()
      if (!tab.hasOpenAttempt) continue
      if (!tab.view?.isOpen) tab.view?.open()
      await this.settle()
      offersOf(tab.view)
        .find(({ name }) => name === 'check')
        ?.press()
      await this.pass(40_000)
      tab.challenge?.settle(true)
      await this.pass(70_000)
    }
    for (const tab of this.tabs) tab.fire('visibilitychange')
    await this.pass(1000)
  }

  async #expectOrder(): Promise<void> {
    const { truth, bank, shop } = this
    const { sale, pending } = await shop.record()
    const [payment] = bank.payments
    if (pending) truth.violation('In the end the purchase is still pending.')
    if (payment && sale?.reference !== payment.attemptId) truth.violation('In the end the record is not what was paid.')
    for (const tab of this.tabs) {
      const { view, name } = tab
      const step = view?.purchase.state.step
      tab.expectHonest()
      // An Agent is told nothing of a purchase that did not go through, and sees none.
      const isTold = view?.permissions.hasAccess === true
      if (isTold && tab.hasOpenAttempt) truth.violation(`In the end ${name} still says "${step}".`)
      if (step === 'done' && !sale) truth.violation(`In the end ${name} says "done".`)
      const told = shownOf(await this.#planFor(tab))
      const shown = shownOf(view?.plan)
      if (shown !== told) truth.violation(`In the end ${name} shows ${shown}, and the shop says ${told}.`)
    }
    this.stats.reached(payment ? 'charged' : sale ? 'bought for nothing' : 'not bought')
    this.check()
  }

  async #expectNothingOpen(): Promise<void> {
    const { truth, shop } = this
    const { sale } = await shop.record()
    this.devices.forEach((device, index) => {
      if (shop.roles[this.viewerAt(device)] === 'agent') return
      const kept = Object.keys(device.storage).filter((key) => key.startsWith('addon-kit/attempt/'))
      if (kept.length > 0) truth.violation(`In the end browser ${index} still keeps an attempt.`)
    })
    for (const viewerId of truth.unanswered()) {
      const who = viewerId === people.olive.id ? 'olive' : 'otto'
      // Who lost the role is not answered; who sees that it is bought need not be.
      const isToKnow = shop.roles[who] === 'owner' && !sale && !this.#haveHandsChanged
      if (isToKnow) truth.violation('In the end nobody has asked what became of it.')
    }
    this.check()
  }

  async #planFor(tab: Tab): Promise<PlanOverview> {
    const request = new Request(`https://app.example${basePath}${pathOf('getPlan')}`)
    const answer = await this.shop.answer(request, this.signedInAt(tab.device))
    return planOverviewSchema(await answer.json())
  }

  /** Closes everything, whatever state it is in. */
  async end(): Promise<void> {
    for (const tab of this.tabs) tab.close()
    this.bank.release()
    while (this.#deliver(0));
    await this.activity.rest()
  }
}

/** What a plan says, but for its own time. */
function shownOf(plan: PlanOverview | undefined): string {
  return JSON.stringify({ ...plan, serverTime: undefined })
}
