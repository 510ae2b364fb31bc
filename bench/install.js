import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

const folder = import.meta.dirname

/** Installs the peers into this folder, unless they are there: the kit itself never depends on them. */
export function installPeers() {
  const { dependencies } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
  const isThere = Object.entries(dependencies).every(([name, version]) => {
    const file = path.join(folder, 'node_modules', name, 'package.json')
    return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).version === version
  })
  if (isThere) return
  // React is the kit's own copy, the same for all; what else they would like beside them is not used here.
  const args = ['install', '--legacy-peer-deps', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund']
  const npm = process.env.npm_execpath
  const [command, first] = npm ? [process.execPath, [npm]] : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []]
  const { status } = spawnSync(command, [...first, ...args], { cwd: folder, stdio: 'inherit' })
  if (status !== 0) throw new Error('The peers could not be installed: see npm’s own message above.')
}
