import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { ContractHarness, Person } from '../testing/ContractHarness.js'
import { roleOf } from '../testing/ContractHarness.js'
import { type Capabilities, type Capability, mapCapabilities } from '../testing/capabilities.js'
import { type ContractResult, runAdapterContract } from '../testing/runAdapterContract.js'
import { Diary } from './Diary.js'
import { loadHarness } from './loadHarness.js'
import { patient } from './patient.js'
import { FlagError, type Flags, headerFlags, readFlags, readNumber, readSkips } from './readFlags.js'
import { urlHarness } from './urlHarness.js'
import { usage } from './usage.js'

const out = (text: string) => void process.stdout.write(`${text}\n`)
const fault = (text: string) => void process.stderr.write(`${text}\n`)

/** `addon-kit check`. Resolves to its exit code: 0 passed, 1 failed, 2 nothing was run. */
export async function check(args: readonly string[]): Promise<number> {
  try {
    const flags = readFlags(args)
    if (flags.help) {
      out(usage)
      return 0
    }
    return await run(flags)
  } catch (error) {
    const isFlag = error instanceof FlagError || error instanceof TypeError
    if (!isFlag) throw error
    fault(`${error.message}\nSee addon-kit check --help.`)
    return 2
  }
}

async function run(flags: Flags): Promise<number> {
  if ((flags.url === undefined) === (flags.adapter === undefined))
    throw new FlagError('Give either --url or --adapter.')
  if (!flags['test-account']) {
    throw new FlagError(
      'This buys add-ons for real, starts trials and sends requests to people. Nothing was sent: say with --test-account that the accounts it signs in to are there for tests.',
    )
  }
  const make = flags.adapter === undefined ? async () => urlHarness(flags) : await loadHarness(flags.adapter)
  const first = await make()
  await first.close?.()
  const diary = new Diary()
  const results = await runAdapterContract(
    {
      name: flags.url ?? flags.adapter ?? '',
      harness: async () => {
        if (flags.reset !== undefined) await reset(flags.reset)
        return watched(await make(), diary)
      },
      capabilities: capabilitiesOf(flags, first),
      skip: { ...left(flags), ...readSkips(flags.skip) },
      only: flags.group,
      model: { seed: readNumber('seed', flags.seed), runs: 5 },
      print: out,
    },
    report,
  )
  return conclude(results, diary)
}

/** What a standing account cannot do, or would not be left in peace by. */
function left(flags: Flags): Record<string, string> {
  const limit = { 'errors > too many POSTs in a minute are refused, with how long to wait': 'would block the account' }
  return flags.reset === undefined ? { ...limit, model: 'random runs need an account that --reset sets back' } : limit
}

async function reset(command: string): Promise<void> {
  await promisify(execFile)(command, { shell: true }).catch((error: unknown) => {
    throw new FlagError(`--reset failed: ${error instanceof Error ? error.message : String(error)}`)
  })
}

function watched(harness: ContractHarness, diary: Diary): ContractHarness {
  const { people } = harness
  const see = (person: Person) => {
    const adapter = people[person]
    return adapter && diary.watch(person, patient(adapter, out))
  }
  const owner = diary.watch('owner', patient(people.owner, out))
  const others = { secondOwner: see('secondOwner'), admin: see('admin'), supervisor: see('supervisor') }
  return {
    ...harness,
    people: { owner, ...others, agent: see('agent'), stranger: see('stranger'), nobody: see('nobody') },
  }
}

/** What is there; for the rest the reason why not. */
function capabilitiesOf(flags: Flags, { people, levers = {} }: ContractHarness): Capabilities {
  const isPerson = (name: Capability): name is Capability & Person => name in roleOf
  const of = (name: Capability): true | string => {
    // A backend without any shows it: then there is nothing left to test.
    if (name === 'trials' || name === 'quotes') return true
    if (isPerson(name)) {
      if (people[name]) return true
      return flags.url === undefined ? `the module exports no people.${name}` : `no --${headerFlags[name]} was given`
    }
    if (levers[name]) return true
    return flags.url === undefined ? `the module exports no levers.${name}` : 'out of reach over HTTP'
  }
  return mapCapabilities(of)
}

const marks = { passed: '✓', failed: '✗', skipped: '-' } as const

function report({ group, title, outcome, why }: ContractResult): void {
  const text =
    outcome === 'failed' ? `\n    ${(why ?? '').replaceAll('\n', '\n    ')}` : why === undefined ? '' : ` (${why})`
  out(`${marks[outcome]} ${group} > ${title}${text}`)
}

function conclude(results: readonly ContractResult[], diary: Diary): number {
  const count = (outcome: ContractResult['outcome']) => results.filter((result) => result.outcome === outcome).length
  out(diary.entries.length === 0 ? '\nNothing was created.' : '\nCreated in the backend:')
  for (const entry of diary.entries) out(`  ${entry}`)
  out(`\n${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`)
  if (count('failed') > 0) return 1
  if (count('passed') > 0) return 0
  out('Nothing was proved: every test was skipped.')
  return 2
}
