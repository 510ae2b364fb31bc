import { expect, test } from 'vitest'
import { flagOptions } from '../../src/cli/readFlags.js'
import { usage } from '../../src/cli/usage.js'
import { contractGroups } from '../../src/testing/groups.js'

test.each(Object.keys(flagOptions))('the help says what --%s is for', (flag) => {
  expect(usage).toMatch(new RegExp(`^ {2,}(.*, )?--${flag}[ ,\\n]`, 'm'))
})

test('the help names no flag that is not there, and every group', () => {
  const named = [...usage.matchAll(/(?<![\w-])--([a-z][a-z-]*)/g)].flatMap(([, flag = '']) => flag)
  expect([...new Set(named)].sort()).toEqual(Object.keys(flagOptions).sort())
  for (const { name } of contractGroups({ seed: 0, runs: 0, steps: 0 })) expect(usage).toContain(name)
})

test('the help fits into a terminal of 125 columns', () => {
  expect(usage.split('\n').filter((line) => line.length > 125)).toEqual([])
})
