import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const read = (file: string) => readFileSync(path.join(import.meta.dirname, file), 'utf8')
const page = read('../../docs/your-own-backend.md')

/** The named tests between a heading, or the words before the list, and what comes next. */
function testsBelow(words: string): string[] {
  const [, after = ''] = page.split(words)
  const [, list = ''] = /\n\n((?:- `.*`\n)+)/.exec(after) ?? []
  return list
    .trimEnd()
    .split('\n')
    .map((line) => line.slice(3, -1))
}

test('the code of the page is the files that are run, to the letter', () => {
  const blocks = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, block]) => block)
  expect(blocks).toEqual([read('ownBackend.test.ts'), read('adapter.ts').replace(/^\/\/ biome-ignore.*\n/gm, '')])
})

test.each([
  ['## A backend without previews', 'charges-the-new-price', 6],
  ['## A backend without idempotency keys', 'has-no-idempotency', 5],
  ['without a lock are no keys', 'checks-and-writes-without-a-lock', 3],
])('the tests named below “%s” are tests that such a backend fails', (words, backend, count) => {
  const named = testsBelow(words)
  expect(named).toHaveLength(count)
  const caught = read(`../contract/caught/${backend}.md`)
  for (const name of named) expect(caught).toContain(`- ${name}\n`)
})
