import type { Meta, StoryObj } from '@storybook/react-vite'
import { AddOnError, PlanTab, usePlan } from 'addon-kit'
import { expect, waitFor } from 'storybook/test'
import { buttonNames, whenLoaded } from './play.js'
import { boughtByOtto, busyAccount, never, planIs, withScenario } from './scenarios.js'
import { storyTime } from './toolbar/obeyToolbar.js'
import { toolbar } from './toolbar/Toolbar.js'
import { withToolbar } from './toolbar.js'

/** "My company > Plan": the account's plan, its add-ons, and those it can have. */
const meta = {
  title: 'PlanTab',
  component: PlanTab,
} satisfies Meta<typeof PlanTab>

export default meta
type Story = StoryObj<typeof meta>

/** Whomever the panel “Account” signs in. */
export const Default: Story = {
  decorators: [withToolbar],
  play: async ({ canvas }) => {
    const plan = await canvas.findByRole('region', { name: 'Current plan' })
    await waitFor(() => expect(plan).toHaveAttribute('aria-busy', 'false'))
  },
}

/** Billing summary, and every add-on with what an Owner may do. */
export const Owner: Story = {
  decorators: [withScenario()],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('heading', { name: 'Essentials' })).toBeVisible()
    await expect(canvas.getByText('Monthly')).toBeVisible()
    const plan = canvas.getByRole('region', { name: 'Current plan' })
    await expect(plan).toHaveTextContent('12 standard + 3 additional')
    await expect(plan).toHaveTextContent('All purchases are final.')
    await expect(buttonNames(canvas)).toEqual([
      'Subscribe now, Analytics+',
      'Try it for free, Analytics+',
      'Subscribe now, AI Assist',
      'Try it for free, AI Assist',
      'Subscribe now, AI Assist Pro',
      'Request a quote, AI Voice Agent',
    ])
  },
}

/** No billing; an Admin may try and ask. */
export const Admin: Story = {
  decorators: [withScenario({ role: 'admin' })],
  play: async ({ canvas }) => {
    await canvas.findByRole('heading', { name: 'Essentials' })
    await expect(canvas.queryByText('Next invoice')).toBeNull()
    await expect(buttonNames(canvas)).toEqual([
      'Try it for free, Analytics+',
      'Request feature, Analytics+',
      'Try it for free, AI Assist',
      'Request feature, AI Assist',
      'Request feature, AI Assist Pro',
      'Request feature, AI Voice Agent',
    ])
  },
}

/** The purchasing mode is `quote`, and the account lets Admins ask. */
export const AdminWhoMayRequestQuotes: Story = {
  decorators: [withScenario({ role: 'admin', mode: 'quote', adminsCanRequestQuote: true })],
  play: async ({ canvas }) => {
    await canvas.findByRole('heading', { name: 'Essentials' })
    await expect(buttonNames(canvas).slice(0, 3)).toEqual([
      'Request a quote, Analytics+',
      'Try it for free, Analytics+',
      'Request feature, Analytics+',
    ])
  },
}

/** A Supervisor may ask the Owners. */
export const Supervisor: Story = {
  decorators: [withScenario({ role: 'supervisor' })],
  play: async ({ canvas }) => {
    await canvas.findByRole('heading', { name: 'Essentials' })
    await expect(buttonNames(canvas)).toEqual([
      'Request feature, Analytics+',
      'Request feature, AI Assist',
      'Request feature, AI Assist Pro',
      'Request feature, AI Voice Agent',
    ])
  },
}

/** Agents, and every role that the policy does not know, get one plain sentence. */
export const NoAccess: Story = {
  decorators: [withScenario({ role: 'agent', statuses: { 'analytics-plus': 'active' } })],
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(/^Your Owners look after the plan/)).toBeVisible()
    await expect(canvas.queryByRole('article')).toBeNull()
    await expect(canvas.queryByRole('button')).toBeNull()
  },
}

/** The host can put its own sentence there. */
export const NoAccessInTheHostsWords: Story = {
  args: { noAccess: <p>Ask Olive or Otto about the plan.</p> },
  decorators: [withScenario({ role: 'contractor' })],
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Ask Olive or Otto about the plan.')).toBeVisible()
  },
}

