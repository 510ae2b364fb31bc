import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundle } from './bundle.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'addon-kit-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('the contract runs and passes under node:test, its skipped tests with their reasons', async () => {
  const file = path.join(folder, 'contract.test.mjs')
  await bundle({ 'contract.test': 'test/contract/nodeTest.contract.ts' }, folder)
  const { stdout } = await promisify(execFile)(process.execPath, ['--test', '--test-reporter=tap', file], {
    env: { ...process.env, NODE_TEST_CONTEXT: undefined, NODE_OPTIONS: undefined },
    maxBuffer: 10_000_000,
  })
  const count = (name: string) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(stdout)?.[1])
  expect(count('fail')).toBe(0)
  expect(count('pass')).toBeGreaterThan(140)
  expect(count('skipped')).toBe(2)
  expect(stdout).toContain('needs a connection that can be broken: shown here as skipped')
}, 60_000)
