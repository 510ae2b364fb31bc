import type { Meta, StoryContext, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import { expect, fn, mocked, screen, waitFor, within } from 'storybook/test'
import { Dashboard } from './dashboard/Dashboard.js'
import { SignIn } from './dashboard/DemoBar.js'
import { ScenarioDashboard, type ScenarioDashboardProps } from './dashboard/ScenarioDashboard.js'
import { ToolbarDashboard, type ToolbarDashboardProps } from './dashboard/ToolbarDashboard.js'
import { lookOf } from './lookOf.js'
import { buttonNames, findDialog, findPressable } from './play.js'
import { busyAccount } from './scenarios.js'
import { type Choices, readChoices, readLook, toolbar } from './toolbar/Toolbar.js'

const meta = {
  title: 'Dashboard',
  component: Dashboard,
  parameters: {
    layout: 'fullscreen',
    controls: { disable: true },
    docs: { story: { inline: false, height: '800px' } },
  },
} satisfies Meta<typeof Dashboard>

export default meta

/** Whomever the panel “Account” signs in sees what they may, and can carry each action through to its end. */
export const Default: StoryObj = {
  render: (_, { globals }) => <ToolbarDashboard choices={readChoices(globals)} look={readLook(globals)} />,
  // The toolbar may say anything.
  play: async ({ canvas }) => {
    const plan = await canvas.findByRole('region', { name: 'Current plan' })
    await waitFor(() => expect(plan).toHaveAttribute('aria-busy', 'false'))
  },
}

type Flow = StoryObj<ScenarioDashboardProps>

const flow: Flow = {
  tags: ['!autodocs'],
  args: { roles: ['owner'], onRequest: fn(), onEvent: fn() },
  render: (args, { globals }) => (
    <ScenarioDashboard {...args} choices={readChoices(globals)} look={lookOf(readLook(globals))} />
  ),
}

type Play = Pick<StoryContext<ScenarioDashboardProps>, 'canvas' | 'userEvent' | 'args'>

async function press({ userEvent }: Pick<Play, 'userEvent'>, name: string | RegExp) {
  await userEvent.click(await findPressable(name))
}

/** From the card to the press of the button that buys. */
async function buy(context: Play) {
  await press(context, 'Subscribe now, Analytics+')
  await findDialog('Subscribe to Analytics+')
  await press(context, 'Subscribe for $60.00 today')
}

async function whenReady() {
  return expect(await findDialog('Analytics+ is ready')).toHaveTextContent(/pur_[0-9A-Z]{12}/)
}

/** The dialog has come back from where it made room for the bank. */
async function whenWaiting() {
  const dialog = () => screen.getByRole('dialog', { name: 'Waiting for your bank' })
  await waitFor(() => expect(dialog()).toHaveAttribute('data-state', 'open'))
}

function purchasesOf({ args }: Play): string[] {
  return mocked(args.onRequest)
    .mock.calls.flat()
    .filter((request) => request.endsWith('/purchases'))
}

export const OwnerBuys: Flow = {
  ...flow,
  args: { ...flow.args, text: 'An Owner buys Analytics+.' },
  play: async (context) => {
    const { canvas, userEvent } = context
    await buy(context)
    await whenReady()
    await press(context, 'Done')
    const card = await canvas.findByRole('article', { name: 'Analytics+' })
    await expect(card).toHaveTextContent('by Olive · 15 seats')
    await userEvent.click(within(canvas.getByRole('navigation')).getByRole('link', { name: 'Analytics+' }))
    await expect(canvas.getByRole('heading', { level: 1, name: 'Analytics+' })).toBeVisible()
  },
}

export const OwnerBuysAndOpensTheFeature: Flow = {
  ...flow,
  args: { ...flow.args, text: 'An Owner buys Analytics+ and goes on into it.' },
  play: async (context) => {
    const { canvas, userEvent } = context
    await buy(context)
    await whenReady()
    await userEvent.click(screen.getByRole('link', { name: 'Open Analytics+' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await expect(canvas.getByRole('heading', { level: 1, name: 'Analytics+' })).toBeVisible()
  },
}

export const DoubleClickBuysOnce: Flow = {
  ...flow,
  args: { ...flow.args, text: 'Two clicks on the confirm button are one purchase.', scenario: { latency: 100 } },
  play: async (context) => {
    await press(context, 'Subscribe now, Analytics+')
    await findDialog('Subscribe to Analytics+')
    await context.userEvent.dblClick(await findPressable('Subscribe for $60.00 today'))
    await whenReady()
    await expect(purchasesOf(context)).toHaveLength(1)
  },
}

export const OwnerStartsATrial: Flow = {
  ...flow,
  args: { ...flow.args, text: 'An Owner tries AI Assist for free.' },
  play: async (context) => {
    const { canvas } = context
    await press(context, 'Try it for free, AI Assist')
    await press(context, 'Start free trial')
    await findDialog('Your free trial of AI Assist has begun')
    await press(context, 'Done')
    await expect(await canvas.findByRole('meter', { name: '30 days left' })).toBeVisible()
    await expect(canvas.getByRole('link', { name: 'AI Assist' })).toHaveAttribute('href', '/assist')
  },
}

export const OwnerRequestsAQuote: Flow = {
  ...flow,
  args: { ...flow.args, text: 'In quote mode, an Owner asks sales for a price.', scenario: { mode: 'quote' } },
  play: async (context) => {
    const { canvas, userEvent } = context
    await press(context, 'Request a quote, Analytics+')
    await userEvent.type(await screen.findByRole('textbox', { name: /^Message/ }), 'For all 15 of us.')
    await press(context, 'Request a quote')
    await findDialog('Your quote request has been sent')
    await press(context, 'Done')
    const card = await canvas.findByRole('article', { name: 'Analytics+' })
    await expect(card).toHaveTextContent('Quote requested on')
    await expect(within(card).queryByRole('button', { name: /^Request a quote/ })).toBeNull()
  },
}

/** Switching who is signed in keeps what has happened to the account. */
export const AdminAsksAndTheOwnerSees: Flow = {
  ...flow,
  args: { ...flow.args, text: 'An Admin asks for Analytics+; then an Owner looks.', roles: ['admin', 'owner'] },
  play: async (context) => {
    const { canvas, userEvent } = context
    await press(context, 'Request feature, Analytics+')
    await userEvent.type(await screen.findByRole('textbox', { name: /^Note/ }), 'The weekly report takes me hours.')
    await press(context, 'Send request')
    await findDialog('Your request has been sent')
    await press(context, 'Done')
    await expect(await canvas.findByRole('article', { name: 'Analytics+' })).toHaveTextContent('Requested on')

    await press(context, 'Sign in as owner')
    const card = await canvas.findByRole('article', { name: 'Analytics+' })
    await waitFor(() => expect(card).toHaveTextContent(/1\s*teammate asked/))
    await userEvent.click(canvas.getByText(/teammate asked/))
    await expect(canvas.getByText('Ada')).toBeVisible()
    await expect(canvas.getByText('The weekly report takes me hours.')).toBeVisible()
  },
}

/** The dashboard of the toolbar, with the switch at hand where the toolbar leaves it open who looks. */
function SwitchingDashboard({ choices, look }: ToolbarDashboardProps) {
  const [role, setRole] = useState<NonNullable<Choices['role']>>('supervisor')
  return (
    <ToolbarDashboard choices={{ ...choices, role: choices.role ?? role }} look={look}>
      {!choices.role && (
        <SignIn
          roles={['supervisor', 'owner']}
          role={role}
          onChange={(next) => {
            toolbar.current = { ...choices, role: next }
            setRole(next)
          }}
        />
      )}
    </ToolbarDashboard>
  )
}

/** Through the service worker, in the account of the toolbar, which it resets. */
export const SupervisorAsksFromTheSidebar: StoryObj = {
  tags: ['!autodocs'],
  beforeEach: () => {
    toolbar.current.role ??= 'supervisor'
  },
  render: (_, { globals }) => <SwitchingDashboard choices={readChoices(globals)} look={readLook(globals)} />,
  play: async (context) => {
    const { canvas } = context
    const asked = () => canvas.queryByText(/teammate asked/)
    await press(context, 'Reset the account')
    await press(context, /^AI Assist Pro.*locked$/)
    const dialog = within(await findDialog('AI Assist Pro'))
    await context.userEvent.click(dialog.getByRole('button', { name: 'Request feature, AI Assist Pro' }))
    await press(context, 'Send request')
    await expect(await findDialog('Your request has been sent')).toHaveTextContent('Olive and Otto')
    await press(context, 'Done')

    await press(context, 'Sign in as owner')
    await waitFor(() => expect(asked()).toBeVisible())
    await press(context, 'Reset the account')
    await waitFor(() => expect(asked()).toBeNull())
    await expect(await canvas.findByRole('article', { name: 'AI Assist Pro' })).toBeVisible()
  },
}

/** One plain sentence, no entries for what is not bought, and a link to what is. */
export const AgentLooks: Flow = {
  ...flow,
  args: {
    ...flow.args,
    text: 'An Agent of an account that has bought Analytics+.',
    roles: ['agent'],
    scenario: { statuses: { 'analytics-plus': 'active' } },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(/^Your Owners look after the plan/)).toBeVisible()
    await expect(canvas.getByRole('link', { name: 'Analytics+' })).toBeVisible()
    await expect(canvas.queryByText('AI Assist')).toBeNull()
    await expect(canvas.queryByRole('article')).toBeNull()
    await expect(buttonNames(canvas).filter((name) => name !== 'Menu')).toEqual([])
  },
}

export const BusyAccount: Flow = {
  ...flow,
  args: { ...flow.args, text: 'An account to which much has happened.', scenario: busyAccount },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('region', { name: 'Your add-ons' })).toBeVisible()
  },
}

/** The sidebar becomes a menu. */
export const Phone: Flow = {
  ...flow,
  args: { ...flow.args, text: 'On a phone.' },
  globals: { viewport: { value: 'small-phone', isRotated: false } },
  play: async (context) => {
    const { canvas } = context
    await expect(await canvas.findByRole('article', { name: 'Analytics+' })).toBeVisible()
    await expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(window.innerWidth)
    await press(context, 'Menu')
    await expect(canvas.getByRole('button', { name: /^AI Voice Agent.*locked$/ })).toBeVisible()
  },
}

export const Declined: Flow = {
  ...flow,
  args: { ...flow.args, text: 'The bank declines; another try goes through.', scenario: { nextPurchase: 'declined' } },
  play: async (context) => {
    await buy(context)
    await findDialog('Your payment was declined')
    await press(context, 'Update payment method')
    await press(context, 'Use this card')
    await findDialog('Subscribe to Analytics+')
    await press(context, 'Subscribe for $60.00 today')
    await whenReady()
  },
}

export const PriceChanged: Flow = {
  ...flow,
  args: { ...flow.args, text: 'Two seats are added meanwhile.', scenario: { nextPurchase: 'price-changed' } },
  play: async (context) => {
    await buy(context)
    await expect(await findDialog('The price has changed')).toHaveTextContent('was $60.00, now $68.00')
    await context.userEvent.click(await screen.findByRole('button', { name: 'Subscribe for $68.00 today' }))
    await expect(purchasesOf(context)).toHaveLength(1)
    await press(context, 'Subscribe for $68.00 today')
    await whenReady()
  },
}

export const Expired: Flow = {
  ...flow,
  args: { ...flow.args, text: 'The price is held no longer.', scenario: { nextPurchase: 'expired' } },
  play: async (context) => {
    await buy(context)
    await findDialog(/no longer held/)
    await press(context, 'Refresh price')
    await findDialog('Subscribe to Analytics+')
    await press(context, 'Subscribe for $60.00 today')
    await whenReady()
  },
}

export const ActionNeeded: Flow = {
  ...flow,
  args: { ...flow.args, text: 'The bank wants to hear from the buyer.', scenario: { nextPurchase: 'action-needed' } },
  play: async (context) => {
    await buy(context)
    await press(context, 'Yes, approve')
    await whenReady()
  },
}

export const DeclinedAtTheBank: Flow = {
  ...flow,
  args: { ...flow.args, text: 'The buyer tells the bank no.', scenario: { nextPurchase: 'action-needed' } },
  play: async (context) => {
    await buy(context)
    await expect(await screen.findByRole('button', { name: 'Yes, approve' })).toHaveFocus()
    await context.userEvent.keyboard('{Tab}{Enter}')
    await findDialog('Your payment was declined')
    await press(context, 'Try again')
    await findDialog('Subscribe to Analytics+')
    await press(context, 'Subscribe for $60.00 today')
    await whenReady()
  },
}

/** Whoever leaves has not answered: the purchase waits, and the bank asks once more. */
export const LeavesTheBank: Flow = {
  ...flow,
  args: { ...flow.args, text: 'The buyer leaves, and comes back.', scenario: { nextPurchase: 'action-needed' } },
  play: async (context) => {
    await buy(context)
    const asked = await findDialog('Your bank asks you')
    // What Escape does; a made-up key press does not reach the browser.
    if (asked instanceof HTMLDialogElement) asked.requestClose()
    await whenWaiting()
    await press(context, 'Continue')
    await press(context, 'Cancel')
    await whenWaiting()
    await press(context, 'Continue')
    await press(context, 'Yes, approve')
    await whenReady()
  },
}

export const Processing: Flow = {
  ...flow,
  args: { ...flow.args, text: 'The payment takes a while.', scenario: { nextPurchase: 'processing' } },
  play: async (context) => {
    const { canvas } = context
    await buy(context)
    await findDialog('Your purchase is being processed')
    // Closing never cancels.
    await context.userEvent.keyboard('{Escape}')
    await press(context, 'Continue, Analytics+')
    await whenReady()
    await press(context, 'Done')
    await expect(await canvas.findByRole('article', { name: 'Analytics+' })).toHaveTextContent('Active')
  },
}

export const LostAnswer: Flow = {
  ...flow,
  args: {
    ...flow.args,
    text: 'The answer gets lost; the outcome is found out.',
    scenario: { nextPurchase: 'lost-answer' },
  },
  play: async (context) => {
    await buy(context)
    await findDialog('Checking your purchase')
    await whenReady()
  },
}

export const BoughtByTheOtherOwner: Flow = {
  ...flow,
  args: { ...flow.args, text: 'Otto was faster.', scenario: { nextPurchase: 'bought-by-other' } },
  play: async (context) => {
    const { canvas } = context
    await buy(context)
    await expect(await screen.findByText(/has bought/)).toHaveTextContent('Otto')
    await context.userEvent.keyboard('{Escape}')
    // What is bought moves to another place, and is another card there.
    const card = () => canvas.getByRole('article', { name: 'Analytics+' })
    await waitFor(() => expect(card()).toHaveTextContent('by Otto'))
  },
}