/** On Professional one add-on is included. */
export const Professional: Story = {
  decorators: [withScenario({ plan: 'professional' })],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('heading', { name: 'Professional' })).toBeVisible()
    await expect(canvas.getByRole('article', { name: 'AI Assist' })).toHaveTextContent(
      'Included in Professional at no additional cost',
    )
  },
}

/** Quote mode: everything is sold by quote. */
export const QuoteMode: Story = {
  decorators: [withScenario({ mode: 'quote' })],
  play: async ({ canvas }) => {
    await canvas.findByRole('heading', { name: 'Essentials' })
    await expect(canvas.queryByRole('button', { name: /^Subscribe/ })).toBeNull()
    await expect(canvas.getAllByRole('button', { name: /^Request a quote/ })).toHaveLength(4)
  },
}

/** On trial, active, included, being bought, and waiting for a quote. */
export const ManyStates: Story = {
  decorators: [
    withScenario({
      ...busyAccount,
      override: planIs((plan) => {
        const [first] = plan.addOns
        if (!first) return plan
        const { decisions: _, ...addOn } = first
        const status = { kind: 'available' } as const
        return {
          ...plan,
          addOns: [...plan.addOns, { ...addOn, ...boughtByOtto, id: 'sms-desk', name: 'SMS Desk', status }],
        }
      }),
    }),
  ],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('article', { name: 'Analytics+' })).toHaveTextContent('12 days left')
    await expect(canvas.getByRole('article', { name: 'AI Assist' })).toHaveTextContent('Included')
    await expect(canvas.getByRole('article', { name: 'AI Assist Pro' })).toHaveTextContent('15 seats')
    await expect(canvas.getByRole('article', { name: 'AI Voice Agent' })).toHaveTextContent('Quote requested on')
    await expect(canvas.getByRole('article', { name: 'SMS Desk' })).toHaveTextContent('Otto is buying this')
  },
}

/** Nothing is left to buy. */
export const EverythingBought: Story = {
  decorators: [
    withScenario({
      statuses: {
        'analytics-plus': 'active',
        'ai-assist': 'active',
        'ai-assist-pro': 'active',
        'ai-voice-agent': 'active',
      },
    }),
  ],
  play: async ({ canvas }) => {
    await expect(await canvas.findAllByText('Active')).toHaveLength(4)
    await expect(canvas.queryByRole('region', { name: 'Available add-ons' })).toBeNull()
  },
}

/** Billed by the year. */
export const Annual: Story = {
  decorators: [withScenario({ frequency: 'annual' })],
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('$150.00')).toBeVisible()
    await expect(canvas.getAllByText('per seat / year')).toHaveLength(3)
  },
}

/** Another currency. */
export const Euros: Story = {
  decorators: [withScenario({ currency: 'EUR' })],
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('€14.00')).toBeVisible()
  },
}

/** A currency without minor units. */
export const Yen: Story = {
  decorators: [withScenario({ currency: 'JPY' })],
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('¥2,200')).toBeVisible()
  },
}

/** A currency with three decimals. */
export const Dinars: Story = {
  decorators: [withScenario({ currency: 'KWD' })],
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(/4\.500/)).toBeVisible()
  },
}

/** Long names, many seats and large prices. */
export const LargeValues: Story = {
  decorators: [
    withScenario({
      statuses: { 'ai-assist-pro': 'active' },
      seats: { standardLicenses: 12_400, additionalUsers: 3600 },
      override: planIs((plan) => ({
        ...plan,
        account: { ...plan.account, plan: { id: 'long', name: 'Enterprise Communications Suite, Worldwide' } },
        addOns: plan.addOns.map((addOn) => ({
          ...addOn,
          name: `${addOn.name} with Conversation Intelligence and Complianceaufzeichnungspflicht`,
          unitPrice: addOn.unitPrice && { ...addOn.unitPrice, amount: 123_456_789 },
        })),
      })),
    }),
  ],
  play: async ({ canvas }) => {
    await expect(await canvas.findAllByText('$1,234,567.89')).toHaveLength(3)
    await expect(canvas.getByRole('region', { name: 'Available add-ons' })).toHaveTextContent('all 16,000 seats')
  },
}

