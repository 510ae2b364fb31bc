import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { contractGroups } from '../../src/testing/groups.js'
import { type ContractOptions, type ContractResult, runAdapterContract } from '../../src/testing/index.js'
import { brokenBackends } from './brokenBackends.js'
import { type Fault, KitBackend } from './KitBackend.js'
import { everything, kitHarness } from './kitHarness.js'
import { slips } from './slips.js'

type Name = keyof typeof brokenBackends

/** The test that is made for each fault; the lists of all that fail stand in `caught/`. */
const caughtBy: Readonly<Record<Name, string>> = {
  'has no idempotency': 'idempotency > the same key again brings the first purchase, and one charge',
  'sends a charge again instead of looking it up':
    'races > a pending purchase that is paid is found out with the same key, and charged once',
  'replays an answer whatever the body': 'idempotency > a key with another body is refused',
  'replays before authorising':
    'idempotency > a buyer who may not buy any more is refused, not given the stored answer',
  'forgets that a key was declined':
    'idempotency > a declined purchase stays declined under its key, and a new key tries the same preview again',
  'charges the new price':
    'price lock > more seats since the preview: refused with the new price, and that is what a fresh confirmation pays',
  'charges without comparing what was shown':
    'price lock > a purchase that expects a smaller amount is refused with a new price',
  'charges another amount than it says':
    'price lock > exactly the amount that was shown is charged, and the answer says it',
  'accepts expired previews': 'price lock > an expired preview buys nothing',
  "accepts another person's preview": "price lock > another person's preview buys nothing",
  'forgets roles': 'policy > admin: previewPurchase is forbidden',
  'forgets roles when it reads': 'who is told what > admin: GET /plan tells what the role may see',
  'tells agents prices': 'who is told what > agent: GET /plan tells what the role may see',
  'tells admins who asked': 'requests > a note reaches those who may see requests as it was written, and nobody else',
  'leaks a tenant': 'tenancy > previewPurchase for another account is refused',
  'keeps one record for all accounts': 'tenancy > what one account buys another one neither has nor pays for',
  'rounds per seat': 'money > vector O1: 25 seats of 999 are rounded once, not 25 times',
  'forgets dedupe': 'requests > a repeated feature request brings the first one',
  'tells people of every request': 'requests > requests of several people for one add-on are one notification',
  'starts a trial twice': 'trial > a trial that is over cannot be started again',
  'releases a pending purchase by a timer':
    'races > a pending purchase is not released by time alone: its money and a second one never both move',
  'checks and writes without a lock': 'races > two Owners at once: one buys, the other is told so',
  'reserves nothing while it charges': 'idempotency > the same key five times at once is one purchase',
  'lets everybody in': 'errors > GET /plan without a sign-in is refused',
  'sends amounts as decimals': 'shape > the amount due is the exact sum of the lines, in one currency',
  'cuts long notes': 'malformed input > a note that is too long is refused',
}

function check(name: string, fault: Fault, change: Partial<ContractOptions>): Promise<ContractResult[]> {
  const harness = () => kitHarness(new KitBackend(fault))
  return runAdapterContract({ name, harness, capabilities: everything, print: () => {}, ...change })
}

const failuresIn = (results: readonly ContractResult[]) =>
  results.filter(({ outcome }) => outcome === 'failed').map(({ group, title }) => `${group} > ${title}`)

/** All that a backend fails, to be read. */
const listOf = (name: string, failures: readonly string[]) =>
  [`A backend that ${name} fails:`, '', ...failures.map((failure) => `- ${failure}`), ''].join('\n')

const fileOf = (name: string) => `caught/${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}.md`

describe('without the random runs', { timeout: 60_000 }, () => {
  const fixed = { skip: { model: 'chance has tests of its own below' } }

  test('the healthy backend fails none, and none is skipped but those runs', async () => {
    const results = await check('healthy', {}, fixed)
    expect(failuresIn(results)).toEqual([])
    expect(results.filter(({ group, outcome }) => group !== 'model' && outcome !== 'passed')).toEqual([])
    expect(results.length).toBeGreaterThan(140)
  })

  const names = Object.keys(brokenBackends).filter((name): name is Name => name in brokenBackends)
  test.each(names)('a backend that %s is caught by the test that is made for it', async (name) => {
    const failures = failuresIn(await check(name, brokenBackends[name], fixed))
    expect(failures).toContain(caughtBy[name])
    await expect(listOf(name, failures)).toMatchFileSnapshot(fileOf(name))
  })

  test.each(Object.entries<Fault & { only: readonly string[] }>(slips))(
    'a backend that %s is caught',
    async (name, slip) => {
      const failures = failuresIn(await check(name, slip, { only: slip.only }))
      expect(failures).not.toEqual([])
      await expect(listOf(name, failures)).toMatchFileSnapshot(fileOf(name))
    },
  )

  test('every test of the contract is failed by one of these backends', async () => {
    // Whoever sends decimals fails nearly everything, which proves nothing.
    const files = [...Object.keys(brokenBackends), ...Object.keys(slips)]
      .filter((name) => name !== 'sends amounts as decimals')
      .map((name) => readFileSync(path.join(import.meta.dirname, fileOf(name)), 'utf8'))
    const caught = new Set(files.flatMap((file) => file.split('\n')))
    const planned = contractGroups({ seed: 0, runs: 0, steps: 0 }).flatMap(({ name, tests }) =>
      tests.map(({ title }) => `- ${name} > ${title}`),
    )
    expect(planned.length).toBeGreaterThan(140)
    expect(planned.filter((line) => !caught.has(line))).toEqual([])
  })
})

describe('the random runs alone', { timeout: 60_000 }, () => {
  async function failuresOf(fault: Fault): Promise<ContractResult[]> {
    const model = { seed: 20_260_307, runs: 25, steps: 40 }
    return (await check('x', fault, { only: ['model'], model })).filter(({ outcome }) => outcome === 'failed')
  }

  test('find nothing in the healthy backend', async () => {
    expect(await failuresOf({})).toEqual([])
  })

  test.each<[Name, RegExp]>([
    ['sends a charge again instead of looking it up', /at most one charge/],
    ['releases a pending purchase by a timer', /at most one charge/],
    ['charges another amount than it says', /what is charged is what was shown/],
    ['charges the new price', /what is charged is what was shown/],
    ['checks and writes without a lock', /at most one charge/],
    ['forgets roles', /nobody does what their role may not do/],
  ])('find that it %s', async (name, rule) => {
    const [first] = await failuresOf(brokenBackends[name])
    expect(first?.why).toMatch(rule)
    expect(first?.why).toMatch(/seed \d+; the steps were:\n {4}1\. /)
  })
})
