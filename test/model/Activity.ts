const channel = new MessageChannel()
const waiting: (() => void)[] = []
channel.port1.onmessage = () => waiting.shift()?.()

/** Lets everything that is queued by now run first. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    channel.port2.postMessage(null)
  })
}

/** So many turns without work: React and the query client have said what they had to say. */
const quietTurns = 3

/** What is at work without being seen: requests between a tab and the shop. */
export class Activity {
  #underway = 0

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#underway += 1
    try {
      return await work()
    } finally {
      this.#underway -= 1
    }
  }

  /** Within `during()`: waits for something that is let go by a later step. */
  async aside<T>(wait: Promise<T>): Promise<T> {
    this.#underway -= 1
    try {
      return await wait
    } finally {
      this.#underway += 1
    }
  }

  /** Waits until nothing is at work any more. */
  async rest(): Promise<void> {
    for (let quiet = 0; quiet < quietTurns; quiet += 1) {
      await turn()
      if (this.#underway > 0) quiet = -1
    }
  }
}
