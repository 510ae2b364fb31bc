import type { Meta, StoryContext, StoryObj } from '@storybook/react-vite'
import { expect, spyOn, waitFor, within } from 'storybook/test'
import expectedCsv from '../test/matrix/expected.csv?raw'
import { lookOf } from './lookOf.js'
import { chosenSettings } from './matrix/chosenSettings.js'
import { freezeDialogs } from './matrix/freezeDialogs.js'
import { RoleMatrix } from './matrix/RoleMatrix.js'
import { findDialog, findPressable } from './play.js'
import { readChoices, readLook } from './toolbar/Toolbar.js'

const actions = ['subscribe', 'request-quote', 'start-trial', 'request-feature'] as const

/**
 * Every role beside every status of an add-on: the real parts of the kit, each decided by the policy that the product
 * runs, and held against what test/matrix/expected.csv has been told by hand.
 */
const meta = {
  title: 'RoleMatrix',
  component: RoleMatrix,
  // One story is a whole page.
  tags: ['!autodocs'],
  args: {
    surface: 'card',
    opensWith: 'no action',
    plan: 'essentials',
    mode: 'self-serve',
    adminsCanRequestQuote: false,
    isQuoteOpen: false,
    hasAsked: false,
    pending: 'none',
    showReasons: false,
    csv: expectedCsv,
  },
  argTypes: {
    surface: {
      name: 'Part of the kit',
      description: 'What each cell shows.',
      control: {
        type: 'select',
        labels: {
          card: 'Add-on card',
          sidebar: 'Sidebar entry',
          summary: 'Account summary',
          request: 'Request button',
          dialog: 'First step of the dialog',
        },
      },
      options: ['card', 'sidebar', 'summary', 'request', 'dialog'],
    },
    opensWith: {
      name: 'Dialog opened with',
      description: 'The action the dialog is opened with; without one it shows the add-on.',
      control: 'select',
      options: ['no action', ...actions],
      if: { arg: 'surface', eq: 'dialog' },
    },
    // The panel “Account” has them.
    plan: { table: { disable: true } },
    mode: { table: { disable: true } },
    frequency: { table: { disable: true } },
    currency: { table: { disable: true } },
    now: { table: { disable: true } },
    role: { table: { disable: true } },
    adminsCanRequestQuote: { table: { disable: true } },
    isQuoteOpen: { name: 'A quote is open' },
    hasAsked: { name: 'The viewer has asked', description: 'For the feature, less than 14 days ago.' },
    pending: {
      name: 'Purchase under way',
      control: {
        type: 'inline-radio',
        labels: { none: 'None', own: 'The Owner’s own', colleague: 'The other Owner’s' },
      },
      options: ['none', 'own', 'colleague'],
    },
    showReasons: { name: 'Reasons', description: 'Why each action is withheld, below its cell.' },
    csv: { table: { disable: true } },
  },
  // Names and switches: the room is the matrix's.
  parameters: { controls: { expanded: false } },
  beforeEach: freezeDialogs,
  render: (args, { globals }) => (
    <RoleMatrix {...chosenSettings(args, readChoices(globals))} {...lookOf(readLook(globals))} />
  ),
} satisfies Meta<typeof RoleMatrix>

export default meta
type Story = StoryObj<typeof meta>

/** Waits until every cell has been looked at, and finds each as expected. */
async function allAsExpected({ canvasElement }: Pick<StoryContext, 'canvasElement'>) {
  const verdict = canvasElement.querySelector('.matrix-verdict')
  // 28 cards, each with a dialog of its own: on a busy machine that takes a while.
  await waitFor(() => expect(verdict).not.toHaveTextContent('Looking'), { timeout: 20_000 })
  const differing = [...canvasElement.querySelectorAll<HTMLElement>('[data-differs]')]
  await expect(differing.map(({ dataset, innerText }) => `${dataset.cell}: ${innerText}`)).toEqual([])
  await expect(verdict).toHaveTextContent(/^All (28|7|4) cells are as expected$/)
}

/** The standing of a new account. */
export const Cards: Story = {
  play: async (context) => {
    await allAsExpected(context)
    const { canvas } = context
    const table = within(canvas.getByRole('region', { name: 'Roles and statuses' })).getByRole('table')
    const heads = within(table).getAllByRole('columnheader')
    await expect(heads.map(({ textContent }) => textContent)).toEqual([
      'Status',
      'Owner Olive',
      'Admin Ada',
      'Supervisor Sunny',
      'Agent Gus',
    ])
    await expect(within(table).getAllByRole('rowheader')).toHaveLength(7)
    await expect(within(table).getAllByRole('article')).toHaveLength(18)
  },
}

