import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const tsc = path.join(path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
/** The TypeScript 5 that attw brings: its `dom` says neither that `Headers` can be iterated, nor what it is made from. */
const olderTsc = ['@arethetypeswrong/cli/package.json', '@arethetypeswrong/core', 'typescript/lib/tsc.js'].reduce(
  (from, wanted) => createRequire(from).resolve(wanted),
  import.meta.url,
)

test.each(['test/types', 'test/types/registered'])(
  'the built types compile what %s says, and refuse what it refuses',
  (folder) => {
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { cwd: root, encoding: 'utf8' })
    expect(stdout).toBe('')
  },
)

test.each(['es2022', 'es2022,dom', 'es2022,dom,dom.iterable'])(
  'the server of the README compiles with `lib: [%s]`, libraries checked, in TypeScript 5',
  (lib) => {
    const options = `--noEmit --strict --exactOptionalPropertyTypes --module nodenext --target es2022 --lib ${lib}`
    const args = [olderTsc, ...options.split(' '), '--types', 'node', 'test/readme/server.ts']
    expect(spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' }).stdout).toBe('')
  },
)
