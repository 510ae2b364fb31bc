import type { Decorator, Meta, StoryObj } from '@storybook/react-vite'
import { AddOnError, AddOnNavItem, usePlan } from 'addon-kit'
import { demoAddOns } from 'addon-kit/demo'
import { expect, waitFor } from 'storybook/test'
import { findDialog, whenLoaded } from './play.js'
import { analyticsIs, boughtByOtto, inDays, never, showsNothing, withScenario } from './scenarios.js'
import './dashboard/dashboard.css'

const inSidebar: Decorator = (Story) => (
  <nav className="host-side" aria-label="Main" style={{ inlineSize: 224, boxSizing: 'border-box' }}>
    <Story />
  </nav>
)

/** A host's sidebar entry for an add-on: a link for those who have it, the way into the flow for those who may ask for it. */
const meta = {
  title: 'AddOnNavItem',
  component: AddOnNavItem,
  args: { addOnId: 'analytics-plus', classNames: { 'nav-item': 'host-entry' } },
  argTypes: {
    addOnId: { control: 'select', options: demoAddOns.map(({ id }) => id) },
  },
  decorators: [inSidebar],
} satisfies Meta<typeof AddOnNavItem>

export default meta
type Story = StoryObj<typeof meta>

/** For those who may buy or ask: the way into the flow. */
export const Locked: Story = {
  decorators: [withScenario({ role: 'supervisor' })],
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: /^Analytics\+.*locked$/ }))
    const dialog = await findDialog('Analytics+')
    await expect(dialog).toHaveTextContent('Request feature')
    await userEvent.keyboard('{Escape}')
    await waitFor(() => expect(canvas.getByRole('button')).toHaveFocus())
  },
}

/** Bought: a plain link to the feature. */
export const Active: Story = {
  decorators: [withScenario({ statuses: { 'analytics-plus': 'active' } })],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('link', { name: 'Analytics+' })).toHaveAttribute('href', '/analytics')
  },
}

/** On trial: a plain link, too. */
export const OnTrial: Story = {
  decorators: [withScenario({ statuses: { 'analytics-plus': 'trialing' } })],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('link', { name: 'Analytics+' })).toHaveAttribute('href', '/analytics')
  },
}

/** The host's words and the host's address. */
export const OwnLabelAndAddress: Story = {
  args: { children: 'Reports', href: '/reports' },
  decorators: [withScenario({ statuses: { 'analytics-plus': 'active' } })],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('link', { name: 'Reports' })).toHaveAttribute('href', '/reports')
  },
}

/** The entitled link is the host's own element; a locked entry stays the kit's button. */
export const AsChild: Story = {
  render: (args) => (
    <AddOnNavItem {...args} asChild>
      <a href="/analytics" data-testid="own">
        <span>
          <span aria-hidden="true">◔ </span>Analytics+
        </span>
      </a>
    </AddOnNavItem>
  ),
  decorators: [withScenario({ statuses: { 'analytics-plus': 'active' } })],
  play: async ({ canvas }) => {
    const link = await canvas.findByRole('link', { name: 'Analytics+' })
    await expect(link).toHaveAttribute('data-testid', 'own')
    await expect(link).toHaveAttribute('data-status', 'active')
  },
}

/** The viewer's own purchase is not over. */
export const PurchaseUnderWay: Story = {
  decorators: [
    withScenario({
      override: analyticsIs({
        pendingPurchase: { state: 'processing', startedAt: inDays(0), by: 'Olive', mine: true },
      }),
    }),
  ],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: /^Analytics\+.*being processed$/ })).toBeVisible()
  },
}

/** Locked, and the dialog says who is buying. */
export const BeingBoughtByTheOtherOwner: Story = {
  decorators: [withScenario({ override: analyticsIs(boughtByOtto) })],
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: /^Analytics\+.*locked$/ }))
    await expect(await findDialog('Analytics+')).toHaveTextContent('Otto is buying this')
  },
}

/** Room for the entry, until the plan is known. */
export const Loading: Story = {
  decorators: [withScenario({ override: () => ({ getPlan: never }) })],
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('navigation')).toBeVisible()
    await expect(canvas.queryByRole('button')).toBeNull()
  },
}

/** The plan cannot be read: nobody knows whether there is an entry. The page itself says what went wrong. */
export const PlanNotRead: Story = {
  decorators: [
    showsNothing,
    withScenario({ override: () => ({ getPlan: () => Promise.reject(new AddOnError('forbidden')) }) }),
  ],
  play: async (context) => {
    const canvas = await whenLoaded(context)
    await expect(canvas.queryByRole('button')).toBeNull()
    await expect(canvas.queryByRole('link')).toBeNull()
  },
}

function Refresh() {
  const { refetch, error } = usePlan()
  return (
    <button type="button" style={{ minBlockSize: 24 }} onClick={refetch}>
      {error ? 'Not refreshed' : 'Refresh'}
    </button>
  )
}

/** The plan cannot be read again: the entry stays as it was. */
export const Stale: Story = {
  decorators: [
    (Story) => (
      <>
        <Story />
        <Refresh />
      </>
    ),
    withScenario({
      role: 'supervisor',
      override: (demo) => {
        let reads = 0
        return {
          getPlan: (...call) => (reads++ === 0 ? demo.getPlan(...call) : Promise.reject(new AddOnError('forbidden'))),
        }
      },
    }),
  ],
  play: async ({ canvas, userEvent }) => {
    const entry = await canvas.findByRole('button', { name: /^Analytics\+.*locked$/ })
    await userEvent.click(canvas.getByRole('button', { name: 'Refresh' }))
    await expect(await canvas.findByRole('button', { name: 'Not refreshed' })).toBeVisible()
    await expect(entry).toBeVisible()
  },
}

/** Agents see nothing of what the account has not. */
export const AgentLocked: Story = {
  decorators: [showsNothing, withScenario({ role: 'agent' })],
  play: async (context) => {
    const canvas = await whenLoaded(context)
    await expect(canvas.queryByRole('button')).toBeNull()
    await expect(canvas.queryByRole('link')).toBeNull()
  },
}

/** What the account has, everybody can open. */
export const AgentActive: Story = {
  decorators: [withScenario({ role: 'agent', statuses: { 'analytics-plus': 'active' } })],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('link', { name: 'Analytics+' })).toHaveAttribute('href', '/analytics')
  },
}

/** Not offered on this plan: nothing is shown. */
export const NotOffered: Story = {
  decorators: [showsNothing, withScenario({ statuses: { 'analytics-plus': 'unavailable' } })],
  play: async (context) => {
    const canvas = await whenLoaded(context)
    await expect(canvas.queryByRole('button')).toBeNull()
  },
}
