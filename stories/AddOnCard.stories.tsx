import type { Decorator, Meta, StoryObj } from '@storybook/react-vite'
import { AddOnCard, AddOnError } from 'addon-kit'
import { demoAccountId, demoAddOns } from 'addon-kit/demo'
import { expect, waitFor } from 'storybook/test'
import image from './assets/analytics.svg?no-inline'
import { buttonNames, whenLoaded } from './play.js'
import {
  analyticsIs,
  boughtByOtto,
  inDays,
  never,
  quoteRequested,
  showsNothing,
  teammatesAsked,
  withScenario,
} from './scenarios.js'

const inColumn: Decorator = (Story) => (
  <div style={{ maxInlineSize: 340 }}>
    <Story />
  </div>
)

/** One add-on: what it is, what it costs, what the account has of it, and what this viewer may do. */
const meta = {
  title: 'AddOnCard',
  component: AddOnCard,
  args: { addOnId: 'analytics-plus' },
  argTypes: {
    addOnId: { control: 'select', options: demoAddOns.map(({ id }) => id) },
  },
  decorators: [inColumn],
} satisfies Meta<typeof AddOnCard>

export default meta
type Story = StoryObj<typeof meta>

/** An Owner may subscribe, or try it first. */
export const Available: Story = {
  decorators: [withScenario()],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('article', { name: 'Analytics+' })).toHaveTextContent(
      '$15.00 per seat / month',
    )
    await expect(buttonNames(canvas)).toEqual(['Subscribe now, Analytics+', 'Try it for free, Analytics+'])
    await expect(canvas.getByRole('link', { name: 'Learn more, Analytics+' })).toBeVisible()
  },
}

/** In quote mode an Owner asks for a quote instead of subscribing. */
export const AvailableInQuoteMode: Story = {
  decorators: [withScenario({ mode: 'quote' })],
  play: async ({ canvas }) => {
    await canvas.findByRole('article', { name: 'Analytics+' })
    await expect(buttonNames(canvas)).toEqual(['Request a quote, Analytics+', 'Try it for free, Analytics+'])
  },
}

/** Without a price an add-on is sold by quote, whatever the mode. */
export const WithoutPrice: Story = {
  args: { addOnId: 'ai-voice-agent' },
  decorators: [withScenario()],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('article', { name: 'AI Voice Agent' })).toHaveTextContent('On request')
    await expect(buttonNames(canvas)).toEqual(['Request a quote, AI Voice Agent'])
  },
}

/** On trial: days left, a meter, the date it ends. */
export const Trialing: Story = {
  decorators: [withScenario({ statuses: { 'analytics-plus': 'trialing' } })],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('meter', { name: '12 days left' })).toBeVisible()
    await expect(buttonNames(canvas)).toEqual(['Subscribe now, Analytics+'])
    await expect(canvas.getByRole('link', { name: 'Open, Analytics+' })).toHaveAttribute('href', '/analytics')
  },
}

/** The one trial has ended; nothing was billed. */
export const TrialEnded: Story = {
  decorators: [withScenario({ statuses: { 'analytics-plus': 'trial-ended' } })],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('article', { name: 'Analytics+' })).toHaveTextContent('trial ended on')
    await expect(buttonNames(canvas)).toEqual(['Subscribe now, Analytics+'])
  },
}

/** Bought: since when, by whom, how many seats, receipt, whom to contact for changes. */
export const Active: Story = {
  decorators: [
    withScenario({
      records: {
        'analytics-plus': {
          sale: {
            since: inDays(-254),
            by: 'Olive',
            seats: 15,
            receiptUrl: 'https://northwind.example/receipts/8F2K71QX',
          },
        },
      },
    }),
  ],
  play: async ({ canvas }) => {
    const card = await canvas.findByRole('article', { name: 'Analytics+' })
    await expect(card).toHaveTextContent('by Olive · 15 seats')
    await expect(canvas.getByRole('link', { name: 'Receipt, Analytics+' })).toBeVisible()
    await expect(canvas.getByRole('link', { name: /Mara/ })).toHaveAttribute('href', 'mailto:mara@northwind.example')
    await expect(buttonNames(canvas)).toEqual([])
  },
}

/** Part of the plan, at no additional cost. */
export const Included: Story = {
  args: { addOnId: 'ai-assist' },
  decorators: [withScenario({ plan: 'professional' })],
  play: async ({ canvas }) => {
    const card = await canvas.findByRole('article', { name: 'AI Assist' })
    await expect(card).toHaveTextContent('Included in Professional at no additional cost')
    await expect(buttonNames(canvas)).toEqual([])
  },
}

