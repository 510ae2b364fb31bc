import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { type ContractHarness, type Person, roleOf } from '../testing/ContractHarness.js'
import { type Capabilities, type Capability, mapCapabilities } from '../testing/capabilities.js'
import { type ContractOptions, planContract } from '../testing/planContract.js'
import { createSeed } from '../testing/random.js'
import { runAdapterContract } from '../testing/runAdapterContract.js'
import { World } from '../testing/World.js'
import { Diary } from './Diary.js'
import { loadHarness } from './loadHarness.js'
import { createPatience } from './patience.js'
import { type Asking, NotReady, preflight, type SignedIn } from './preflight.js'
import { Report } from './Report.js'
import { FlagError, type Flags, headerFlags, readFlags, readNumber, readSeconds, readSkips } from './readFlags.js'
import { readVersion } from './readVersion.js'
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
    if (flags.version) {
      out(readVersion())
      return 0
    }
    return await run(flags)
  } catch (error) {
    if (error instanceof NotReady) {
      fault(error.message)
      return 2
    }
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
  const timeout = readSeconds(flags) * 1000
  const patient = createPatience(out)
  const first = await make()
  const capabilities = capabilitiesOf(flags, first)
  const diary = new Diary()
  const seed = readNumber('seed', flags.seed) ?? createSeed()
  const options: ContractOptions = {
    name: flags.url ?? flags.adapter ?? '',
    harness: async () => {
      if (flags.reset !== undefined) await reset(flags.reset)
      return make()
    },
    capabilities,
    timeout,
    through: (adapter, person) => diary.watch(person, patient(adapter)),
    skip: { ...left(flags), ...readSkips(flags.skip) },
    only: flags.group,
    model: { seed, runs: 5 },
    // The report says at its end what was skipped, and why.
    print: () => {},
  }
  const planned = planContract(options)
  const world = new World(first, capabilities, { timeout, through: patient })
  if (flags.reset !== undefined) await reset(flags.reset)
  const { account } = await preflight(world, askingOf(flags)).finally(() => world.close())
  out(`Checking ${options.name} with account ${account.id} (${account.name})`)
  if (planned.some(({ group, skipped }) => group === 'model' && skipped === undefined)) {
    out(`The random runs have the seed ${seed}: --seed ${seed} repeats them`)
  }
  out('')
  return concluding(new Report(out), diary, (report) => runAdapterContract(options, (result) => report.add(result)))
}

/** Whoever stops it has to know too what was bought. */
async function concluding(report: Report, diary: Diary, work: (report: Report) => Promise<unknown>): Promise<number> {
  const interrupt = () => {
    out('\nInterrupted. The backend may still be busy with what was sent last.')
    report.conclude(diary)
    process.exit(130)
  }
  process.once('SIGINT', interrupt)
  try {
    await work(report)
  } finally {
    process.off('SIGINT', interrupt)
  }
  return report.conclude(diary)
}

/** What a standing account cannot do, or would not be left in peace by. */
function left(flags: Flags): Record<string, string> {
  const limit = {
    'errors > too many POSTs in a minute are refused, with how long to wait': 'would block the Owner for a minute',
  }
  return flags.reset === undefined ? { ...limit, model: 'random runs need an account that --reset sets back' } : limit
}

async function reset(command: string): Promise<void> {
  await promisify(execFile)(command, { shell: true }).catch((error: unknown) => {
    throw new FlagError(`--reset failed: ${error instanceof Error ? error.message.trim() : String(error)}`)
  })
}

function askingOf({ url, adapter }: Flags): (person: SignedIn) => Asking {
  return (person) =>
    url === undefined
      ? { flag: `--adapter ${adapter}`, call: `people.${person}.getPlan()` }
      : { flag: `--${headerFlags[person]}`, call: `GET ${url.replace(/\/+$/, '')}/plan` }
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
