import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { docgenOf } from '../../.storybook/docgen.js'

const file = (name: string) => path.join(import.meta.dirname, `../../src/components/${name}.tsx`)

function read(name: string) {
  const docs = docgenOf(readFileSync(file(name), 'utf8'), file(name)).get(name)
  if (!docs) throw new Error(`Nothing is said of ${name}.`)
  return docs
}

test.each([
  ['PlanTab', ['classNames', 'messages', 'noAccess']],
  ['AddOnCard', ['addOnId', 'classNames', 'messages', 'headingLevel']],
  ['AddOnNavItem', ['addOnId', 'href', 'asChild', 'children', 'classNames', 'messages']],
  [
    'PurchaseDialog',
    ['addOnId', 'action', 'open', 'defaultOpen', 'onOpenChange', 'className', 'classNames', 'messages'],
  ],
  ['RequestFeatureButton', ['addOnId', 'withNote', 'classNames', 'messages']],
  ['AddOnProvider', expect.arrayContaining(['children', 'theme', 'onEvent', 'onPaymentAction'])],
])('the table of %s describes every prop', (name, names) => {
  const { description, props } = read(name)
  expect(description).toMatch(/^[^@]+\.$/)
  expect(Object.keys(props)).toEqual(names)
  for (const name of Object.keys(props)) {
    expect(props[name]?.description, name).toMatch(/^[A-Z`][^@]+\.$/)
  }
})

test('defaults and types stand where Storybook looks for them', () => {
  expect(read('AddOnCard').props.headingLevel).toMatchObject({
    required: false,
    defaultValue: { value: '3' },
    tsType: { name: '2 | 3 | 4 | 5 | 6' },
  })
  expect(read('AddOnCard').props.classNames).toMatchObject({ tsType: { name: 'ClassNames<AddOnCardSlot>' } })
  expect(read('RequestFeatureButton').props.withNote).toMatchObject({ tsType: { name: 'boolean' } })
  expect(read('AddOnCard').props.addOnId).toMatchObject({ required: true, tsType: { name: 'AddOnId' } })
  expect(read('AddOnNavItem').props.href).toMatchObject({ defaultValue: { value: 'addOn.href' } })
  expect(read('AddOnProvider').props.theme).toMatchObject({ defaultValue: { value: "'inherit'" } })
})