/** Not offered on this plan: nothing is shown. */
export const Unavailable: Story = {
  decorators: [showsNothing, withScenario({ statuses: { 'analytics-plus': 'unavailable' } })],
  play: async (context) => {
    const canvas = await whenLoaded(context)
    await expect(canvas.queryByRole('article')).toBeNull()
  },
}

/** A status of a later version: shown, and nothing offered. */
export const UnknownStatus: Story = {
  decorators: [withScenario({ override: analyticsIs({ status: { kind: 'unknown' } }) })],
  play: async ({ canvas }) => {
    await canvas.findByRole('article', { name: 'Analytics+' })
    await expect(buttonNames(canvas)).toEqual([])
  },
}

/** Three teammates asked; an Owner sees their names and notes. */
export const TeammatesAsked: Story = {
  decorators: [withScenario({ records: { 'analytics-plus': teammatesAsked } })],
  play: async ({ canvas, userEvent }) => {
    const card = await canvas.findByRole('article', { name: 'Analytics+' })
    await expect(card).toHaveTextContent(/3\s*teammates asked/)
    await userEvent.click(canvas.getByText(/teammates asked/))
    await expect(canvas.getByText('Sunny')).toBeVisible()
    await expect(canvas.getByText(/^Half of every Monday/)).toBeVisible()
  },
}

/** A quote request is open: the date takes the place of the action. */
export const QuoteRequested: Story = {
  decorators: [withScenario({ mode: 'quote', records: { 'analytics-plus': quoteRequested } })],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('article', { name: 'Analytics+' })).toHaveTextContent('Quote requested on')
    await expect(buttonNames(canvas)).toEqual(['Try it for free, Analytics+'])
  },
}

/** While the other Owner buys it, nobody else can. */
export const BeingBoughtByTheOtherOwner: Story = {
  decorators: [withScenario({ override: analyticsIs(boughtByOtto) })],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('article', { name: 'Analytics+' })).toHaveTextContent('Otto is buying this')
    await expect(buttonNames(canvas)).toEqual([])
  },
}

/** Its buyer finds the way back into it. */
export const BeingBoughtByTheViewer: Story = {
  decorators: [
    withScenario({
      override: analyticsIs({
        pendingPurchase: { state: 'action-needed', startedAt: inDays(0), by: 'Olive', mine: true },
      }),
    }),
  ],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('article', { name: 'Analytics+' })).toHaveTextContent('Waiting for your bank')
    await expect(buttonNames(canvas)).toEqual(['Continue, Analytics+'])
  },
}

/** A purchase whose page was closed before its answer came: the next page finds out what became of it. */
export const BeingChecked: Story = {
  decorators: [withScenario({ override: () => ({ purchase: never }) })],
  beforeEach: () => {
    const idempotencyKey = '5f0c6f0e-2d3a-4f0b-9a53-0c1d2e3f4a5b'
    const attempt = {
      idempotencyKey,
      accountId: demoAccountId,
      viewerId: 'usr_olive',
      addOnId: 'analytics-plus',
      previewId: 'prv_demo',
      expected: { dueNow: { amount: 6000, currency: 'USD' }, seats: 15, termsVersion: '1' },
      acceptedFinalSale: true,
      sentAt: Date.now(),
    }
    localStorage.setItem(`addon-kit/attempt/${idempotencyKey}`, JSON.stringify(attempt))
  },
  play: async ({ canvas }) => {
    const card = await canvas.findByRole('article', { name: 'Analytics+' })
    await waitFor(() => expect(card).toHaveTextContent('Checking your purchase'))
    await expect(buttonNames(canvas)).toEqual(['Continue, Analytics+'])
  },
}

/** The backend's own rule withholds the purchase, and says why. */
export const WithheldByTheHost: Story = {
  decorators: [
    withScenario({
      override: analyticsIs({
        decisions: {
          subscribe: { allowed: false, reason: 'host', reasonText: 'Not while an invoice is overdue.' },
          'request-quote': { allowed: false, reason: 'account-factor' },
          'start-trial': { allowed: true },
          'request-feature': { allowed: false, reason: 'role' },
        },
      }),
    }),
  ],
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Not while an invoice is overdue.')).toBeVisible()
    await expect(buttonNames(canvas)).toEqual(['Try it for free, Analytics+'])
  },
}

