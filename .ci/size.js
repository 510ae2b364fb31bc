// What an app downloads for the built package: minified, gzip, 1 kB = 1000 bytes. React is the app's own and is left out.

import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { transform } from 'esbuild'
import { rolldown } from 'rolldown'
import manifest from '../package.json' with { type: 'json' }
import { cssTarget } from './cssTarget.js'

const root = path.resolve(import.meta.dirname, '..')
const kB = 1000

/** @typedef {{ gzip: number, parts: Map<string, number> }} Size */

/**
 * Bundles an app of one module with Vite's bundler: what it imports later is a file of its own.
 * @param {string} contents
 * @returns {Promise<{ first: Size, all: Size }>}
 */
async function measure(contents) {
  const entry = path.join(root, 'size.entry.js')
  const bundle = await rolldown({
    input: entry,
    cwd: root,
    logLevel: 'silent',
    external: /^react(-dom)?($|\/)/,
    tsconfig: false,
    transform: { target: 'es2022', define: { 'process.env.NODE_ENV': '"production"' } },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? contents : undefined),
      },
    ],
  })
  const { output } = await bundle.generate({ minify: true, comments: false })
  const chunks = new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])))

  /** @param {Iterable<string>} names */
  const sum = (names) => {
    /** @type {Size} */
    const size = { gzip: 0, parts: new Map() }
    for (const name of names) {
      const chunk = chunks.get(name)
      size.gzip += gzipSync(chunk?.code ?? '', { level: 9 }).length
      for (const [input, { renderedLength }] of Object.entries(chunk?.modules ?? {})) {
        const part = partOf(path.relative(root, input))
        size.parts.set(part, (size.parts.get(part) ?? 0) + renderedLength)
      }
    }
    return size
  }

  /** @type {Set<string>} */
  const atOnce = new Set()
  /** @param {string} name */
  const follow = (name) => {
    if (atOnce.has(name) || !chunks.has(name)) return
    atOnce.add(name)
    for (const next of chunks.get(name)?.imports ?? []) follow(next)
  }
  for (const [name, { isEntry, facadeModuleId }] of chunks) if (isEntry && facadeModuleId === entry) follow(name)
  return { first: sum(atOnce), all: sum(chunks.keys()) }
}

/**
 * A module that uses every export of an entry.
 * @param {string} entry
 */
async function importAll(entry) {
  const names = Object.keys(await import(entry)).join(', ')
  return `import { ${names} } from '${entry}'; console.log(${names})`
}

/** What a folder of the kit holds, where it is not code that does something. @type {Record<string, string>} */
const kinds = { protocol: 'schemas', messages: 'texts', locales: 'texts' }

/**
 * The npm package, or the kit's own folder, that an input file belongs to.
 * @param {string} input
 */
function partOf(input) {
  const inPackage = input.split('node_modules/').at(-1) ?? ''
  if (input.includes('node_modules/')) return `library: ${inPackage.match(/^(@[^/]+\/)?[^/]+/)?.[0] ?? inPackage}`
  const own = input.match(/^dist\/([^/]+)\//)?.[1] ?? 'entry'
  return `${kinds[own] ?? 'own code'}: ${own}`
}

/** @type {string[]} */
const tooBig = []

/**
 * @param {string} title
 * @param {Size} size
 * @param {number} [budget] in kB
 */
function report(title, { gzip, parts }, budget) {
  const over = budget !== undefined && gzip > budget * kB
  if (over) tooBig.push(title)
  const limit = budget === undefined ? '' : ` of ${budget} kB${over ? '  ← too big' : ''}`
  console.log(`\n${title}: ${(gzip / kB).toFixed(1)} kB gzip${limit}`)
  const minified = [...parts].sort(([, a], [, b]) => b - a)
  const total = minified.reduce((bytes, [, part]) => bytes + part, 0)
  for (const [part, bytes] of minified) {
    // Gzip works on the whole file: a part's share of it can only be estimated.
    const share = (gzip * bytes) / total
    console.log(
      `  ${(bytes / kB).toFixed(1).padStart(6)} kB of code ≈ ${(share / kB).toFixed(1).padStart(5)} kB gzip  ${part}`,
    )
  }
}

const plan = await measure(`import { AddOnProvider, PlanTab, createHttpAdapter } from 'addon-kit'
console.log(AddOnProvider, PlanTab, createHttpAdapter)`)
const everything = await measure(await importAll('addon-kit'))
const decisions = await measure("import { decideActions } from 'addon-kit'; console.log(decideActions)")
const server = await measure(await importAll('addon-kit/server'))
const element = await measure("import 'addon-kit/element'")
const css = await transform(readFileSync(path.join(root, 'dist/styles.css'), 'utf8'), {
  loader: 'css',
  minify: true,
  target: cssTarget,
})

report('first view (provider, plan tab, HTTP adapter; without what loads later)', plan.first, 24)
report('everything, including the dialog that loads later', plan.all, 38.4)
report('decideActions alone', decisions.all, 1.5)
report('all exports of addon-kit together, for information', everything.all)
const locales = Object.keys(manifest.exports).flatMap((entry) => entry.match(/^\.\/(locales\/.+)$/)?.[1] ?? [])
for (const locale of locales) {
  report(`${locale}, a whole catalogue`, (await measure(await importAll(`addon-kit/${locale}`))).first, 4.1)
}
report('styles.css', { gzip: gzipSync(css.code, { level: 9 }).length, parts: new Map() }, 5)
report('server', server.all, 14)
report('element, React in it, without dialog and languages, for information', element.first)

if (tooBig.length > 0) {
  console.error(`\n✖ over budget: ${tooBig.join('; ')}`)
  process.exitCode = 1
}
