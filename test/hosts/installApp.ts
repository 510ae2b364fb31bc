import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import manifest from '../../package.json' with { type: 'json' }
import { npm } from './run.js'

export const root = path.resolve(import.meta.dirname, '../..')

interface Manifest {
  dependencies: Record<string, string>
}

/**
 * Copies an app to a temporary folder and installs what its package.json names, and the packed kit; `*` stands for the
 * version that this repository works with. `change` replaces versions.
 */
export function installApp(source: string, tarball: string, change: Record<string, string> = {}): string {
  const app = mkdtempSync(path.join(os.tmpdir(), `addon-kit-${path.basename(source)}-`))
  const isInstalled = /(^|[\\/])(node_modules|\.next|dist)([\\/]|$)/
  cpSync(source, app, { recursive: true, filter: (file) => !isInstalled.test(path.relative(source, file)) })
  const file = path.join(app, 'package.json')
  const own: Manifest = JSON.parse(readFileSync(file, 'utf8'))
  const dependencies = { ...own.dependencies, ...change, [manifest.name]: `file:${tarball}` }
  for (const [name, version] of Object.entries(dependencies)) {
    if (version === '*') dependencies[name] = installedVersion(name)
  }
  writeFileSync(file, JSON.stringify({ ...own, dependencies }, null, 2))
  npm(app, 'install', '--prefer-offline', '--ignore-scripts')
  return app
}

function installedVersion(name: string): string {
  return JSON.parse(readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8')).version
}