/** The host's image in place of the initials. */
export const WithImage: Story = {
  decorators: [withScenario({ override: analyticsIs({ imageUrl: image }) })],
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelector('article img')).toHaveAttribute('src', image))
  },
}

/** An Admin may try it and ask for it. */
export const AdminAvailable: Story = {
  decorators: [withScenario({ role: 'admin' })],
  play: async ({ canvas }) => {
    await canvas.findByRole('article', { name: 'Analytics+' })
    await expect(buttonNames(canvas)).toEqual(['Try it for free, Analytics+', 'Request feature, Analytics+'])
  },
}

/** Quote mode, and the account lets Admins ask for quotes. */
export const AdminWhoMayRequestQuotes: Story = {
  decorators: [withScenario({ role: 'admin', mode: 'quote', adminsCanRequestQuote: true })],
  play: async ({ canvas }) => {
    await canvas.findByRole('article', { name: 'Analytics+' })
    await expect(buttonNames(canvas)).toEqual([
      'Request a quote, Analytics+',
      'Try it for free, Analytics+',
      'Request feature, Analytics+',
    ])
  },
}

/** During a trial an Admin may ask for the feature. */
export const AdminTrialing: Story = {
  decorators: [withScenario({ role: 'admin', statuses: { 'analytics-plus': 'trialing' } })],
  play: async ({ canvas }) => {
    await canvas.findByRole('article', { name: 'Analytics+' })
    await expect(buttonNames(canvas)).toEqual(['Request feature, Analytics+'])
  },
}

/** Seats and receipt are for those who see the billing. */
export const AdminActive: Story = {
  decorators: [withScenario({ role: 'admin', statuses: { 'analytics-plus': 'active' } })],
  play: async ({ canvas }) => {
    const card = await canvas.findByRole('article', { name: 'Analytics+' })
    await expect(card).toHaveTextContent('by Olive')
    await expect(card).not.toHaveTextContent('seats')
    await expect(buttonNames(canvas)).toEqual([])
  },
}

/** A Supervisor may ask the Owners. */
export const SupervisorAvailable: Story = {
  decorators: [withScenario({ role: 'supervisor', records: { 'analytics-plus': quoteRequested } })],
  play: async ({ canvas }) => {
    await canvas.findByRole('article', { name: 'Analytics+' })
    await expect(buttonNames(canvas)).toEqual(['Request feature, Analytics+'])
  },
}

/** Asked already: the date takes the place of the action. */
export const SupervisorHasAsked: Story = {
  decorators: [withScenario({ role: 'supervisor', records: { 'analytics-plus': teammatesAsked } })],
  play: async ({ canvas }) => {
    const card = await canvas.findByRole('article', { name: 'Analytics+' })
    await expect(card).toHaveTextContent('Requested on')
    await expect(card).not.toHaveTextContent('teammates')
    await expect(buttonNames(canvas)).toEqual([])
  },
}

/** A request is repeated after 14 days at the earliest. */
export const SupervisorMayAskAgain: Story = {
  decorators: [
    withScenario({
      role: 'supervisor',
      records: {
        'analytics-plus': {
          featureRequests: [{ viewerId: 'usr_sunny', name: 'Sunny', requestedAt: inDays(-15), askAgainAt: inDays(-1) }],
        },
      },
    }),
  ],
  play: async ({ canvas }) => {
    await canvas.findByRole('article', { name: 'Analytics+' })
    await expect(buttonNames(canvas)).toEqual(['Ask again, Analytics+'])
  },
}

/** Agents see no cards. */
export const Agent: Story = {
  decorators: [showsNothing, withScenario({ role: 'agent', statuses: { 'analytics-plus': 'active' } })],
  play: async (context) => {
    const canvas = await whenLoaded(context)
    await expect(canvas.queryByRole('article')).toBeNull()
  },
}

/** A skeleton in a card's geometry. */
export const Loading: Story = {
  decorators: [withScenario({ override: () => ({ getPlan: never }) })],
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Loading your plan')).toBeInTheDocument()
  },
}

/** The plan could not be read: why, and a way to try again. */
export const Failed: Story = {
  decorators: [withScenario({ override: () => ({ getPlan: () => Promise.reject(new AddOnError('offline')) }) })],
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(/^You are offline/)).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Try again' })).toBeVisible()
  },
}
