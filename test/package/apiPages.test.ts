import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { apiPages } from '../../.ci/apiPages.js'

const folder = path.resolve(import.meta.dirname, '../../docs/api')
const pages = apiPages()

test.each([...pages.keys()])('docs/api/%s is what the package says now: `npm run docs` writes it', async (name) => {
  await expect(pages.get(name)).toMatchFileSnapshot(path.join(folder, name))
})

test('there are no other pages in docs/api', () => {
  expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort())
})
