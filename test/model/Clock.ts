interface Timer {
  readonly id: number
  readonly at: number
  readonly owner: unknown
  readonly run: () => void
}

/** Time that goes on only when told to; whoever sets a timer owns it, and its timers can be dropped together. */
export class Clock {
  now = Date.parse('2026-11-09T12:00:00Z')
  #timers: Timer[] = []
  #lastId = 0

  setTimeout(owner: unknown, run: () => void, milliseconds = 0): number {
    this.#lastId += 1
    this.#timers.push({ id: this.#lastId, at: this.now + Math.max(0, milliseconds), owner, run })
    return this.#lastId
  }

  clearTimeout(id: number): void {
    this.#timers = this.#timers.filter((timer) => timer.id !== id)
  }

  /** Forgets every timer of an owner. */
  drop(owner: unknown): void {
    this.#timers = this.#timers.filter((timer) => timer.owner !== owner)
  }

  /** Goes on to the next timer until then and runs it; `false` where there is none. */
  runNext(until: number): boolean {
    let next: Timer | undefined
    for (const timer of this.#timers) {
      if (timer.at <= until && (!next || timer.at < next.at)) next = timer
    }
    if (!next) return false
    this.now = Math.max(this.now, next.at)
    this.clearTimeout(next.id)
    next.run()
    return true
  }
}
