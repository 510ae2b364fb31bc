import type { Capability } from './capabilities.js'
import type { World } from './World.js'

/** One behaviour that every backend must have. */
export interface ContractTest {
  /** The behaviour, in a sentence. */
  readonly title: string
  /** The rule that is broken where the test fails, see `rules`. */
  readonly rule: string
  /** What the backend has to offer for it. */
  readonly needs?: readonly Capability[]
  /** Comes first where a backend cannot be made anew, and few add-ons are there to be bought. */
  readonly isVital?: true
  run(world: World): Promise<void>
}

/** Tests of one side of the contract. */
export interface ContractGroup {
  readonly name: string
  readonly tests: readonly ContractTest[]
}
