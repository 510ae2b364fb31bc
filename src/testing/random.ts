/** A repeatable source of chance: the same seed brings the same numbers (mulberry32). */
export interface Random {
  /** An integer of at least 0 and less than `limit`. */
  below(limit: number): number
  /** One of the items. @throws RangeError if there is none. */
  pick<T>(items: readonly T[]): T
}

/** Makes a source of chance from a seed, an integer of 32 bits. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
  return {
    below,
    pick(items) {
      const [first] = items.slice(below(items.length))
      if (first === undefined) throw new RangeError('There is nothing to pick from.')
      return first
    },
  }
}

/** A fresh seed. */
export function createSeed(): number {
  const [seed = 0] = crypto.getRandomValues(new Uint32Array(1))
  return seed
}
