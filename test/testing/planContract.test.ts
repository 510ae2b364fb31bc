import { type ContractOptions, ContractViolation, defineAdapterContract, runAdapterContract } from 'addon-kit/testing'
import { describe, expect, test } from 'vitest'
import { mapCapabilities } from '../../src/testing/capabilities.js'
import { expectSame } from '../../src/testing/expectSame.js'
import { KitBackend } from '../contract/KitBackend.js'
import { everything, kitHarness } from '../contract/kitHarness.js'

const printed: string[] = []
const options: ContractOptions = {
  name: 'mine',
  harness: () => kitHarness(new KitBackend()),
  capabilities: everything,
  model: { runs: 2, seed: 7 },
  print: (line) => printed.push(line),
}

/** Defines the contract, and says what the runner was given. */
function define(change: Partial<ContractOptions>) {
  const run: string[] = []
  const skipped: string[] = []
  const runner = {
    describe: (_name: string, body: () => void) => body(),
    test: Object.assign((name: string) => void run.push(name), { skip: (name: string) => void skipped.push(name) }),
  }
  printed.length = 0
  defineAdapterContract({ runner, ...options, ...change })
  return { run, skipped }
}

describe('what is skipped', () => {
  test('nothing, where the backend offers everything', () => {
    const { run, skipped } = define({})
    expect(skipped).toEqual([])
    expect(run.length).toBeGreaterThan(140)
    expect(printed).toEqual(['mine: the random runs have the seed 7; model: { seed: 7 } repeats them'])
  })

  test('what needs something the backend cannot offer, with the reason in the name and printed', () => {
    const { skipped } = define({ capabilities: { ...everything, loseNext: 'the connection is not ours' } })
    expect(skipped).toHaveLength(2)
    for (const name of skipped) {
      expect(name).toMatch(/\(skipped: needs a connection that can be broken: the connection is not ours\)$/)
    }
    expect(printed[0]).toBe(
      'mine: skipped “idempotency > an answer that gets lost is no verdict, and the same key brings it” and 1 more: ' +
        'needs a connection that can be broken: the connection is not ours',
    )
  })

  test('a group or a test that the host names, with its reason', () => {
    const id = 'races > two Owners at once: one buys, the other is told so'
    const { skipped } = define({ skip: { model: 'no time', [id]: 'we have one Owner' } })
    expect(skipped).toEqual([
      'two Owners at once: one buys, the other is told so (skipped: we have one Owner)',
      'random run 1 (skipped: no time)',
      'random run 2 (skipped: no time)',
    ])
    expect(printed).toHaveLength(2)
  })

  test('every group but those that are asked for', () => {
    const { run, skipped } = define({ only: ['trial'] })
    expect(run).toContain('a trial cannot be started twice')
    expect(run.length).toBeLessThan(10)
    expect(skipped.length).toBeGreaterThan(130)
    expect(printed).toEqual([expect.stringMatching(/and \d+ more: only trial is asked for$/)])
  })

  test.each<[string, Partial<ContractOptions>, RegExp]>([
    [
      'a group that is not there',
      { only: ['trials'] },
      /there is no group “trials”\. There are: shape, who is told what, policy, idempotency, races/,
    ],
    ['a capability without a reason', { capabilities: { ...everything, setPrice: ' ' } }, /capabilities\.setPrice/],
    ['a test without a reason', { skip: { model: '' } }, /skip\["model"\] has no reason/],
    ['a name that leads to no test', { skip: { 'races > nothing': 'x' } }, /neither a group nor a test/],
  ])('%s is an error', (_, change, message) => {
    expect(() => define(change)).toThrow(message)
  })

  test('a capability that is left out is an error', () => {
    const { setPrice: _, ...others } = everything
    const given: object = others
    expect(() => Reflect.apply(define, undefined, [{ capabilities: given }])).toThrow(
      /capabilities\.setPrice is undefined/,
    )
  })
})

describe('a test that fails', () => {
  test('says what was expected, what came, and which rule is broken', async () => {
    const backend = { identify: (identity: { role: string }) => ({ ...identity, role: 'owner' }) }
    const harness = () =>
      kitHarness(new KitBackend({ identify: (identity) => ({ ...identity, ...backend.identify(identity) }) }))
    const results = await runAdapterContract({ ...options, harness, only: ['policy'] })
    const result = results.find(({ title }) => title === 'agent: startTrial is forbidden')
    expect(result?.error).toBeInstanceOf(ContractViolation)
    expect(result?.why).toMatch(
      /^startTrial by the agent\n {2}expected: a refusal: forbidden \(role\)\n {2}received: an answer: analytics-plus, trialing\n {2}the rule: nobody does what their role may not do/,
    )
  })

  test('says that the harness lacks what its capabilities promise', async () => {
    const harness = () => ({ people: kitHarness(new KitBackend()).people })
    const results = await runAdapterContract({ ...options, harness, only: ['price lock'] })
    const result = results.find(({ title }) => title === 'time that passes does not change a price')
    expect(result?.why).toContain('expected: harness.levers.advanceClock')
  })

  test('says what a backend rejects with that is no AddOnError', async () => {
    const harness = () => {
      const world = kitHarness(new KitBackend())
      const previewPurchase = () => Promise.reject(new Error('boom'))
      return {
        ...world,
        people: { ...world.people, owner: { ...world.people.owner, ...wrap(world), previewPurchase } },
      }
    }
    const results = await runAdapterContract({ ...options, harness, only: ['shape'] })
    const result = results.find(({ title }) => title === 'every preview is one of its own')
    expect(result?.why).toContain('received: network: boom')
  })
})

