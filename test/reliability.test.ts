import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseAst } from 'vite'
import { describe, expect, test } from 'vitest'

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

/** The tests that a row names: `file` › title, one to a line. */
function namedTests(covered: string): { file: string; title: string }[] {
  return covered.split('<br>').flatMap((item) => {
    const [, file, title] = /^`([^`]+)` › (.+)$/.exec(item.trim()) ?? []
    return file && title ? [{ file, title: title.trim() }] : []
  })
}

/** The titles of the tests that are run: `test('…')`, `test.each(…)('…')`; none that is skipped or to be done. */
function titlesIn(code: string): Set<string> {
  const titles = new Set<string>()
  const see = (node: unknown): void => {
    if (Array.isArray(node)) for (const item of node) see(item)
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return
    const { type, callee, arguments: given } = node as Record<string, unknown>
    if (type === 'CallExpression' && isTest(callee)) {
      const title = Array.isArray(given) ? textOf(given[0]) : undefined
      if (title !== undefined) titles.add(title)
    }
    for (const child of Object.values(node)) see(child)
  }
  see(parseAst(code, { lang: 'tsx' }))
  return titles
}

function field(node: unknown, name: string): unknown {
  return typeof node === 'object' && node !== null ? Reflect.get(node, name) : undefined
}

/** `test`, `test.each(…)` and `it`; `test.skip` and its like are not. */
function isTest(callee: unknown): boolean {
  if (field(callee, 'type') === 'Identifier') return ['test', 'it'].includes(String(field(callee, 'name')))
  const inner = field(callee, 'callee')
  return field(field(inner, 'property'), 'name') === 'each' && isTest(field(inner, 'object'))
}

function textOf(node: unknown): string | undefined {
  if (field(node, 'type') === 'Literal') return String(field(node, 'value'))
  if (field(node, 'type') !== 'TemplateLiteral') return undefined
  const quasis = field(node, 'quasis')
  return Array.isArray(quasis) ? quasis.map((part) => field(field(part, 'value'), 'cooked')).join('…') : undefined
}

function isThere(file: string, title: string): boolean {
  const full = path.join(root, file)
  return existsSync(full) && titlesIn(readFileSync(full, 'utf8')).has(title)
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
