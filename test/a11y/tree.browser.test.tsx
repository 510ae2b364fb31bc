import { screen } from '@testing-library/react'
import { AddOnNavItem, PlanTab } from 'addon-kit'
import { expect, test } from 'vitest'
import { analytics, openPurchase, press, show } from '../components/harness.js'
import { findStep } from './keys.js'
import { readTree } from './readTree.js'
import 'addon-kit/styles.css'

const page = (
  <>
    <nav aria-label="Product">
      <AddOnNavItem addOnId={analytics} />
    </nav>
    <PlanTab />
  </>
)

test('the page: every control has a name, and no two of them the same', async () => {
  show({ children: page })
  await screen.findByRole('button', { name: 'Subscribe now, Analytics+' })
  const tree = await readTree()
  expect(tree.controls.filter(({ name }) => name === '')).toEqual([])
  const names = tree.controls.map(({ name }) => name)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  expect(tree.lines).toMatchInlineSnapshot(`
    "main
      navigation "Product"
        button "Analytics+ , locked"
      region "Current plan"
        sectionheader
          paragraph
          heading "Essentials"
          DescriptionList
            term "Billing"
            definition
            term "Next invoice"
            definition
            term "Seats"
            definition
        region "Available add-ons"
          heading "Available add-ons"
          paragraph
          list
            listitem
              article "Analytics+"
                heading "Analytics+"
                paragraph
                  link "Learn more, Analytics+"
                button "Subscribe now, Analytics+"
                button "Try it for free, Analytics+"
            listitem
              article "AI Assist"
                heading "AI Assist"
                paragraph
                  link "Learn more, AI Assist"
                button "Subscribe now, AI Assist"
                button "Try it for free, AI Assist"
            listitem
              article "AI Assist Pro"
                heading "AI Assist Pro"
                paragraph
                button "Subscribe now, AI Assist Pro"
            listitem
              article "AI Voice Agent"
                heading "AI Voice Agent"
                paragraph
                button "Request a quote, AI Voice Agent"
        sectionfooter
          paragraph
            link "your account manager, Mara"
            link "customer success"
    status [live polite]"
  `)
})

test('the open dialog: modal, named by its heading, all that is left of the page, with a live region inside', async () => {
  show({ children: page })
  await openPurchase()
  const tree = await readTree()
  expect(tree.nodes.filter(({ role }) => role === 'dialog')).toEqual([
    { role: 'dialog', name: 'Subscribe to Analytics+', depth: expect.any(Number), states: ['modal'] },
  ])
  expect(tree.nodes.filter(({ role }) => ['banner', 'navigation', 'main', 'article'].includes(role))).toEqual([])
  expect(tree.controls.filter(({ name }) => name === '')).toEqual([])
  expect(tree.lines).toMatchInlineSnapshot(`
    "dialog "Subscribe to Analytics+" [modal]
      heading "Subscribe to Analytics+" [focused]
      paragraph
      DescriptionList
        term "Seats 12 standard licences + 3 additional users"
        definition
        term "Price per seat Monthly"
        definition
        term "Rest of this period"
        definition
        term "Next invoice Dec 1, 2026"
        definition
        term "Paid with"
        definition
      DescriptionList
        term "Due today Nov 23, 2026, 12:00 AM – Dec 1, 2026, 12:00 AM"
        definition
      paragraph
        strong
      button "Subscribe for $60.00 today"
      button "Cancel"
      button "Close"
      status [live polite]"
  `)
})

test.each([
  ['trial', 'Try it for free, Analytics+', 'Try Analytics+ for free'],
  ['quote', 'Request a quote, AI Voice Agent', 'Request a quote for AI Voice Agent'],
])(
  'the dialog of a %s: named by its heading, no control without a name, the field with its label',
  async (_, opener, title) => {
    show({ children: page })
    await press(opener)
    await findStep(title)
    const tree = await readTree()
    expect(tree.nodes.filter(({ role }) => role === 'dialog').map(({ name }) => name)).toEqual([title])
    expect(tree.controls.filter(({ name }) => name === '')).toEqual([])
    expect(tree.lines).toMatchSnapshot()
  },
)
