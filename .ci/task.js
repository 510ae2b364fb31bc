// Every npm script comes through here, so that each works as the first command in a fresh clone.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { installPeers } from '../bench/install.js'
import { root, setUp } from './setup.js'

const require = createRequire(import.meta.url)

/** @typedef {{ browser?: true, run(args: string[]): Promise<void> }} Task */

/** @type {Record<string, Task>} */
const tasks = {
  start: {
    run: (args) =>
      bin('storybook', ['dev', '--port', '6006', '--ci', '--no-version-updates', '--disable-telemetry', ...args]),
  },
  'build-storybook': {
    run: (args) => bin('storybook', ['build', '--disable-telemetry', ...args]),
  },
  check: { run: check },
  format: {
    run: () => bin('biome', ['check', '--write']),
  },
  build: { run: build },
  size: {
    async run() {
      await build()
      await script('size.js')
    },
  },
  bench: {
    browser: true,
    async run(args) {
      installPeers()
      await build()
      await script('../bench/run.js', args)
    },
  },
  test: { browser: true, run: test },
  'test:a11y': { browser: true, run: testA11y },
  'test:visual': {
    browser: true,
    run: testVisual,
  },
  'test:hosts': { browser: true, run: testHosts },
  'test:model': { browser: true, run: testModel },
  'test:storybook-build': {
    browser: true,
    run: (args) => bin('vitest', ['run', '--project', 'storybook-build', ...args]),
  },
  docs: {
    async run() {
      await build()
      await bin('vitest', ['run', '--project', 'package', 'test/package/apiPages.test.ts', '--update'])
    },
  },
  release: { run: release },
  'test:mutation': {
    run: (args) => bin('stryker', ['run', '.ci/stryker.config.json', ...args]),
  },
}

async function check() {
  await bin('biome', ['check', '--error-on-warnings'])
  await bin('tsc', ['-p', 'tsconfig.json'])
  // The library alone, without Node's types: what ships must run in browsers and on edge servers.
  await bin('tsc', ['-p', '.ci/tsconfig.build.json', '--noEmit'])
  await bin('knip', ['--config', '.ci/knip.json'])
}

async function build() {
  rmSync(path.join(root, 'dist'), { recursive: true, force: true })
  await bin('vite', ['build'])
  await bin('vite', ['build', '--mode', 'element'])
  await bin('tsc', ['-p', '.ci/tsconfig.build.json'])
  // TypeScript refuses an import of a stylesheet that no declaration stands for.
  for (const { types } of Object.values(require('../package.json').exports)) {
    if (types?.endsWith('.css.d.ts')) writeFileSync(path.join(root, types), 'export {}\n')
  }
}

/** @param {string[]} args */
async function test(args) {
  if (args.length > 0) return bin('vitest', ['run', ...args])
  await part('format, lint and types', check)
  await part('tests in Node, in Chromium, of the stories, of the model and of faults in a real browser', () =>
    bin('vitest', [
      'run',
      ...['node', 'browser', 'storybook', 'model', 'faults'].flatMap((name) => ['--project', name]),
    ]),
  )
  await part('build', build)
  await part('size', () => script('size.js'))
  await part('the package, and the hosts that need no more than it', () =>
    bin('vitest', ['run', '--project', 'package', '--project', 'hosts', 'test/package/', 'test/hosts/quick/']),
  )
}

/** @param {string[]} args */
async function testHosts(args) {
  await build()
  await bin('vitest', ['run', '--project', 'hosts', ...args])
}

/** @param {string[]} args */
async function testA11y(args) {
  process.env.A11Y = 'all'
  await bin('vitest', ['run', ...(args.length > 0 ? args : ['stories/', 'test/a11y/'])])
}

/** @param {string[]} args */
async function testVisual(args) {
  await bin('vitest', ['run', '--project', 'visual', ...args])
  if (args.includes('--update')) await script('shrinkBaselines.js')
}

/** @param {string[]} args */
async function testModel(args) {
  const option = /** @type {const} */ ({ type: 'string' })
  const { values } = parseArgs({ args, options: { runs: option, seed: option, path: option } })
  process.env.MODEL_RUNS = values.runs ?? (values.path ? '1' : '10000')
  if (values.seed) process.env.MODEL_SEED = values.seed
  if (values.path) process.env.MODEL_PATH = values.path
  await bin('vitest', ['run', '--project', 'model'])
}

