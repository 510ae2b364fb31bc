import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { declarationOf, sectionOf } from '../../stories/docs/sample.js'
import { anatomies, partDocs, type SlotDoc } from '../../stories/docs/slotDocs.js'
import { tokenDocs, tokensOf } from '../../stories/docs/tokens.js'

const root = path.join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const filesIn = (folder: string, end: string) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .map((name) => path.join(folder, name))
const components = filesIn('src/components', '.tsx').map(read).join('\n')
const tokens = tokensOf(read('src/styles/addon-kit.css'))

const described: ReadonlyMap<string, SlotDoc> = new Map(
  [...Object.values(anatomies).map(({ slots }) => slots), partDocs].flatMap((docs) => Object.entries<SlotDoc>(docs)),
)

test('every slot that the kit renders is described, and no other', () => {
  const rendered = new Set(
    [/data-slot="([\w-]+)"/g, /slots?(?:\(classNames\))?\('([\w-]+)'[,)]/g].flatMap((pattern) =>
      [...components.matchAll(pattern)].map(([, name]) => name),
    ),
  )
  expect([...described.keys()].sort()).toEqual([...rendered].sort())
})

test('every attribute that the tables name is one that the kit sets', () => {
  for (const [slot, { states = [] }] of described) {
    for (const state of states) {
      expect(state === 'open' || new RegExp(`['" ]${state}['"=]`).test(components), `${slot} ${state}`).toBe(true)
    }
  }
})

test('every part belongs to a component', () => {
  const placed = new Set(Object.values(anatomies).flatMap(({ parts }): readonly string[] => parts))
  expect([...placed].sort()).toEqual(Object.keys(partDocs).sort())
})

test('every token of the stylesheet has a description', () => {
  expect(tokens.length).toBeGreaterThanOrEqual(10)
  for (const { name } of tokens) expect(tokenDocs[name.slice('--addon-kit-'.length)], name).toMatch(/\.$/)
})

test('tokens are read with their defaults and with what derives from them', () => {
  const css = `[data-addon-kit] {
    --_fg: var(--addon-kit-foreground, light-dark(#16181d, #e9eaee)); /* var(--addon-kit-gone) */
    --_line: color-mix(in oklab, var(--_fg) 12%, var(--_bg));
    z-index: var(--addon-kit-z-index, 1000);
  }`
  expect(tokensOf(css)).toEqual([
    {
      name: '--addon-kit-foreground',
      fallback: 'light-dark(#16181d, #e9eaee)',
      derived: [['--_line', 'color-mix(in oklab, var(--_fg) 12%, var(--_bg))']],
    },
    { name: '--addon-kit-z-index', fallback: '1000', derived: [] },
  ])
})

test('every story of a component has a line', () => {
  for (const name of Object.keys(anatomies)) {
    if (name === 'AddOnProvider') continue
    const file = `stories/${name}.stories.tsx`
    const unsaid = [...read(file).matchAll(/(?<!\*\/\n)^export const (\w+)/gm)].map(([, name]) => name)
    expect(unsaid, file).toEqual([])
  }
})

test('the sections and declarations that pages take from elsewhere are there', () => {
  for (const file of filesIn('stories/docs', '.mdx')) {
    const page = read(file)
    const raw = new Map([...page.matchAll(/^import (\w+) from '(.*)\?raw'/gm)].map(([, name, from]) => [name, from]))
    const taken = [...page.matchAll(/(sectionOf|declarationOf)\((\w+), '(.*?)'\)/g)]
    for (const [, take, name, what = ''] of taken) {
      const source = read(path.join('stories/docs', raw.get(name) ?? ''))
      expect(take === 'sectionOf' ? sectionOf(source, what) : declarationOf(source, what)).not.toBe('')
    }
  }
})
