import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }

const root = path.resolve(import.meta.dirname, '../..')
const program = path.join(root, manifest.bin['addon-kit'])

function addonKit(...args: string[]): string {
  return execFileSync(process.execPath, [program, ...args], { cwd: root, encoding: 'utf8' })
}

test('the program is built, with the line that starts it in Node', () => {
  expect(readFileSync(program, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
  expect(addonKit('--help')).toContain('addon-kit check')
})

test.each([['--version'], ['check', '--version']])('%s %s prints the version of the package', (...args) => {
  expect(addonKit(...args.filter(Boolean))).toBe(`${manifest.version}\n`)
})

test('it checks an adapter written in TypeScript, and leaves nothing beside it', () => {
  const file = 'test/docs/adapter.ts'
  const output = addonKit('check', '--adapter', file, '--test-account', '--group', 'shape', '--group', 'idempotency')
  expect(output).toContain('✓ idempotency > the same key again brings the first purchase, and one charge')
  expect(output).toContain('Created in the backend:\n  purchase pur_')
  expect(output).not.toContain('✗')
  expect(readdirSync(path.join(root, 'test/docs')).filter((name) => name.startsWith('.'))).toEqual([])
})
