import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { isThere, namedTests, titlesIn } from './namedTests.js'

const root = path.resolve(import.meta.dirname, '..')

/** The faults that may go wrong, numbered without a gap. */
const faults = 47
/** What only a durable server can show. */
const open = [43, 44]

interface Row {
  readonly number: number
  readonly covered: string
}

/** The rows of the table: | 1 | fault | what happens | tests |. */
function rowsOf(markdown: string): Row[] {
  return markdown.split('\n').flatMap((line) => {
    const [, number = '', , , covered = ''] = line.split(/(?<!\\)\|/).map((cell) => cell.trim())
    return /^\d+$/.test(number) ? [{ number: Number(number), covered }] : []
  })
}

const rows = rowsOf(readFileSync(path.join(root, 'docs/reliability.md'), 'utf8'))

describe('docs/reliability.md', () => {
  test('has a row for every fault, once and in order', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: faults }, (_, index) => index + 1))
  })

  test.each(rows)('row $number names tests that are there and run, or says that it is open', ({ number, covered }) => {
    if (open.includes(number)) {
      expect(covered).toBe('open')
      return
    }
    const named = namedTests(covered)
    expect(named.length, covered).toBeGreaterThan(0)
    expect(named, 'every line of the cell is `file` › title').toHaveLength(covered.split('<br>').length)
    expect(named.filter(({ file, title }) => !isThere(file, title))).toEqual([])
  })
})

test('a test that is skipped, or to be done, is not taken for one that runs', () => {
  const code = `test('a', f); test.each([1])('b', f); it(\`c \${d}\`, f); test.skip('e', f); test.todo('g'); other('h', f)`
  expect([...titlesIn(code)]).toEqual(['a', 'b', 'c …'])
})
