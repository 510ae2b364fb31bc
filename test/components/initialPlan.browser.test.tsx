import { act, render, screen, waitFor } from '@testing-library/react'
import { AddOnCard, AddOnProvider, type AddOnProviderProps, type PlanOverview, PlanTab } from 'addon-kit'
import { de } from 'addon-kit/locales/de'
import { StrictMode, Suspense, use } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToReadableStream } from 'react-dom/server.browser'
import { expect, test, vi } from 'vitest'
import { analytics, Backend, findCard, press, whenClosed } from './harness.js'

type Given = Omit<Extract<AddOnProviderProps, { adapter: object }>, 'adapter' | 'children'>

/** A backend in which whoever is signed in has a plan that is named after the account. */
async function signIn() {
  const plan = await new Backend().getPlan()
  const planOf = (name: string): PlanOverview => ({
    ...plan,
    viewer: { ...plan.viewer, id: `usr_${name}` },
    account: { ...plan.account, id: `acc_${name}`, plan: { id: 'essentials', name } },
  })
  const session = { name: 'Alder' }
  const backend = new Backend({ override: () => ({ getPlan: async () => planOf(session.name) }) })
  return { session, backend, planOf }
}

const planName = () => screen.getByRole('heading', { level: 2 }).textContent

test.each([
  ['which the host still gives', (first: PlanOverview) => first],
  ['which the host takes away', () => undefined],
  ['in whose place the host gives the new one', undefined],
] as const)('another scope never shows the initial plan of the old one, %s', async (_, nextPlan) => {
  const { session, backend, planOf } = await signIn()
  const first = planOf('Alder')
  const kept = new Map([['Alder', first]])
  const givenFor = (name: string) => {
    if (name === 'Alder' || nextPlan) return name === 'Alder' ? first : nextPlan?.(first)
    const plan = kept.get(name) ?? planOf(name)
    kept.set(name, plan)
    return plan
  }
  const ui = (name: string) => (
    <StrictMode>
      <AddOnProvider adapter={backend} scope={name} initialPlan={givenFor(name)}>
        <PlanTab />
      </AddOnProvider>
    </StrictMode>
  )
  const { rerender } = render(ui('Alder'))
  expect(planName()).toBe('Alder')
  for (const name of ['Birch', 'Cedar']) {
    session.name = name
    rerender(ui(name))
    const seen: (string | null)[] = []
    await waitFor(() => {
      const heading = screen.queryByRole('heading', { level: 2 })
      if (heading) seen.push(heading.textContent)
      expect(seen.length).toBeGreaterThan(3)
    })
    expect(new Set(seen)).toEqual(new Set([name]))
  }
})

test('another language does not bring back what stood in the initial plan', async () => {
  const backend = new Backend()
  const initialPlan = await new Backend().getPlan()
  const ui = (given: Given) => (
    <AddOnProvider adapter={backend} initialPlan={initialPlan} {...given}>
      <PlanTab />
    </AddOnProvider>
  )
  const { rerender } = render(ui({}))
  await press('Try it for free, Analytics+')
  await press('Start free trial')
  await press('Done')
  await whenClosed()
  expect(await findCard()).toHaveAttribute('data-status', 'trialing')
  rerender(ui({ messages: de }))
  await waitFor(() => expect(backend.count('getPlan')).toBe(1))
  const card = await findCard()
  expect(card).toHaveAttribute('lang', 'de')
  expect(card).toHaveAttribute('data-status', 'trialing')
})

test('what a newer server says in it reads as unknown, as in a plan that is asked for', async () => {
  const plan = await new Backend().getPlan()
  const newer = JSON.parse(
    JSON.stringify(plan).replaceAll('"frequency":"monthly"', '"frequency":"weekly"'),
  ) as PlanOverview
  render(
    <AddOnProvider adapter={new Backend()} initialPlan={newer}>
      <PlanTab />
    </AddOnProvider>,
  )
  expect(screen.getByText('As agreed')).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Subscribe now, Analytics+' })).toBeNull()
})

test('one that is no plan is asked for, and the developer is told', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const backend = new Backend()
  const plan = await new Backend().getPlan()
  const broken: PlanOverview = { ...plan, serverTime: 'noon' }
  render(
    <AddOnProvider adapter={backend} initialPlan={broken}>
      <PlanTab />
    </AddOnProvider>,
  )
  await findCard()
  expect(backend.count('getPlan')).toBe(1)
  expect(warn).toHaveBeenCalledWith(expect.stringContaining('initialPlan is not of the form'))
  warn.mockRestore()
})

test.each([
  ['without an initial plan', false],
  ['with one', true],
])('a part that hydrates after the plan has changed matches what the server sent, %s', async (_, isGiven) => {
  const backend = new Backend()
  const initialPlan = isGiven ? await new Backend().getPlan() : undefined
  let open = () => {}
  let gate: Promise<void> | undefined
  const Late = () => {
    if (gate) use(gate)
    return <AddOnCard addOnId={analytics} />
  }
  const app = (
    <AddOnProvider adapter={backend} initialPlan={initialPlan}>
      <AddOnCard addOnId="ai-assist" />
      <Suspense>
        <Late />
      </Suspense>
    </AddOnProvider>
  )
  const place = document.createElement('div')
  place.innerHTML = await new Response(await renderToReadableStream(app)).text()
  document.body.append(place)
  gate = new Promise((resolve) => {
    open = resolve
  })
  const errors: unknown[] = []
  const root = await act(async () => hydrateRoot(place, app, { onRecoverableError: (error) => errors.push(error) }))
  if (isGiven) {
    const { account } = await backend.getPlan()
    await backend.startTrial({ accountId: account.id, addOnId: analytics, idempotencyKey: crypto.randomUUID() })
    act(() => void window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
    await waitFor(() => expect(backend.count('getPlan')).toBe(2))
  }
  await waitFor(() => expect(place.querySelector('[data-add-on="ai-assist"]')).not.toBeNull())
  await act(async () => open())
  await waitFor(() =>
    expect(place.querySelector(`[data-add-on="${analytics}"]`)).toHaveAttribute(
      'data-status',
      isGiven ? 'trialing' : 'available',
    ),
  )
  expect(errors).toEqual([])
  root.unmount()
  place.remove()
})

test.each(['en_US', 'en_Latn_US', ''])('a locale that is none, “%s”, leaves the kit whole', async (locale) => {
  render(
    <AddOnProvider adapter={new Backend()} locale={locale}>
      <PlanTab />
    </AddOnProvider>,
  )
  expect(await findCard()).toHaveTextContent('$15.00')
})
