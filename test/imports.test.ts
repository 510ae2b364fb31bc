import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseAst } from 'vite'
import { describe, expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }

/** What each layer may import besides itself. Type-only imports count: they are how layers grow together. */
const arrows: Record<string, readonly string[]> = {
  domain: [],
  protocol: ['domain'],
  adapter: ['domain', 'protocol'],
  server: ['domain', 'protocol'],
  messages: ['domain'],
  locales: ['messages'],
  data: ['domain', 'adapter', 'messages'],
  components: ['domain', 'data', 'messages'],
  element: ['components', 'data', 'locales', 'messages'],
  styles: [],
  demo: ['server', 'adapter', 'domain', 'protocol'],
  msw: ['demo', 'server'],
  testing: ['adapter', 'domain', 'protocol'],
  cli: ['testing', 'adapter', 'protocol', 'domain'],
  // src/index.ts
  entry: ['domain', 'protocol', 'adapter', 'data', 'messages', 'components'],
}

/** The sources of `./dist/server/index.js` and its like, relative to src. */
const entryFiles = Object.values(manifest.exports)
  .flatMap((target) => (typeof target === 'string' ? [] : [target.default]))
  .filter((file) => file.endsWith('.js'))
  .map((file) => file.replace('./dist/', '').replace(/js$/, 'ts'))

/** Path relative to src, with `/`, and the source. */
type Files = ReadonlyMap<string, string>

function findProblems(files: Files): string[] {
  return [
    ...[...files.keys()].flatMap(checkName),
    ...[...files].flatMap(([file, code]) =>
      importsOf(file, code).flatMap((target) => checkImport(files, file, target)),
    ),
    ...wayToServer(files),
  ]
}

function checkName(file: string): string[] {
  const { dir, name } = path.posix.parse(file)
  const problems: string[] = []
  if (name === 'index' && !entryFiles.includes(file)) {
    problems.push(`src/${file}: only entries of package.json are named index.ts; import the file that is meant`)
  }
  const vague = [...dir.split('/'), name].find((part) => /^(utils?|helpers?|lib)$/i.test(part))
  if (vague) problems.push(`src/${file}: “${vague}” names no concept; name the file after its main export`)
  return problems
}

function checkImport(files: Files, file: string, target: string): string[] {
  const says = (why: string) => [`src/${file} imports “${target}”: ${why}`]
  if (target.endsWith('.css')) return says('hosts import the stylesheet themselves')
  if (target === manifest.name || target.startsWith(`${manifest.name}/`)) return says('use a relative path')

  const from = layerOf(file)
  const allowed = arrows[from]
  if (!allowed) return [`src/${file}: “${from}” has no row in the table of layers in test/imports.test.ts`]
  if (!target.startsWith('.')) return from === 'domain' ? says('domain/ imports no package') : []

  const found = resolve(files, file, target)
  if (!found) return says('there is no such file')
  const to = layerOf(found)
  if (to === from || allowed.includes(to)) return []
  return says(`${from} may import ${allowed.length > 0 ? allowed.join(', ') : 'nothing'}, not ${to}`)
}

/** The client entry must not carry the server, by whatever way round, also not in a chunk that loads later. */
function wayToServer(files: Files): string[] {
  const ways = [['index.ts']]
  const seen = new Set<string>()
  for (const way of ways) {
    const file = way.at(-1) ?? ''
    if (layerOf(file) === 'server') {
      return [`addon-kit reaches the server: ${way.map((step) => `src/${step}`).join(' → ')}`]
    }
    for (const target of importsOf(file, files.get(file) ?? '')) {
      const next = resolve(files, file, target)
      if (!next || seen.has(next)) continue
      seen.add(next)
      ways.push([...way, next])
    }
  }
  return []
}

function layerOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : 'entry'
}

function resolve(files: Files, from: string, target: string): string | undefined {
  if (!target.startsWith('.')) return undefined
  const base = path.posix.join(path.posix.dirname(from), target).replace(/\.js$/, '')
  return [`${base}.ts`, `${base}.tsx`].find((file) => files.has(file))
}

