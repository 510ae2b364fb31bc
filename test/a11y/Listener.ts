import { virtual } from '@guidepup/virtual-screen-reader'

/** What somebody hears who uses a screen reader: what they do, and below it what is said. */
export class Listener {
  readonly #lines: string[] = []
  #heard = 0

  /** Begins to listen to the page. */
  static async start(): Promise<Listener> {
    await virtual.start({ container: document.body })
    const listener = new Listener()
    // Where it begins, it says of the page only that it is one.
    listener.#heard = (await virtual.spokenPhraseLog()).length
    return listener
  }

  /** Does something, and writes down what is said until that has happened. */
  async hear(what: string, act: () => Promise<unknown>): Promise<void> {
    await act()
    await this.#note(what)
  }

  /** Reads on, element by element, to the end of the dialog or of the page. */
  async readOn(): Promise<void> {
    const first = await virtual.itemText()
    for (let step = 0; step < 200; step += 1) {
      await virtual.next()
      const said = await virtual.lastSpokenPhrase()
      if (/^(end of )?(dialog|document)\b/.test(said)) break
      if (said === first && step > 0) break
    }
    await this.#note('(read on)')
  }

  /** All that was done and said, to be compared and to be read. */
  get transcript(): string {
    return `${this.#lines.join('\n')}\n`.replace(/pur_\w{12}/g, 'pur_…')
  }

  async #note(what: string) {
    const log = await virtual.spokenPhraseLog()
    const said = log.slice(this.#heard).filter((phrase) => phrase !== '' && !phrase.startsWith('end of '))
    this.#heard = log.length
    this.#lines.push(`> ${what}`, ...said.map((phrase) => `  ${phrase}`))
  }
}
