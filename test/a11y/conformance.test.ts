import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { isThere, namedTests } from '../namedTests.js'

/** The criteria of WCAG 2.2 at levels A and AA; 4.1.1 is obsolete. */
const criteria = [
  '1.1.1 1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.3.3 1.3.4 1.3.5',
  '1.4.1 1.4.2 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13',
  '2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.4.5 2.4.6 2.4.7 2.4.11',
  '2.5.1 2.5.2 2.5.3 2.5.4 2.5.7 2.5.8 3.1.1 3.1.2 3.2.1 3.2.2 3.2.3 3.2.4 3.2.6',
  '3.3.1 3.3.2 3.3.3 3.3.4 3.3.7 3.3.8 4.1.2 4.1.3',
].flatMap((line) => line.split(' '))

interface Row {
  name: string
  conformance?: string | undefined
  covered: string
}

const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/accessibility.md'), 'utf8')
const cells = page
  .split('\n')
  .filter((line) => /^\| (?!criterion|rule)/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
const rows = cells.flatMap(([, name = '', , , conformance, , covered]): Row[] =>
  covered === undefined ? [] : [{ name, conformance, covered }],
)
const rules = cells.flatMap(([, name = '', covered = '', ...rest]): Row[] =>
  rest.length > 1 ? [] : [{ name, covered }],
)

/** What a cell names and is not there. */
function missing(covered: string) {
  const named = namedTests(covered)
  expect(named, 'every line of the cell is `file` › title').toHaveLength(covered.split('<br>').length)
  return named.filter(({ file, title }) => !isThere(file, title))
}

describe('docs/accessibility.md', () => {
  test('has a row for each of the 55 criteria, once and in order', () => {
    expect(criteria).toHaveLength(55)
    expect(rows.map(({ name }) => name)).toEqual(criteria)
  })

  test.each(rows)('$name: $conformance, and the tests that show it are there and run', ({ conformance, covered }) => {
    expect(['supports', 'depends on the host', 'not applicable']).toContain(conformance)
    if (conformance !== 'supports' && covered === '–') return
    expect(missing(covered)).toEqual([])
  })

  test.each(rules)('the rule “$name” has tests that are there and run', ({ covered }) => {
    expect(missing(covered)).toEqual([])
  })
})
