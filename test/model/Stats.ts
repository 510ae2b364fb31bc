/** What all runs together came to: a model in which nothing happens finds nothing. */
export class Stats {
  runs = 0
  /** Steps that had something to work on, by what they do. */
  readonly steps = new Map<string, number>()
  /** Runs in which something was reached, by what it was. */
  readonly runsWith = new Map<string, number>()
  #seen = new Set<string>()

  begin(): void {
    this.runs += 1
    this.#seen = new Set()
  }

  stepped(name: string): void {
    this.steps.set(name, (this.steps.get(name) ?? 0) + 1)
  }

  /** Counts once a run. */
  reached(what: string): void {
    if (this.#seen.has(what)) return
    this.#seen.add(what)
    this.runsWith.set(what, (this.runsWith.get(what) ?? 0) + 1)
  }

  toString(): string {
    const list = (counts: Map<string, number>) =>
      [...counts]
        .sort(([, a], [, b]) => b - a)
        .map(([name, count]) => `${name} ${count}`)
        .join(', ')
    const total = [...this.steps.values()].reduce((sum, count) => sum + count, 0)
    return `${this.runs} runs, ${total} commands (${list(this.steps)}). Runs with: ${list(this.runsWith)}.`
  }
}
