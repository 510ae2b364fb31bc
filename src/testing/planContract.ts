import type { ContractTest, Turn } from './ContractGroup.js'
import type { ContractHarness } from './ContractHarness.js'
import { ContractViolation } from './ContractViolation.js'
import { type Capabilities, type Capability, capabilityNames, capabilities as names } from './capabilities.js'
import type { ModelOptions } from './groups/model.js'
import { contractGroups } from './groups.js'
import { createSeed } from './random.js'
import { type WayOptions, World } from './World.js'

/** What a contract is made of. */
export interface ContractOptions extends WayOptions {
  /** The backend's name. */
  name: string
  /** Makes the backend anew, in a world of its own; asked once for each test. */
  harness: () => ContractHarness | Promise<ContractHarness>
  /** For each capability `true`, or the reason why the backend cannot offer it: what needs it is skipped then. */
  capabilities: Capabilities
  /** The reason for each test or group that is skipped besides, by its name: `idempotency` or `races > two Owners …`. */
  skip?: Readonly<Record<string, string>> | undefined
  /** The groups to run; the others are skipped for that reason. @default all */
  only?: readonly string[] | undefined
  /** The random runs. */
  model?: ModelOptions | undefined
  /** Where reasons and the seed are printed. @default console.info */
  print?: ((line: string) => void) | undefined
}

/** One test as it is to be run: skipped for a reason, or run in a world of its own. */
export interface PlannedTest {
  readonly group: string
  readonly title: string
  /** Why it is not run. */
  readonly skipped?: string
  /** When it comes where a backend cannot be made anew. */
  readonly turn: Turn
  /** @throws ContractViolation, NothingLeft */
  run(): Promise<void>
}

/**
 * Lays out every test of the contract for a backend, and prints why some are skipped.
 * @throws TypeError if a reason is missing, or a name in `skip` leads to no test.
 */
export function planContract(options: ContractOptions): PlannedTest[] {
  const { name, capabilities, skip = {}, only, print = (line: string) => console.info(line) } = options
  const { seed = createSeed(), runs = 10, steps = 30 } = options.model ?? {}
  const fail = (what: string) => {
    throw new TypeError(`addon-kit contract of ${name}: ${what}`)
  }
  for (const capability of capabilityNames) {
    const given: unknown = capabilities[capability]
    if (given === true || isReason(given)) continue
    fail(
      `capabilities.${capability} is ${given}. Give true, or in a text the reason why there is no ${names[capability]}.`,
    )
  }
  const unused = new Set(Object.keys(skip))
  for (const [key, reason] of Object.entries(skip)) {
    if (!isReason(reason)) fail(`skip["${key}"] has no reason. Say why it is skipped.`)
  }

  const groups = contractGroups({ seed, runs, steps })
  const unknown = only?.find((name) => !groups.some((group) => group.name === name))
  if (unknown !== undefined) {
    fail(`there is no group “${unknown}”. There are: ${groups.map((group) => group.name).join(', ')}.`)
  }
  const planned = groups.flatMap(({ name: group, tests }) =>
    tests.map((test): PlannedTest => {
      const id = `${group} > ${test.title}`
      for (const key of [group, id]) unused.delete(key)
      const leftOut = only && !only.includes(group) ? `only ${only.join(', ')} is asked for` : undefined
      const skipped = leftOut ?? skip[id] ?? skip[group] ?? lackOf(test, capabilities)
      const run = () => runTest(test, options)
      return {
        group,
        title: test.title,
        turn: test.turn ?? 'late',
        run,
        ...(skipped !== undefined && { skipped }),
      }
    }),
  )
  const [stray] = unused
  if (stray !== undefined) fail(`skip["${stray}"] is neither a group nor a test. Take it out, or mend its name.`)

  const reasons = new Map<string, string[]>()
  for (const { group, title, skipped } of planned) {
    if (skipped !== undefined) reasons.set(skipped, [...(reasons.get(skipped) ?? []), `${group} > ${title}`])
  }
  for (const [reason, [first, ...others]] of reasons) {
    const more = others.length > 0 ? ` and ${others.length} more` : ''
    print(`${name}: skipped “${first}”${more}: ${reason}`)
  }
  if (planned.some((test) => test.group === 'model' && test.skipped === undefined)) {
    print(`${name}: the random runs have the seed ${seed}; model: { seed: ${seed} } repeats them`)
  }
  return planned
}

function isReason(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

const list = new Intl.ListFormat('en-GB')

function lackOf({ needs = [] }: ContractTest, capabilities: Capabilities): string | undefined {
  const lacking = needs.filter((need: Capability) => capabilities[need] !== true)
  if (lacking.length === 0) return undefined
  const reasons = new Map<string | true, string[]>()
  for (const need of lacking) reasons.set(capabilities[need], [...(reasons.get(capabilities[need]) ?? []), names[need]])
  return [...reasons].map(([reason, things]) => `needs ${list.format(things)}: ${reason}`).join('; ')
}

async function runTest(test: ContractTest, options: ContractOptions): Promise<void> {
  const world = new World(await options.harness(), options.capabilities, options)
  try {
    await test.run(world)
    await world.expectInvariants()
  } catch (error) {
    throw error instanceof ContractViolation ? error.of(test.rule) : error
  } finally {
    await world.close()
  }
}
