import type { Capability } from './capabilities.js'
import type { World } from './World.js'

/**
 * When a test comes where a backend cannot be made anew, and few add-ons are there to be bought: of a backend that is
 * right `early` takes nothing that could be bought, and `vital` come first among those that buy.
 */
export type Turn = 'early' | 'vital' | 'late'

/** One behaviour that every backend must have. */
export interface ContractTest {
  /** The behaviour, in a sentence. */
  readonly title: string
  /** The rule that is broken where the test fails, see `rules`. */
  readonly rule: string
  /** What the backend has to offer for it. */
  readonly needs?: readonly Capability[]
  /** @default 'late' */
  readonly turn?: Turn
  run(world: World): Promise<void>
}

/** Tests of one side of the contract. */
export interface ContractGroup {
  readonly name: string
  readonly tests: readonly ContractTest[]
}