/** Below each cell, the one reason for which each other action is withheld. */
export const CardsWithReasons: Story = {
  args: { showReasons: true },
  play: async (context) => {
    await allAsExpected(context)
    const cell = context.canvasElement.querySelector('[data-cell="admin trialing"]')
    const reasons = [...(cell?.querySelectorAll('.matrix-reasons > div') ?? [])].map(({ textContent }) => textContent)
    await expect(reasons).toEqual(['Subscribe nowrole', 'Request a quoteaccount-factor', 'Try it for freetrial-used'])
  },
}

/** Sold by quote, to an account that lets its Admins ask. */
export const CardsByQuote: Story = {
  args: { plan: 'professional', mode: 'quote', adminsCanRequestQuote: true },
  play: allAsExpected,
}

/** Sales has been asked already, and so have the Owners. */
export const CardsAfterAsking: Story = {
  args: { mode: 'quote', adminsCanRequestQuote: true, isQuoteOpen: true, hasAsked: true },
  play: allAsExpected,
}

/** The shown Owner is buying it: only she goes on with it. */
export const CardsDuringOwnPurchase: Story = {
  args: { pending: 'own' },
  play: async (context) => {
    await allAsExpected(context)
    await expect(context.canvas.getAllByRole('button', { name: 'Continue, Analytics+' })).toHaveLength(6)
  },
}

export const CardsDuringAColleaguesPurchase: Story = {
  args: { pending: 'colleague' },
  play: async (context) => {
    await allAsExpected(context)
    await expect(context.canvas.queryByRole('button', { name: /^Continue/ })).toBeNull()
  },
}

export const SidebarEntries: Story = {
  args: { surface: 'sidebar' },
  play: async (context) => {
    await allAsExpected(context)
    await expect(context.canvas.getAllByRole('link', { name: 'Analytics+' })).toHaveLength(12)
    await expect(context.canvas.getAllByRole('button', { name: /^Analytics\+.*locked$/ })).toHaveLength(6)
  },
}

export const SidebarEntriesDuringOwnPurchase: Story = {
  args: { surface: 'sidebar', pending: 'own' },
  play: allAsExpected,
}

/** Billing is for those who may see it; it does not depend on any add-on. */
export const AccountSummary: Story = {
  args: { surface: 'summary', plan: 'professional' },
  play: async (context) => {
    await allAsExpected(context)
    await expect(context.canvas.getAllByRole('heading', { name: 'Professional' })).toHaveLength(3)
    await expect(context.canvas.getAllByText('Next invoice')).toHaveLength(1)
  },
}

export const RequestButtons: Story = {
  args: { surface: 'request' },
  play: async (context) => {
    await allAsExpected(context)
    await expect(context.canvas.getAllByRole('button', { name: 'Request feature, Analytics+' })).toHaveLength(6)
  },
}

export const RequestButtonsAfterAsking: Story = {
  args: { surface: 'request', hasAsked: true },
  play: async (context) => {
    await allAsExpected(context)
    await expect(context.canvas.getAllByText(/^Requested on/)).toHaveLength(6)
  },
}

/** Opened without an action: the add-on, with the actions this viewer has. */
export const DialogOverview: Story = {
  args: { surface: 'dialog' },
  play: allAsExpected,
}

export const DialogForSubscribe: Story = {
  args: { surface: 'dialog', opensWith: 'subscribe' },
  play: allAsExpected,
}

export const DialogForRequestQuote: Story = {
  args: { surface: 'dialog', opensWith: 'request-quote', mode: 'quote', adminsCanRequestQuote: true },
  play: allAsExpected,
}

export const DialogForStartTrial: Story = {
  args: { surface: 'dialog', opensWith: 'start-trial' },
  play: allAsExpected,
}

export const DialogForRequestFeature: Story = {
  args: { surface: 'dialog', opensWith: 'request-feature' },
  play: allAsExpected,
}

export const DialogDuringOwnPurchase: Story = {
  args: { surface: 'dialog', opensWith: 'subscribe', pending: 'own' },
  play: allAsExpected,
}

