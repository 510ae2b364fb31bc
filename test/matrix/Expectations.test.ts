import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import { decideActions, definePolicy, type Policy, standardPolicy } from '../../src/domain/policy.js'
import { actionColumns, type CellKey, csvRoles, differencesOf, Expectations, keyColumns } from './Expectations.js'
import {
  accountOf,
  addOnOf,
  type Combination,
  combinations,
  expectedAccess,
  expectedActions,
  expectedDecisions,
  isEntitledIn,
  isTold,
  matrixNow,
  nameOf,
  planOverviewOf,
} from './matrix.js'

const csv = readFileSync(new URL('expected.csv', import.meta.url), 'utf8')
const expectations = new Expectations(csv)

/** Every cell that the controls of the RoleMatrix story can show. */
const cells = combinations().flatMap((combination) => {
  const role = csvRoles.find((one) => one === combination.role)
  return role && combination.hasPrice && combination.hasTrial ? [{ combination, key: { ...combination, role } }] : []
})

type Decide = (combination: Combination) => Parameters<typeof differencesOf>[1]

const decideBy =
  (policy: Policy): Decide =>
  (combination) => {
    const { role } = combination
    const addOn = addOnOf(combination)
    return decideActions({ viewer: { role }, account: accountOf(combination), addOn, policy, now: matrixNow })
  }
const decideByTables: Decide = (combination) => ({
  actions: expectedActions(combination),
  decisions: expectedDecisions(combination),
})

function problemsWith(expected: Expectations, decide: Decide, some = cells): string[] {
  return some.flatMap(({ combination, key }) =>
    differencesOf(expected.find(key), decide(combination)).map((problem) => `${nameOf(combination)}: ${problem}`),
  )
}

/** The file with one cell changed. */
function changed(line: number, column: number, value: string): string {
  const lines = csv
    .trim()
    .split('\n')
    .map((one) => one.split(','))
  const row = lines[line]
  if (!row || row[column] === undefined) throw new RangeError(`There is no cell ${line}, ${column}.`)
  row[column] = value
  return lines.map((one) => one.join(',')).join('\n')
}

test('expected.csv has exactly one line for each of the 1792 cells that the controls can show', () => {
  expect(cells).toHaveLength(1792)
  expect(cells.flatMap(({ combination, key }) => lineProblem(key, nameOf(combination)))).toEqual([])
})

function lineProblem(key: CellKey, name: string): string[] {
  const found = expectations.find(key)
  return typeof found === 'string' ? [`${name}: ${found}`] : []
}

test('the policy agrees with expected.csv in every cell: actions, their order, and each reason', () => {
  expect(problemsWith(expectations, decideBy(standardPolicy))).toEqual([])
})

test('the tables of matrix.ts, which the handler and the cards are held to, agree with it too', () => {
  expect(problemsWith(expectations, decideByTables)).toEqual([])
})

test('so do the tables of what each viewer is told: who sees the card, a sidebar entry, and the billing', () => {
  const problems = cells.flatMap(({ combination, key }) => {
    const line = expectations.find(key)
    if (typeof line === 'string') return [line]
    const hasAccess = expectedAccess(combination)
    const isLocked = hasAccess && isTold(combination) && combination.status !== 'unknown'
    const told = {
      card: hasAccess && isTold(combination) ? 'shown' : 'nothing',
      sidebar: isEntitledIn(combination) ? 'link' : isLocked ? 'locked' : 'nothing',
      summary: !hasAccess ? 'sentence' : planOverviewOf(combination).account.billing ? 'billing' : 'plan',
    }
    const { card, sidebar, summary } = line
    return isDeepStrictEqual({ card, sidebar, summary }, told) ? [] : [nameOf(combination)]
  })
  expect(problems).toEqual([])
})

describe('what a wrong file comes to', () => {
  const rows = csv.trim().split('\n').slice(1)

  test('each line that is missing is missed', () => {
    for (const row of rows) {
      const without = new Expectations(csv.replace(`${row}\n`, ''))
      const missed = cells.filter(({ key }) => typeof without.find(key) === 'string')
      expect(missed, row).not.toEqual([])
    }
  })

  test('each outcome that is changed is a difference', () => {
    const head = csv.split('\n')[0]?.split(',') ?? []
    rows.forEach((row, index) => {
      const own = cells.filter(({ key }) => expectations.find(key) === expectations.lines[index])
      for (const column of ['actions', ...actionColumns]) {
        const at = head.indexOf(column)
        const was = row.split(',')[at]
        const value = column === 'actions' ? (was === 'none' ? 'subscribe' : 'none') : was === 'host' ? 'role' : 'host'
        const problems = problemsWith(new Expectations(changed(index + 1, at, value)), decideBy(standardPolicy), own)
        expect(problems, `${row}: ${column}`).not.toEqual([])
      }
    })
  })

  test('two lines for one cell are a fault, not a choice', () => {
    const twice = new Expectations(`${csv}${rows[0]}`)
    const first = cells.find(({ key }) => typeof twice.find(key) === 'string')
    expect(first && twice.find(first.key)).toBe('expected.csv has 2 lines for this cell.')
  })

  test('a word that is not known is named with its line', () => {
    expect(() => new Expectations(changed(3, keyColumns.length, 'buy'))).toThrow(/^expected\.csv, line 4: actions/)
  })
})

test.each([
  ['an Owner who may ask for quotes no more', { owner: ['subscribe', 'start-trial', 'view-billing', 'view-requests'] }],
  ['an Admin who buys', { admin: ['subscribe', 'start-trial', 'request-feature'] }],
  ['a Supervisor who tries', { supervisor: ['start-trial', 'request-feature'] }],
  ['an Agent who asks', { agent: ['request-feature'] }],
] as const)('a policy with %s is a difference', (_, change) => {
  const roles = { ...Object.fromEntries(standardPolicy.roles), ...change }
  expect(problemsWith(expectations, decideBy(definePolicy({ roles })))).not.toEqual([])
})
