import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { rolldown } from 'rolldown'
import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { npm, run } from '../hosts/run.js'

const root = path.resolve(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

test('publint finds nothing', async () => {
  const { messages, pkg } = await publint({ pkgDir: root, strict: true, pack: 'npm' })
  expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([])
})

test('npm mends nothing in package.json when it publishes', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'addon-kit-manifest-'))
  try {
    cpSync(path.join(root, 'package.json'), path.join(folder, 'package.json'))
    npm(folder, 'pkg', 'fix')
    expect(JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))).toEqual(manifest)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('attw finds the types of every entry right, for ES modules', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'addon-kit-attw-'))
  try {
    const [{ filename }] = JSON.parse(npm(root, 'pack', '--json', '--ignore-scripts', '--pack-destination', folder))
    const attw = createRequire(import.meta.url).resolve('@arethetypeswrong/cli/package.json')
    run(root, process.execPath, [
      path.join(path.dirname(attw), 'dist/index.js'),
      path.join(folder, filename),
      ...['--profile', 'esm-only', '--no-emoji', '--no-color'],
    ])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('every file that package.json points at was built', () => {
  const targets = Object.values(manifest.exports).flatMap((target) =>
    typeof target === 'string' ? [target] : Object.values(target),
  )
  expect(targets.filter((target) => !existsSync(path.join(root, target)))).toEqual([])
})

/** What `npm pack` puts into the tarball. */
function packed(): string[] {
  const [{ files }] = JSON.parse(npm(root, 'pack', '--dry-run', '--json', '--ignore-scripts'))
  return files.map(({ path }: { path: string }) => path)
}

test('the pages in the tarball lead to what is in it, but for what they say is in the repository', () => {
  const files = packed()
  const isThere = (target: string) =>
    files.some((file) => file === target || file.startsWith(`${target.replace(/\/$/, '')}/`))
  const links = files
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) =>
      [...read(file).matchAll(/\]\((?!\w+:|#)([^)#]+)/g)].map(([, target = '']) =>
        path.posix.join(path.posix.dirname(file), target),
      ),
    )
  expect(links).toContain('docs/plan-tab.png')
  expect(links.filter((target) => !isThere(target))).toEqual(['examples/vite', 'examples/next', 'CONTRIBUTING.md'])
})

test('llms.txt has the form of llmstxt.org, leads only to what is shipped, and to all of it', () => {
  const text = read('llms.txt')
  expect(text).toMatch(/^# addon-kit\n\n> .+\n\n(- .+\n)+\n(## .+\n\n(- \[.+\]\(.+\): .+\n)+\n?)+$/)
  const shipped = packed().filter((file) => file.endsWith('.md'))
  const linked = [...text.matchAll(/\]\((.+?)\)/g)].map(([, target]) => target)
  expect(linked.toSorted()).toEqual(shipped.toSorted())
})

test('an import for its own sake keeps the elements, and nothing else', async () => {
  const bundled = async (entry: string) => {
    const bundle = await rolldown({
      input: 'entry',
      cwd: root,
      logLevel: 'silent',
      plugins: [
        {
          name: 'entry',
          resolveId: (id) => (id === 'entry' ? path.join(root, 'entry.js') : undefined),
          load: (id) => (id === path.join(root, 'entry.js') ? `import '${entry}'` : undefined),
        },
      ],
    })
    const { output } = await bundle.generate()
    return output.reduce((sum, file) => sum + (file.type === 'chunk' ? file.code.trim().length : 0), 0)
  }
  expect(await bundled('addon-kit')).toBe(0)
  expect(await bundled('addon-kit/server')).toBe(0)
  expect(await bundled('addon-kit/element')).toBeGreaterThan(100_000)
})

test('"use client" is kept, file by file', () => {
  const isClient = (file: string) => /^\s*(['"])use client\1/.test(read(file))
  const sources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => file.replace(/\.tsx?$/, ''))
  const wanted = sources.filter((file) =>
    isClient(existsSync(path.join(root, `src/${file}.ts`)) ? `src/${file}.ts` : `src/${file}.tsx`),
  )
  expect(wanted.length).toBeGreaterThan(0)
  // A file of types alone has no JavaScript.
  const lost = wanted.filter((file) => existsSync(path.join(root, `dist/${file}.js`)) && !isClient(`dist/${file}.js`))
  expect(lost).toEqual([])
})

test('the stylesheet is shipped as it was written', () => {
  const count = (css: string, text: string) => css.split(text).length - 1
  const source = read('src/styles/addon-kit.css')
  const built = read('dist/styles.css')
  for (const text of ['light-dark(', 'color-mix(', '@layer']) {
    expect(count(built.replace(/^@supports.*$/m, ''), text), text).toBe(count(source, text))
  }
})