/** In a container of 320 pixels, wherever the page leaves it no more. */
export const Narrow: Story = {
  decorators: [
    (Story) => (
      <div style={{ inlineSize: 320 }}>
        <Story />
      </div>
    ),
    withScenario(busyAccount),
  ],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('article', { name: 'AI Voice Agent' })).toBeVisible()
    const plan = canvas.getByRole('region', { name: 'Current plan' })
    await expect(plan.scrollWidth).toBeLessThanOrEqual(320)
  },
}

/** Skeletons in the geometry of what they stand for. */
export const Loading: Story = {
  decorators: [withScenario({ override: () => ({ getPlan: never }) })],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('region', { name: 'Current plan' })).toHaveAttribute('aria-busy', 'true')
  },
}

/** The plan has no add-ons. */
export const Empty: Story = {
  decorators: [withScenario({ override: planIs((plan) => ({ ...plan, addOns: [] })) })],
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('There are no add-ons for your plan yet.')).toBeVisible()
  },
}

const outage = new AddOnError('internal', { requestId: 'req_7Q2M9XK4', retryAfter: 0 })

/** The plan could not be read: why, the request id to copy, and a way to try again. */
export const Failed: Story = {
  decorators: [withScenario({ override: () => ({ getPlan: () => Promise.reject(outage) }) })],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('heading', { name: 'Your plan could not be loaded' })).toBeVisible()
    await expect(canvas.getByText('req_7Q2M9XK4')).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Copy' })).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Try again' })).toBeVisible()
  },
}

/** The backend says how long it wants to be left alone: that is counted down, and then a press tries again. */
export const FailedAndToBeLeftAlone: Story = {
  decorators: [
    withScenario({
      override: () => ({ getPlan: () => Promise.reject(new AddOnError('unavailable', { retryAfter: 90 })) }),
    }),
  ],
  play: async ({ canvas }) => {
    const again = await canvas.findByRole('button', { name: /^Try again in \d+ s$/ })
    await expect(again).toHaveAttribute('aria-disabled', 'true')
  },
}

/** The backend is down for the first three requests. */
export const FailedAndTriedAgain: Story = {
  decorators: [
    withScenario({
      override: (demo) => {
        let failures = 0
        return { getPlan: (...call) => (failures++ < 3 ? Promise.reject(outage) : demo.getPlan(...call)) }
      },
    }),
  ],
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Try again' }))
    await expect(await canvas.findByRole('heading', { name: 'Essentials' })).toBeVisible()
  },
}

/** No connection. */
export const Offline: Story = {
  decorators: [withScenario({ override: () => ({ getPlan: () => Promise.reject(new AddOnError('offline')) }) })],
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(/^You are offline/)).toBeVisible()
  },
}

function RefreshButton() {
  const { refetch } = usePlan()
  return (
    <button type="button" onClick={refetch}>
      Refresh
    </button>
  )
}

/** What was read before stays on screen when it cannot be read again. */
export const Stale: Story = {
  // The page's own clock says when that was.
  beforeEach: () => {
    const ahead = new Date(toolbar.current.clock ?? storyTime()).getTime() - Date.now()
    const { now } = Date
    Date.now = () => now() + ahead
    return () => {
      Date.now = now
    }
  },
  render: (args) => (
    <>
      <RefreshButton />
      <PlanTab {...args} />
    </>
  ),
  decorators: [
    withScenario({
      override: (demo) => {
        let reads = 0
        return { getPlan: (...call) => (reads++ === 0 ? demo.getPlan(...call) : Promise.reject(outage)) }
      },
    }),
  ],
  play: async (context) => {
    const canvas = await whenLoaded(context)
    await context.userEvent.click(canvas.getByRole('button', { name: 'Refresh' }))
    await waitFor(() =>
      expect(canvas.getByRole('region', { name: 'Current plan' })).toHaveTextContent(
        'your plan as of Nov 23, 2026, 12:00 AM',
      ),
    )
    await expect(canvas.getByRole('heading', { name: 'Essentials' })).toBeVisible()
  },
}