function importsOf(file: string, code: string): string[] {
  const targets: string[] = []
  visit(parseAst(code, { lang: file.endsWith('.tsx') ? 'tsx' : 'ts' }), (node) => {
    const { type, source } = node
    const isImport =
      type === 'ImportDeclaration' ||
      type === 'ExportNamedDeclaration' ||
      type === 'ExportAllDeclaration' ||
      type === 'ImportExpression' ||
      type === 'TSImportType'
    if (isImport && isNode(source) && typeof source.value === 'string') targets.push(source.value)
  })
  return targets
}

function visit(value: unknown, see: (node: Record<string, unknown>) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, see)
  if (!isNode(value)) return
  see(value)
  for (const child of Object.values(value)) visit(child, see)
}

function isNode(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readSource(): Files {
  const src = path.resolve(import.meta.dirname, '../src')
  const names = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name))
  return new Map(names.map((name) => [name.replaceAll(path.sep, '/'), readFileSync(path.join(src, name), 'utf8')]))
}

test('src/ keeps to the arrows between its layers', () => {
  const files = readSource()
  expect(files.size).toBeGreaterThan(0)
  expect(findProblems(files)).toEqual([])
})

describe('the check itself', () => {
  const check = (files: Record<string, string>) => findProblems(new Map(Object.entries(files)))
  const target = { 'server/store.ts': '', 'domain/money.ts': '', 'data/usePlan.ts': '' }

  test.each([
    ['an import', `import { a } from '../server/store.js'`],
    ['a type', `import type { A } from '../server/store.js'`],
    ['a type in place', `type A = import('../server/store.js').A`],
    ['a re-export', `export * from '../server/store.js'`],
    ['a dynamic import', `const later = () => import('../server/store.js')`],
  ])('reports %s against the arrows', (_, code) => {
    expect(check({ ...target, 'data/x.ts': code })).toEqual([
      'src/data/x.ts imports “../server/store.js”: data may import domain, adapter, messages, not server',
    ])
  })

  test('lets an import along an arrow pass', () => {
    expect(
      check({ ...target, 'data/x.ts': `import '../domain/money.js'; import './usePlan.js'; import 'react'` }),
    ).toEqual([])
  })

  test('ignores what only looks like an import', () => {
    expect(
      check({ ...target, 'domain/x.ts': `// import '../server/store.js'\nexport const text = "import 'react'"` }),
    ).toEqual([])
  })

  test.each([
    ['domain/x.ts', `import 'react'`, 'src/domain/x.ts imports “react”: domain/ imports no package'],
    [
      'components/X.tsx',
      `import './x.css'`,
      'src/components/X.tsx imports “./x.css”: hosts import the stylesheet themselves',
    ],
    ['data/x.ts', `import 'addon-kit/server'`, 'src/data/x.ts imports “addon-kit/server”: use a relative path'],
    ['data/x.ts', `import './gone.js'`, 'src/data/x.ts imports “./gone.js”: there is no such file'],
    [
      'data/index.ts',
      '',
      'src/data/index.ts: only entries of package.json are named index.ts; import the file that is meant',
    ],
    ['data/utils.ts', '', 'src/data/utils.ts: “utils” names no concept; name the file after its main export'],
    ['new/x.ts', `import 'react'`, 'src/new/x.ts: “new” has no row in the table of layers in test/imports.test.ts'],
  ])('reports %s: %s', (file, code, problem) => {
    expect(check({ ...target, [file]: code })).toEqual([problem])
  })

  test('names the way from addon-kit to the server', () => {
    const files = {
      ...target,
      'index.ts': `export { P } from './components/P.js'`,
      'components/P.tsx': `const D = lazy(() => import('../data/usePlan.js'))`,
      'data/usePlan.ts': `import '../server/store.js'`,
    }
    expect(check(files)).toContain(
      'addon-kit reaches the server: src/index.ts → src/components/P.tsx → src/data/usePlan.ts → src/server/store.ts',
    )
  })
})