/** At the price that a backend has for this account. */
export const DialogOfAYear: Story = {
  args: { surface: 'dialog', opensWith: 'subscribe', frequency: 'annual', currency: 'EUR' },
  play: async (context) => {
    await allAsExpected(context)
    const [first] = context.canvasElement.querySelectorAll('td')
    await expect(first).toHaveTextContent('Price per seatAnnual€140.00')
    // 15 seats at €140.00, for 291 of the 365 days.
    await expect(first).toHaveTextContent('You pay €1,674.25 today and €2,100.00 every year from Jan 1, 2027.')
  },
}

/** The panel “Account” leaves one column, at another instant. */
export const OneRoleAtAnotherTime: Story = {
  tags: ['!dev'],
  globals: { role: 'admin', clock: '20261204T120000Z' },
  play: async (context) => {
    await allAsExpected(context)
    const { canvas } = context
    await expect(canvas.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual([
      'Status',
      'Admin Ada',
    ])
    const [, trialing] = canvas.getAllByRole('article')
    await expect(trialing).toHaveTextContent('15 days left')
    await expect(trialing).toHaveTextContent('Dec 19, 2026')
    await expect(canvas.getByText(/^Next purchase and network do not apply here/)).toBeVisible()
  },
}

const button = { name: 'Subscribe now, Analytics+' }

/** The cards are the real ones: a press opens the real dialog, in front of everything, and what it cannot do it says. */
export const FromACardIntoTheDialog: Story = {
  tags: ['!dev'],
  play: async (context) => {
    const { canvas, userEvent } = context
    await allAsExpected(context)
    const subscribe = () => within(canvas.getAllByRole('cell')[0] ?? context.canvasElement).getByRole('button', button)
    await userEvent.click(subscribe())
    const dialog = await findDialog('Subscribe to Analytics+')
    await expect(dialog.matches(':modal')).toBe(true)
    await expect(dialog.getBoundingClientRect().width).toBe(window.innerWidth)
    await userEvent.click(await findPressable('Subscribe for $116.13 today'))
    await findDialog('You cannot buy Analytics+ any more')
    await userEvent.keyboard('{Escape}')
    await waitFor(() => expect(subscribe()).toHaveFocus())
    await allAsExpected(context)
  },
}

/** What is seen when policy and expectation part: here the expectation has been changed, and a line of it taken away. */
export const Differences: Story = {
  tags: ['!dev'],
  args: {
    csv: expectedCsv
      .replace(/^supervisor,.*,active,.*\n/m, '')
      .replace(/^(admin,\*,\*,\*,included,.*,)shown(,.*)$/m, '$1nothing$2')
      .replace(/^(owner,\*,self-serve,\*,trialing,\*,\*,no,)subscribe,offered/m, '$1none,account-factor'),
  },
  play: async ({ canvasElement }) => {
    const verdict = canvasElement.querySelector('.matrix-verdict')
    await waitFor(() => expect(verdict).toHaveTextContent(/^3 of 28 cells differ$/))
    const marked = [...canvasElement.querySelectorAll<HTMLElement>('[data-differs]')].map(({ dataset }) => dataset.cell)
    await expect(marked).toEqual(['owner trialing', 'supervisor active', 'admin included'])
    const lines = [...canvasElement.querySelectorAll('.matrix-mark li')].map(({ textContent }) => textContent)
    await expect(lines).toEqual([
      'Actions: subscribe, expected none',
      'subscribe: offered, expected account-factor',
      'Shows subscribe, expected no action',
      'expected.csv has no line for this cell.',
      'Shows no action, expected nothing',
    ])
  },
}

/** QA keeps the shown matrix as a file. */
export const Export: Story = {
  tags: ['!dev'],
  args: { mode: 'quote' },
  play: async (context) => {
    await allAsExpected(context)
    const create = spyOn(URL, 'createObjectURL')
    const revoke = spyOn(URL, 'revokeObjectURL')
    const click = spyOn(HTMLAnchorElement.prototype, 'click')
    await context.userEvent.click(context.canvas.getByRole('button', { name: 'Download CSV' }))
    const [file] = create.mock.calls[0] ?? []
    if (!(file instanceof Blob)) throw new Error('There is no file.')
    const [link] = click.mock.contexts
    await expect(link).toHaveAttribute('download', 'role-matrix-card-essentials-quote.csv')
    const lines = (await file.text()).split('\r\n')
    await expect(lines).toHaveLength(1 + 28 + 1)
    await expect(lines[1]).toBe(
      'owner,essentials,quote,no,available,no,no,no,request-quote start-trial,account-factor,offered,offered,role,card,request-quote start-trial,',
    )
    await waitFor(() => expect(revoke).toHaveBeenCalledWith(create.mock.results[0]?.value))
  },
}
