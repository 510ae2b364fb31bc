import { screen, waitFor } from '@testing-library/react'
import { AddOnCard, AddOnNavItem, type LinkProps, PlanTab } from 'addon-kit'
import { Profiler } from 'react'
import { afterEach, expect, test } from 'vitest'
import { addOnIs, findButton, findDialog, openPurchase, press, pressConfirm, show, whenClosed } from './harness.js'

/** How often what stands below a name was rendered. */
let renders: Record<string, number> = {}
afterEach(() => {
  renders = {}
})

const count = (id: string) => {
  renders[id] = (renders[id] ?? 0) + 1
}

const assistPage = '/learn/ai-assist'

/** The links of a card are rendered whenever the card is. */
function CountedLink({ href, ...rest }: LinkProps) {
  count(href)
  return <a href={href} {...rest} />
}

const profiled = (id: string, children: React.ReactNode) => (
  <Profiler id={id} onRender={count}>
    {children}
  </Profiler>
)

const others = ['card of AI Assist', 'entry of AI Assist', 'card of AI Assist Pro']

async function showPage() {
  const page = show({
    provider: { linkComponent: CountedLink },
    override: addOnIs('ai-assist', { learnMoreUrl: assistPage }),
    children: (
      <>
        {profiled('tab', <PlanTab />)}
        {profiled('card of AI Assist', <AddOnCard addOnId="ai-assist" />)}
        {profiled('card of AI Assist Pro', <AddOnCard addOnId="ai-assist-pro" />)}
        {profiled('entry of Analytics+', <AddOnNavItem addOnId="analytics-plus" />)}
        {profiled('entry of AI Assist', <AddOnNavItem addOnId="ai-assist" />)}
      </>
    ),
  })
  await waitFor(() => expect(document.querySelector('[data-skeleton]')).toBeNull())
  await findButton('Subscribe now, Analytics+')
  // In the tab, and by itself.
  expect(assistInTab()).toBe(2)
  return page
}

/** The page's other cards and entries, and those within the tab. */
const rendered = () => others.map((id) => renders[id] ?? 0)
const assistInTab = () => renders[assistPage] ?? 0

test('a page is rendered twice: while its plan is read, and with it', async () => {
  await showPage()
  expect(renders).toMatchObject({ tab: 2, 'card of AI Assist': 2, 'entry of AI Assist': 2 })
})

test('opening the dialog and closing it renders no card again', async () => {
  await showPage()
  renders = {}
  await press('Try it for free, Analytics+')
  await findDialog('Try Analytics+ for free')
  await press('Cancel')
  await whenClosed()
  expect(rendered()).toEqual([0, 0, 0])
  expect(assistInTab()).toBe(0)
})

test('a purchase renders its own card, its entry and the summary, and no other card', async () => {
  await showPage()
  renders = {}
  await openPurchase()
  await pressConfirm()
  await findDialog('Analytics+ is ready')
  await waitFor(() => expect(screen.getByRole('article', { name: 'Analytics+' })).toHaveTextContent('Active'))
  expect(rendered()).toEqual([0, 0, 0])
  expect(assistInTab()).toBe(0)
  expect(renders.tab).toBeGreaterThan(0)
  expect(renders['entry of Analytics+']).toBeGreaterThan(0)
})

test('a plan that is read again, and says the same, renders nothing', async () => {
  const { backend } = await showPage()
  renders = {}
  window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
  await waitFor(() => expect(backend.count('getPlan')).toBe(2))
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(rendered()).toEqual([0, 0, 0])
  expect(assistInTab()).toBe(0)
})