/**
 * `--version` turns the changesets into a version and its part of CHANGELOG.md; `--publish` publishes that; else nothing
 * leaves this machine, and what would is shown.
 * @param {string[]} args
 */
async function release(args) {
  const option = /** @type {const} */ ({ type: 'boolean' })
  const { values } = parseArgs({ args, options: { version: option, publish: option } })
  if (values.version) {
    await bin('changeset', ['version'])
    await npm(['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'])
    return
  }
  if (values.publish) requireProvenance()
  await part('format, lint and types', check)
  await part('build', build)
  await part('size', () => script('size.js'))
  await part('the package', () => bin('vitest', ['run', '--project', 'package']))
  if (values.publish) return npm(['publish', '--ignore-scripts'])
  await part('what the next version would be', () => bin('changeset', ['status', '--verbose']))
  await part('what would be published', () => npm(['publish', '--dry-run', '--ignore-scripts']))
}

function requireProvenance() {
  const { version, repository } = require('../package.json')
  if (!repository) {
    throw new Error(
      'package.json names no `repository`: npm publishes with provenance only what says which repository it is built from. Name it there first.',
    )
  }
  const tag = `v${version}`
  const { CI, GITHUB_REF_NAME } = process.env
  if (CI && GITHUB_REF_NAME === tag) return
  throw new Error(`Only the release workflow publishes, on the tag ${tag}: what it builds carries its provenance.`)
}

/**
 * @param {string} title
 * @param {() => Promise<void>} work
 */
async function part(title, work) {
  console.log(`\n── ${title}`)
  const start = Date.now()
  try {
    await work()
  } catch (error) {
    throw new Error(`Stopped at “${title}”: ${error instanceof Error ? error.message : error}`)
  }
  console.log(`── ${title}: passed in ${Math.round((Date.now() - start) / 1000)} s`)
}

/**
 * @param {string} name
 * @param {string[]} args
 */
function bin(name, args) {
  // By its path: not every package lets itself be asked for its package.json.
  const file = path.join(root, 'node_modules', packageOf[name] ?? name, 'package.json')
  const { bin } = require(file)
  return node(path.join(path.dirname(file), typeof bin === 'string' ? bin : bin[name]), args, name)
}

/** @type {Record<string, string>} */
const packageOf = {
  biome: '@biomejs/biome',
  changeset: '@changesets/cli',
  stryker: '@stryker-mutator/core',
  tsc: 'typescript',
}

/**
 * @param {string} name
 * @param {string[]} [args]
 */
function script(name, args = []) {
  return node(path.join(import.meta.dirname, name), args, name)
}

/** @param {string[]} args */
function npm(args) {
  const { npm_execpath } = process.env
  if (!npm_execpath) throw new Error('Start this by npm: `npm run release`.')
  return node(npm_execpath, args, `npm ${args[0]}`)
}

/**
 * @param {string} file
 * @param {string[]} args
 * @param {string} name
 */
async function node(file, args, name) {
  const env = { ...process.env, STORYBOOK_DISABLE_TELEMETRY: '1' }
  const child = spawn(process.execPath, [file, ...args], { cwd: root, env, stdio: 'inherit' })
  let stopped = false
  // Whoever stops this process means the tool that it started.
  const stop = (/** @type {NodeJS.Signals} */ signal) => {
    stopped = true
    child.kill(signal)
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)
  const [code, signal] = await once(child, 'exit')
  process.off('SIGINT', stop).off('SIGTERM', stop)
  if (stopped) process.exit(130)
  if (code !== 0) throw new Error(`${name} ended with ${signal ?? `code ${code}`}.`)
}

try {
  const [name = '', ...args] = process.argv.slice(2)
  const task = tasks[name]
  if (!task) throw new Error(`There is no task “${name}”. There are: ${Object.keys(tasks).join(', ')}.`)
  await setUp({ browser: task.browser ?? false })
  await task.run(args)
} catch (error) {
  console.error(`\n✖ ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}
