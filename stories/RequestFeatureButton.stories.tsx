import type { Meta, StoryObj } from '@storybook/react-vite'
import { AddOnError, RequestFeatureButton } from 'addon-kit'
import { demoAddOns } from 'addon-kit/demo'
import { expect, waitFor } from 'storybook/test'
import { whenLoaded } from './play.js'
import { inDays, never, showsNothing, teammatesAsked, withScenario } from './scenarios.js'

/** One click tells the Owners, by name. */
const meta = {
  title: 'RequestFeatureButton',
  component: RequestFeatureButton,
  args: { addOnId: 'analytics-plus' },
  argTypes: {
    addOnId: { control: 'select', options: demoAddOns.map(({ id }) => id) },
  },
} satisfies Meta<typeof RequestFeatureButton>

export default meta
type Story = StoryObj<typeof meta>

const button = { name: 'Request feature, Analytics+' }

/** One press tells the Owners. */
export const Idle: Story = {
  decorators: [withScenario({ role: 'supervisor' })],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', button)).toBeVisible()
  },
}

/** With an optional note. */
export const WithNote: Story = {
  args: { withNote: true },
  decorators: [withScenario({ role: 'admin' })],
  play: async ({ canvas, userEvent }) => {
    await userEvent.type(await canvas.findByRole('textbox', { name: /note/i }), 'For the Monday report')
    await expect(canvas.getByRole('button', button)).toBeVisible()
  },
}

/** On its way: the button keeps the focus and takes no more presses. */
export const Sending: Story = {
  decorators: [withScenario({ role: 'supervisor', override: () => ({ requestFeature: never }) })],
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', button))
    await expect(canvas.getByRole('button', button)).toHaveAttribute('aria-disabled', 'true')
    await expect(canvas.getByText('Sending your request')).toBeInTheDocument()
  },
}

/** Who was told, and from when one may ask again. */
export const Sent: Story = {
  args: { withNote: true },
  decorators: [withScenario({ role: 'supervisor' })],
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', button))
    await waitFor(() => expect(canvas.queryByRole('button')).toBeNull())
    await expect(canvas.getByText('Olive and Otto')).toBeVisible()
  },
}

/** Asked before: the date takes the place of the button. */
export const AlreadySent: Story = {
  decorators: [withScenario({ role: 'supervisor', records: { 'analytics-plus': teammatesAsked } })],
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(/^Requested on/)).toBeVisible()
    await expect(canvas.queryByRole('button')).toBeNull()
  },
}

/** 14 days later the button is back. */
export const MayAskAgain: Story = {
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
    await expect(await canvas.findByRole('button', { name: 'Ask again, Analytics+' })).toBeVisible()
  },
}

/** It did not go out; the request id is there to copy. */
export const Failed: Story = {
  decorators: [
    withScenario({
      role: 'supervisor',
      override: () => ({
        requestFeature: () => Promise.reject(new AddOnError('unavailable', { requestId: 'req_7Q2M9XK4' })),
      }),
    }),
  ],
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', button))
    await expect(await canvas.findByRole('alert')).toHaveTextContent('req_7Q2M9XK4')
    await expect(canvas.getByRole('button', button)).not.toHaveAttribute('aria-disabled')
  },
}

/** The plan cannot be read, so nobody knows yet who may ask: why, the request id to copy, and another try. */
export const PlanNotRead: Story = {
  decorators: [
    withScenario({
      role: 'supervisor',
      override: () => ({
        getPlan: () => Promise.reject(new AddOnError('forbidden', { requestId: 'req_7Q2M9XK4' })),
      }),
    }),
  ],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('alert')).toHaveTextContent('req_7Q2M9XK4')
    await expect(canvas.getByRole('button', { name: 'Try again' })).toBeVisible()
    await expect(canvas.queryByRole('button', button)).toBeNull()
  },
}

/** Whoever can buy has nobody to ask. */
export const Owner: Story = {
  decorators: [showsNothing, withScenario()],
  play: async (context) => {
    const canvas = await whenLoaded(context)
    await expect(canvas.queryByRole('button')).toBeNull()
  },
}
