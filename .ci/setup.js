import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findChromium } from './chromium.js'

export const root = path.resolve(import.meta.dirname, '..')

/**
 * Makes a fresh clone ready for work; does nothing where all is there already.
 * @param {{ browser: boolean }} needs
 */
export async function setUp({ browser }) {
  requireNode()
  if (isReady()) {
    if (!browser || (await findChromium())) return
  }
  await oneAtATime(async () => {
    if (!isReady()) installPackages()
    if (browser && !(await findChromium())) await installChromium()
  })
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`Node ${process.versions.node} is too old: install Node 20.19 or newer.`)
  }
}

/** Whether node_modules holds what the lock file says, by content: a checkout changes file times. */
function isReady() {
  const installed = readPackages('node_modules/.package-lock.json')
  if (!installed) return false
  const wanted = readPackages('package-lock.json') ?? {}
  return Object.entries(wanted).every(([folder, entry]) => {
    if (folder === '') return true
    const found = installed[folder]
    return found ? found.version === entry.version : Boolean(entry.optional)
  })
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }> | undefined}
 */
function readPackages(file) {
  const full = path.join(root, file)
  return existsSync(full) ? JSON.parse(readFileSync(full, 'utf8')).packages : undefined
}

function installPackages() {
  say('installing the npm packages')
  // A production environment must not leave out what the tools need.
  const args = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund']
  const npm = process.env.npm_execpath
  const done = npm ? run(process.execPath, [npm, ...args]) : run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args)
  if (!done) throw new Error('`npm ci` failed: see its own message above.')
}

async function installChromium() {
  say('no Chromium found: trying the download by Playwright')
  const playwright = path.join(root, 'node_modules/playwright/cli.js')
  const download = [playwright, 'install', 'chromium', '--no-shell']
  if (run(process.execPath, download, { timeout: 10 * 60_000 }) && (await findChromium())) return

  const isDebian = existsSync('/etc/debian_version') && process.getuid?.() === 0
  if (isDebian) {
    say('the download did not work: installing Debian’s package')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    run('apt-get', ['update', '-qq'], { env })
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'], { env })
    if (await findChromium()) return
  }
  throw new Error(
    'The tests need Chromium and none could be installed. Install Chromium or Chrome yourself, ' +
      'or set CHROMIUM_PATH to the program file of one.',
  )
}

/**
 * Two commands started at once in a fresh clone must not both run `npm ci`.
 * @param {() => Promise<void>} work
 */
async function oneAtATime(work) {
  const file = path.join(os.tmpdir(), `addon-kit-setup-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`)
  for (let waited = false; !take(file); waited = true) {
    if (!waited) say(`another command is setting up: waiting until ${file} is gone`)
    await sleep(500)
  }
  try {
    await work()
  } finally {
    rmSync(file, { force: true })
  }
}

/** @param {string} file */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    if (!holderLives(file)) rmSync(file, { force: true })
    return false
  }
}

/** @param {string} file */
function holderLives(file) {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, timeout?: number }} [options]
 */
function run(command, args, options) {
  return spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options }).status === 0
}

/** @param {string} text */
function say(text) {
  console.log(`[set-up] ${text}`)
}
