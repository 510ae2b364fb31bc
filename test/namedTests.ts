import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseAst } from 'vite'

const root = path.resolve(import.meta.dirname, '..')

/** The tests that a row names: `file` › title, one to a line. */
export function namedTests(covered: string): { file: string; title: string }[] {
  return covered.split('<br>').flatMap((item) => {
    const [, file, title] = /^`([^`]+)` › (.+)$/.exec(item.trim()) ?? []
    return file && title ? [{ file, title: title.trim() }] : []
  })
}

/** The titles of the tests that are run: `test('…')`, `test.each(…)('…')`; none that is skipped or to be done. */
export function titlesIn(code: string): Set<string> {
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

/** Whether a file has a test of that title, or a story of that name. */
export function isThere(file: string, title: string): boolean {
  const full = path.join(root, file)
  if (!existsSync(full)) return false
  const code = readFileSync(full, 'utf8')
  if (file.endsWith('.stories.tsx')) return new RegExp(`^export const ${title}\\b`, 'm').test(code)
  return titlesIn(code).has(title)
}
