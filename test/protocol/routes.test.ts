import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AddOnOperation, matchPath, pathOf } from '../../src/protocol/routes.js'

const operations: Record<AddOnOperation, string> = {
  previewPurchase: 'purchase-previews',
  purchase: 'purchases',
  requestQuote: 'quote-requests',
  startTrial: 'trials',
  requestFeature: 'feature-requests',
}
const names = Object.keys(operations).filter((name): name is AddOnOperation => name in operations)

test('GET /plan', () => {
  expect(pathOf('getPlan')).toBe('/plan')
  expect(matchPath('/plan')).toEqual({ operation: 'getPlan', addOnId: '' })
})

describe.each(names)('%s', (operation) => {
  test('has the path of wire.md', () => {
    expect(pathOf(operation, 'analytics-plus')).toBe(`/add-ons/analytics-plus/${operations[operation]}`)
  })

  test.each([
    '../x',
    'a/b',
    '%',
    '%2F',
    'ünïcode ✓ 🌍',
    'plan',
    'add-ons',
    'purchases',
    '?x=1',
    '#top',
    'a b',
    '__proto__',
    '\\',
    ';',
    ':id',
    '*',
  ])('leads back to the id %j, through a URL', (addOnId) => {
    const path = pathOf(operation, addOnId)
    expect(matchPath(path)).toEqual({ operation, addOnId })
    const { pathname, search, hash } = new URL(`https://x.example${path}`)
    expect([pathname, search, hash]).toEqual([path, '', ''])
  })

  test('leads back to every id', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (addOnId) => {
        expect(matchPath(pathOf(operation, addOnId))).toEqual({ operation, addOnId })
      }),
    )
  })

  test.each(['.', '..'])('the id %j, which no URL can carry, leads nowhere else', (addOnId) => {
    const { pathname } = new URL(`https://x.example${pathOf(operation, addOnId)}`)
    expect(matchPath(pathname)).toBeNull()
  })
})

test.each([
  '',
  '/',
  '/add-ons',
  '/add-ons/x',
  '/add-ons/x/plan',
  '/add-ons/x/purchases/1',
  '/x/add-ons/y/purchases',
  '/add-ons//purchases',
  '/purchases',
  '/Plan',
  '/add-ons/%E0%A4%A/purchases',
  '/add-ons/x/constructor',
  '/add-ons/x/__proto__',
])('%j is none of them', (path) => {
  expect(matchPath(path)).toBeNull()
})