/** An adapter's methods as plain functions. */
function wrap({ people: { owner } }: ReturnType<typeof kitHarness>) {
  return { getPlan: () => owner.getPlan() }
}

test.each<[unknown, unknown, string, string]>([
  [{ a: 1, b: [2, 3] }, { a: 1, b: [2, 4] }, 'b.1: 3', 'b.1: 4'],
  [{ a: 1 }, { a: 1, b: null }, 'b: nothing', 'b: null'],
  [[], [1], '[]', '[1]'],
  [[{ id: 'x', on: true }], [{ id: 'x', on: false }], 'x.on: true', 'x.on: false'],
  ['a', 'b', '"a"', '"b"'],
  [
    { a: 1, b: 1, c: 1, d: 1, e: 1 },
    {},
    'a: 1; b: 1; c: 1; and 2 more',
    'a: nothing; b: nothing; c: nothing; and 2 more',
  ],
  ['x'.repeat(400), '', `"${'x'.repeat(299)}…`, '""'],
])('where data differs, only the difference is told: %j', (received, expected, isTold, isWanted) => {
  const compare = () => expectSame('the data', received, expected)
  expect(compare).toThrow(`the data\n  expected: ${isWanted}\n  received: ${isTold}`)
})

test('data that differs in the order of its keys is the same', () => {
  expect(() => expectSame('the data', { a: 1, b: { c: 2, d: undefined } }, { b: { c: 2 }, a: 1 })).not.toThrow()
})

test('what a test needs for one and the same reason is named together', () => {
  const why = 'no bank of ours'
  const { skipped } = define({
    capabilities: { ...everything, nextCharge: why, decideCharges: why, addSeats: 'fixed' },
  })
  const title = 'a purchase under way keeps its price when the seats change meanwhile'
  expect(skipped).toContain(
    `${title} (skipped: needs a bank that can be told what to do and a bank that decides later: ${why}; needs seats that can be added: fixed)`,
  )
})

test('what stands between the tests and the backend is given calls that are bounded and checked', async () => {
  const heard: string[] = []
  const never = () => new Promise<never>(() => {})
  const harness = () => {
    const world = kitHarness(new KitBackend())
    const posts = { purchase: never, requestQuote: never, startTrial: never, requestFeature: never }
    return { people: { owner: { ...wrap(world), ...posts, previewPurchase: never } } }
  }
  const results = await runAdapterContract({
    ...options,
    harness,
    capabilities: mapCapabilities(() => 'not there'),
    only: ['money'],
    timeout: 20,
    through: (adapter, person) => ({
      getPlan: () => adapter.getPlan(),
      purchase: (input) => adapter.purchase(input),
      requestQuote: (input) => adapter.requestQuote(input),
      startTrial: (input) => adapter.startTrial(input),
      requestFeature: (input) => adapter.requestFeature(input),
      previewPurchase: (input) =>
        adapter.previewPurchase(input).catch((error: unknown) => {
          heard.push(`${person}: ${error}`)
          throw error
        }),
    }),
  })
  expect(heard).toEqual(['owner: AddOnError: timeout'])
  expect(results.flatMap(({ outcome, why = '' }) => (outcome === 'failed' ? [why] : []))).toEqual([
    expect.stringContaining('received: timeout'),
  ])
})

test('a test for which the backend has nothing left is skipped by the own runner, with the reason', async () => {
  const harness = async () => {
    const backend = new KitBackend()
    for (const id of ['analytics-plus', 'ai-assist', 'ai-assist-pro']) {
      await backend.store.recordSale('acc_larkspur', id, { since: backend.now })
    }
    return kitHarness(backend)
  }
  const results = await runAdapterContract({ ...options, harness, only: ['price lock'] })
  expect(results.find(({ title }) => title === 'a preview buys nothing by itself')).toMatchObject({
    outcome: 'skipped',
    why: 'no add-on is left for which the owner is offered “subscribe”',
  })
})

test('the harness is made anew for each test and closed after it', async () => {
  let made = 0
  let closed = 0
  const harness = () => {
    made += 1
    return {
      ...kitHarness(new KitBackend()),
      close() {
        closed += 1
      },
    }
  }
  const results = await runAdapterContract({ ...options, harness, only: ['trial', 'shape'] })
  expect(made).toBe(results.filter(({ outcome }) => outcome !== 'skipped').length)
  expect(made).toBeGreaterThan(10)
  expect(closed).toBe(made)
})

test('the same seed makes the same random runs', async () => {
  const storyOf = async (seed: number) => {
    const harness = () => kitHarness(new KitBackend({ identify: (identity) => ({ ...identity, role: 'owner' }) }))
    const results = await runAdapterContract({ ...options, harness, only: ['model'], model: { seed, runs: 3 } })
    return results
      .filter(({ outcome }) => outcome !== 'skipped')
      .map(({ why = '' }) => why.replaceAll(/[\da-f-]{36}/g, ''))
  }
  expect(await storyOf(11)).toEqual(await storyOf(11))
  expect(await storyOf(11)).not.toEqual(await storyOf(12))
})
