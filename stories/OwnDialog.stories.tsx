import type { Meta, StoryContext, StoryObj } from '@storybook/react-vite'
import { AddOnError } from 'addon-kit'
import { expect, screen, waitFor } from 'storybook/test'
import type { Scenario } from './createBackend.js'
import { OwnPlan } from './ownDialog/OwnPlan.js'
import { findDialog, findPressable } from './play.js'
import { never, previewIs, withScenario } from './scenarios.js'

/** A host's own dialog, made from the kit's public hooks and plain parts. */
const meta = {
  title: 'OwnDialog',
  component: OwnPlan,
  parameters: { docs: { story: { inline: false, height: '640px' } } },
} satisfies Meta<typeof OwnPlan>

export default meta
type Story = StoryObj<typeof meta>

/** Opens the dialog on Analytics+. */
async function open({ canvas, userEvent }: Pick<StoryContext, 'canvas' | 'userEvent'>) {
  await userEvent.click(await canvas.findByRole('button', { name: 'Subscribe, Analytics+' }))
  await waitFor(() => expect(screen.getByRole('heading', { name: 'Subscribe to Analytics+' })).toHaveFocus())
}

/** Opens it and presses the button that buys, once it takes presses. */
async function buy(context: Pick<StoryContext, 'canvas' | 'userEvent'>) {
  await open(context)
  await context.userEvent.click(await findPressable('Pay $60.00 today'))
}

/** A purchase that comes to this. */
function ending(scenario: Scenario, heading: string, button: string): Story {
  return {
    decorators: [withScenario(scenario)],
    play: async (context) => {
      await buy(context)
      await findDialog(heading)
      await waitFor(() => expect(screen.getByRole('heading', { name: heading })).toHaveFocus())
      await expect(screen.getByRole('button', { name: button })).toBeEnabled()
    },
  }
}

/** To click through: only the backend is made up. */
export const Default: Story = {
  decorators: [withScenario()],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'Subscribe, Analytics+' })).toBeVisible()
  },
}

/** From the card to the reference, and back to the card. */
export const Buys: Story = {
  decorators: [withScenario()],
  play: async (context) => {
    const { canvas, userEvent } = context
    await buy(context)
    const dialog = await findDialog('Analytics+ is yours')
    await expect(dialog).toHaveTextContent(/Charged\$60\.00Referencepur_/)
    await userEvent.click(screen.getByRole('button', { name: 'Close' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await expect(canvas.getByText('Active')).toBeVisible()
    // The button that opened it has gone.
    await waitFor(() => expect(canvas.getByRole('heading', { name: 'Analytics+' })).toHaveFocus())
  },
}

/** The price, what pressing costs, and a button that takes no presses in its first second. */
export const Review: Story = {
  decorators: [withScenario()],
  play: async (context) => {
    await open(context)
    const confirm = await screen.findByRole('button', { name: 'Pay $60.00 today' })
    await expect(confirm).toHaveAttribute('aria-disabled', 'true')
    const dialog = await findDialog('Subscribe to Analytics+')
    await expect(dialog).toHaveTextContent('Billed toLarkspur Logistics')
    await expect(dialog).toHaveTextContent('Seats: 12 standard + 3 additional15')
    await expect(dialog).toHaveTextContent(
      'You pay $60.00 today and $225.00 every month from Dec 1, 2026. All purchases are final.',
    )
    await findPressable('Pay $60.00 today')
    // What Escape does; a made-up key press does not reach the browser.
    if (dialog instanceof HTMLDialogElement) dialog.requestClose()
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await waitFor(() => expect(context.canvas.getByRole('button', { name: 'Subscribe, Analytics+' })).toHaveFocus())
  },
}

/** The terms ask for a tick. */
export const ReviewWithConsent: Story = {
  decorators: [
    withScenario({ override: previewIs(() => ({ terms: { final: true, version: '1', consent: 'checkbox' } })) }),
  ],
  play: async (context) => {
    await open(context)
    await context.userEvent.click(await screen.findByRole('checkbox', { name: /^I agree/ }))
    await findPressable('Pay $60.00 today')
  },
}

/** Sent; a second press does nothing. */
export const Submitting: Story = {
  decorators: [withScenario({ override: () => ({ purchase: never }) })],
  play: async (context) => {
    await buy(context)
    await findDialog('Subscribing to Analytics+')
    await expect(screen.getByRole('button', { name: 'Pay $60.00 today' })).toHaveAttribute('aria-disabled', 'true')
  },
}

/** Old and new value of whatever changed. */
export const PriceChanged: Story = {
  decorators: [withScenario({ nextPurchase: 'price-changed' })],
  play: async (context) => {
    await buy(context)
    const dialog = await findDialog('The price has changed')
    await expect(dialog).toHaveTextContent('was $60.00, now $68.00')
    await context.userEvent.click(await findPressable('Pay $68.00 today'))
    await expect(await findDialog('Analytics+ is yours')).toHaveTextContent('$68.00')
  },
}

/** The payment was declined: the price is asked for again. */
export const Declined = ending({ nextPurchase: 'declined' }, 'Your payment was declined', 'Refresh the price')

/** Asking has stopped: only "Check again" goes on. */
export const Unresolved = ending(
  {
    override: () => {
      let sent = 0
      return { purchase: () => Promise.reject(new AddOnError(sent++ === 0 ? 'timeout' : 'unauthenticated')) }
    },
  },
  'We do not know yet',
  'Check again',
)

/** A short request, by somebody who cannot buy. */
export const Asks: Story = {
  decorators: [withScenario({ role: 'supervisor' })],
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Ask an Owner, Analytics+' }))
    await userEvent.type(await screen.findByRole('textbox', { name: /^Message/ }), 'For the Monday report')
    await userEvent.click(screen.getByRole('button', { name: 'Send request' }))
    await expect(await screen.findByText('Your Owners have been told.')).toBeVisible()
  },
}
