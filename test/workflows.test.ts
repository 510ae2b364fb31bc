import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import manifest from '../package.json' with { type: 'json' }

const root = path.resolve(import.meta.dirname, '..')
const folder = path.join(root, '.github/workflows')

const permissions = v.record(v.string(), v.picklist(['read', 'write']))
const step = v.union([
  v.strictObject({ uses: v.string(), with: v.optional(v.record(v.string(), v.unknown())) }),
  v.strictObject({ run: v.string() }),
])
const workflow = v.strictObject({
  name: v.string(),
  on: v.record(v.string(), v.unknown()),
  permissions,
  concurrency: v.optional(v.unknown()),
  jobs: v.record(
    v.string(),
    v.strictObject({
      name: v.string(),
      'runs-on': v.string(),
      'timeout-minutes': v.number(),
      permissions: v.optional(permissions),
      strategy: v.optional(
        v.strictObject({
          'fail-fast': v.boolean(),
          matrix: v.record(v.string(), v.array(v.union([v.string(), v.number()]))),
        }),
      ),
      steps: v.array(step),
    }),
  ),
})

const read = (file: string) => v.parse(workflow, parse(readFileSync(path.join(folder, file), 'utf8')))
const files = readdirSync(folder)

describe.each(files)('.github/workflows/%s', (file) => {
  const { jobs, ...rest } = read(file)
  const steps = Object.values(jobs).flatMap((job) => job.steps.map((each) => ({ job, each })))

  test('what it runs are scripts of package.json, with the values of its matrix', () => {
    const commands = steps.flatMap(({ job, each }) => {
      if (!('run' in each)) return []
      const [name = '', values = []] = Object.entries(job.strategy?.matrix ?? {})[0] ?? []
      const holder = `\${{ matrix.${name} }}`
      return each.run.includes(holder) ? values.map((value) => each.run.replace(holder, String(value))) : [each.run]
    })
    expect(commands.length).toBeGreaterThan(0)
    for (const command of commands) {
      const [, script = ''] = /^npm (?:run )?([\w:-]+)/.exec(command) ?? []
      expect(Object.keys(manifest.scripts), command).toContain(script)
      expect(command).not.toContain('${{')
    }
  })

  test('other people’s actions are named by their commit: a tag can be moved', () => {
    for (const { each } of steps) if ('uses' in each) expect(each.uses).toMatch(/^actions\/[\w-]+@[0-9a-f]{40}$/)
  })

  test('it may write nothing; only the release may ask for an identity', () => {
    const granted = [rest.permissions, ...Object.values(jobs).map((job) => job.permissions ?? {})]
    const written = granted.flatMap(Object.entries).flatMap(([name, access]) => (access === 'write' ? [name] : []))
    expect(written).toEqual(file === 'release.yml' ? ['id-token'] : [])
  })
})

test('a change is tested on every Node that the package supports, and in hosts with every React', () => {
  const { jobs } = read('ci.yml')
  expect(jobs.test?.strategy?.matrix.node).toEqual([20, 22, 24])
  expect(manifest.engines.node).toMatch(/^>=20\./)
  const majors = jobs.hosts?.strategy?.matrix.react?.map((version) => String(version).split('.')[0])
  const allowed = [...manifest.peerDependencies.react.matchAll(/\^(\d+)/g)].map(([, major]) => major)
  expect(majors).toEqual(allowed)
})

test('what is too slow for each change runs every night', () => {
  const slow = Object.keys(manifest.scripts).filter((name) => name.startsWith('test:'))
  expect(read('nightly.yml').jobs.test?.strategy?.matrix.task?.toSorted()).toEqual(slow.toSorted())
})

test('only a tag publishes', () => {
  const publishing = files.filter((file) => readFileSync(path.join(folder, file), 'utf8').includes('--publish'))
  expect(publishing).toEqual(['release.yml'])
  expect(read('release.yml').on).toEqual({ push: { tags: ['v*'] } })
})

test('nothing is published that does not say where it comes from, and nothing from anywhere else', () => {
  // Outside of the workflow: whatever package.json says, nothing can be published from here.
  const env = { ...process.env, CI: '' }
  const release = spawnSync(process.execPath, ['.ci/task.js', 'release', '--publish'], {
    cwd: root,
    env,
    encoding: 'utf8',
  })
  expect(release.status).toBe(1)
  expect(release.stderr).toContain(
    'repository' in manifest ? 'Only the release workflow publishes' : 'package.json names no `repository`',
  )
  expect(release.stdout).toBe('')
})
