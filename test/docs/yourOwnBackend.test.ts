import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { roleOf } from '../../src/testing/ContractHarness.js'
import { type Capability, mapCapabilities } from '../../src/testing/capabilities.js'
import { contractGroups } from '../../src/testing/groups.js'
import { runAdapterContract } from '../../src/testing/index.js'
import { brokenBackends } from '../contract/brokenBackends.js'
import { type Fault, KitBackend } from '../contract/KitBackend.js'
import { kitHarness } from '../contract/kitHarness.js'

const read = (file: string) => readFileSync(path.join(import.meta.dirname, file), 'utf8')
const page = read('../../docs/your-own-backend.md')

/** The named tests between a heading, or the words before the list, and what comes next. */
function testsBelow(words: string): string[] {
  const [, after = ''] = page.split(words)
  const [, list = ''] = /\n\n((?:- `.*`.*\n)+)/.exec(after) ?? []
  return list
    .trimEnd()
    .split('\n')
    .flatMap((line) => /^- `(.*)`/.exec(line)?.[1] ?? [])
}

const tests = contractGroups({ seed: 0, runs: 0, steps: 0 }).flatMap(({ name, tests }) =>
  tests.map(({ title, needs = [] }) => ({ id: `${name} > ${title}`, levers: needs.filter(isLever) })),
)

/** Whoever runs it from the command line has everything else. */
function isLever(need: Capability): boolean {
  return !(need in roleOf) && need !== 'trials' && need !== 'quotes'
}

test('the code of the page is the files that are run, to the letter', () => {
  const blocks = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, block]) => block)
  expect(blocks).toEqual([read('ownBackend.test.ts'), read('adapter.ts').replace(/^\/\/ biome-ignore.*\n/gm, '')])
})

test.each([
  ['## A backend without previews', 'charges-the-new-price', 6],
  ['## A backend without idempotency keys', 'has-no-idempotency', 5],
  ['without a lock are no keys', 'checks-and-writes-without-a-lock', 3],
])('the tests named below “%s” are tests that such a backend fails', (words, backend, count) => {
  const named = testsBelow(words)
  expect(named).toHaveLength(count)
  const caught = read(`../contract/caught/${backend}.md`)
  for (const name of named) expect(caught).toContain(`- ${name}\n`)
})

test('the levers that stand behind a test are those that it needs', () => {
  const lines = page.split('\n').flatMap((line) => {
    const [, id, levers = ''] = /^- `(.* > .*)`(?: \((.*)\))?$/.exec(line) ?? []
    return id === undefined ? [] : [{ id, levers: levers.split(', ').filter(Boolean) }]
  })
  expect(lines.length).toBeGreaterThan(10)
  for (const line of lines) expect(tests).toContainEqual(line)
})

test('the table of levers says how many tests need each of them', () => {
  const rows = [...page.matchAll(/^\| `(\w+)` \| (\d+) \|/gm)].map(([, lever, count]) => [lever, Number(count)])
  const needed = [...new Set(tests.flatMap(({ levers }) => levers))]
  const counts = needed.map((lever) => [lever, tests.filter(({ levers }) => levers.includes(lever)).length])
  expect(rows.sort()).toEqual(counts.sort())
  const [, all] = /all but (\d+) of them/.exec(page) ?? []
  expect(Number(all)).toBe(tests.filter(({ levers }) => levers.length > 0).length)
  expect(page).toContain(`The ${all} need a lever`)
})

test('without levers exactly the backends that are listed stay unseen', { timeout: 60_000 }, async () => {
  const capabilities = mapCapabilities((name) => !isLever(name) || 'out of reach')
  const unseen: string[] = []
  for (const [name, fault] of Object.entries<Fault>(brokenBackends)) {
    const harness = () => ({ people: kitHarness(new KitBackend(fault)).people })
    const model = { seed: 7, runs: 5 }
    const results = await runAdapterContract({ name, harness, capabilities, model, print: () => {} })
    if (!results.some(({ outcome }) => outcome === 'failed')) unseen.push(name)
  }
  expect(testsBelow('with\nlevers:').sort()).toEqual(unseen.sort())
})
