import type { Meta, StoryContext, StoryObj } from '@storybook/react-vite'
import { AddOnError, PurchaseDialog } from 'addon-kit'
import { demoAddOns } from 'addon-kit/demo'
import { expect, screen, waitFor } from 'storybook/test'
import { frozenElsewhere } from './contactSheet/frozenElsewhere.js'
import type { Scenario } from './createBackend.js'
import { findDialog, findPressable } from './play.js'
import { analyticsIs, boughtByOtto, never, previewIs, purchaseOnce, withScenario } from './scenarios.js'

/** The dialog in which an add-on is bought, tried, quoted or asked for. */
const meta = {
  title: 'PurchaseDialog',
  component: PurchaseDialog,
  args: { addOnId: 'analytics-plus', action: 'subscribe', defaultOpen: true },
  argTypes: {
    addOnId: { control: 'select', options: demoAddOns.map(({ id }) => id) },
    action: { control: 'select', options: ['subscribe', 'request-quote', 'start-trial', 'request-feature'] },
  },
  parameters: { docs: { story: { inline: false, height: '720px' } } },
  decorators: [frozenElsewhere],
} satisfies Meta<typeof PurchaseDialog>

export default meta
type Story = StoryObj<typeof meta>

const review = 'Subscribe to Analytics+'
const confirmName = 'Subscribe for $60.00 today'

/** Presses the button that buys. */
async function buy({ userEvent }: Pick<StoryContext, 'userEvent'>) {
  await userEvent.click(await findPressable(confirmName))
}

/** A purchase that comes to this. */
function ending(frozen: string, scenario: Scenario, heading: string | RegExp, button: string | RegExp): Story {
  return {
    parameters: { frozen },
    decorators: [withScenario(scenario)],
    play: async (context) => {
      await buy(context)
      const dialog = await findDialog(heading)
      await expect(dialog).not.toHaveTextContent('another card')
      await expect(screen.getAllByRole('button', { name: button })[0]).toBeEnabled()
    },
  }
}

const refuses = (error: AddOnError): Scenario => ({ override: () => ({ purchase: () => Promise.reject(error) }) })

/** Without a chosen action: the add-on with the actions this viewer has. */
export const Overview: Story = {
  args: { action: undefined },
  decorators: [withScenario()],
  play: async () => {
    await expect(await findDialog('Analytics+')).toHaveTextContent('$15.00')
    await expect(screen.getByRole('button', { name: 'Subscribe now, Analytics+' })).toBeEnabled()
    await expect(screen.getByRole('button', { name: 'Try it for free, Analytics+' })).toBeEnabled()
  },
}

/** A Supervisor may ask the Owners. */
export const OverviewForASupervisor: Story = {
  args: { action: undefined },
  decorators: [withScenario({ role: 'supervisor' })],
  play: async () => {
    await findDialog('Analytics+')
    await expect(screen.getByRole('button', { name: 'Request feature, Analytics+' })).toBeEnabled()
    await expect(screen.queryByRole('button', { name: /^Subscribe/ })).toBeNull()
  },
}

/** Bought already: what the account has, and nothing to do. */
export const OverviewOfAnActiveAddOn: Story = {
  args: { action: undefined },
  decorators: [withScenario({ statuses: { 'analytics-plus': 'active' } })],
  play: async () => {
    await expect(await findDialog('Analytics+')).toHaveTextContent('15 seats')
    await expect(screen.queryByRole('button', { name: /^Subscribe/ })).toBeNull()
  },
}

/** The price, line by line; the sentence directly above the button; the button names the amount. */
export const Review: Story = {
  decorators: [withScenario()],
  play: async () => {
    await expect(await screen.findByRole('button', { name: confirmName })).toBeEnabled()
    const dialog = await findDialog(review)
    await expect(dialog).toHaveTextContent('Larkspur Logistics')
    await expect(dialog).toHaveTextContent('12 standard licences + 3 additional users')
    await expect(dialog).toHaveTextContent('Visa ending 4242')
    await expect(dialog).toHaveTextContent(/You pay \$60\.00 today and \$225\.00 every month from/)
    await expect(dialog).toHaveTextContent('All purchases are final.')
    await expect(screen.getByRole('heading', { name: review })).toHaveFocus()
  },
}

/** While the price is asked for. */
export const ReviewLoading: Story = {
  decorators: [withScenario({ override: () => ({ previewPurchase: never }) })],
  play: async () => {
    await findDialog(review)
    await expect(screen.queryByRole('button', { name: /^Subscribe for/ })).toBeNull()
  },
}

/** The terms ask for a tick. */
export const ReviewWithConsent: Story = {
  decorators: [
    withScenario({
      override: previewIs(() => ({
        terms: { final: true, version: '1', consent: 'checkbox', url: 'https://northwind.example/terms' },
      })),
    }),
  ],
  play: async ({ userEvent }) => {
    const button = await screen.findByRole('button', { name: confirmName })
    await expect(button).toHaveAttribute('aria-disabled', 'true')
    await expect(screen.getByRole('link', { name: 'Terms' })).toBeInTheDocument()
    await userEvent.click(screen.getByRole('checkbox', { name: /^I agree/ }))
    await findPressable(confirmName)
  },
}

/** Nothing on file to pay with: a way to add it. */
export const ReviewWithoutPaymentMethod: Story = {
  decorators: [withScenario({ override: previewIs(() => ({ payment: null })) }, { onUpdatePaymentMethod: never })],
  play: async () => {
    await expect(await screen.findByRole('button', { name: 'Add a payment method' })).toBeEnabled()
    await expect(screen.queryByRole('button', { name: /^Subscribe for/ })).toBeNull()
  },
}

/** Tax comes on top, and every amount says so. */
export const ReviewPlusTax: Story = {
  decorators: [withScenario({ override: previewIs(() => ({ taxNotIncluded: true })) })],
  play: async () => {
    await expect(await screen.findByRole('button', { name: 'Subscribe for $60.00 plus tax today' })).toBeEnabled()
    await expect(await findDialog(review)).toHaveTextContent('$225.00 plus tax every month')
  },
}

/** A discount and tax: every line of the preview. */
export const ReviewWithSeveralLines: Story = {
  decorators: [
    withScenario({
      override: previewIs((money) => ({
        lines: [
          { kind: 'prorated', amount: money(6000) },
          { kind: 'discount', label: 'Spring offer, 10%', amount: money(-600) },
          { kind: 'tax', label: 'Sales tax, 8.25%', amount: money(446) },
        ],
        dueNow: money(5846),
      })),
    }),
  ],
  play: async () => {
    await expect(await screen.findByRole('button', { name: 'Subscribe for $58.46 today' })).toBeEnabled()
    const dialog = await findDialog(review)
    await expect(dialog).toHaveTextContent(/Spring offer, 10%.*-\$6\.00/)
    await expect(dialog).toHaveTextContent(/Sales tax, 8\.25%.*\$4\.46/)
  },
}

/** A credit covers what is due today. */
export const ReviewWithNothingDue: Story = {
  decorators: [
    withScenario({
      override: previewIs((money) => ({
        lines: [
          { kind: 'prorated', amount: money(6000) },
          { kind: 'credit', amount: money(-6000) },
        ],
        dueNow: money(0),
      })),
    }),
  ],
  play: async () => {
    await expect(await screen.findByRole('button', { name: 'Subscribe for $0.00 today' })).toBeEnabled()
  },
}

/** Subscribing ends the trial at once, and the review says so. */
export const ReviewDuringATrial: Story = {
  decorators: [withScenario({ statuses: { 'analytics-plus': 'trialing' } })],
  play: async () => {
    await screen.findByRole('button', { name: confirmName })
    await expect(await findDialog(review)).toHaveTextContent('Your free trial had 12 days left. It ends now.')
  },
}

/** By the year, in a currency without minor units. */
export const ReviewOfAYear: Story = {
  decorators: [withScenario({ frequency: 'annual', currency: 'JPY' })],
  play: async () => {
    await expect(await screen.findByRole('button', { name: /^Subscribe for ¥[\d,]+ today$/ })).toBeEnabled()
    await expect(await findDialog(review)).toHaveTextContent('¥330,000 every year')
  },
}

/** No price could be had. */
export const Unpriced: Story = {
  decorators: [
    withScenario({
      override: () => ({
        previewPurchase: () => Promise.reject(new AddOnError('unavailable', { requestId: 'req_7Q2M9XK4' })),
      }),
    }),
  ],
  play: async () => {
    await expect(await screen.findByRole('alert')).toHaveTextContent('req_7Q2M9XK4')
    await expect(screen.getByRole('button', { name: 'Refresh price' })).toBeEnabled()
  },
}

/** Sent; a second press does nothing. */
export const Submitting: Story = {
  parameters: { frozen: 'Submitting' },
  decorators: [withScenario({ override: () => ({ purchase: never }) })],
  play: async (context) => {
    await buy(context)
    await findDialog('Subscribing to Analytics+')
    await expect(screen.getByRole('button', { name: confirmName })).toHaveAttribute('aria-disabled', 'true')
  },
}

/** Old and new value of whatever changed, read as "was 15, now 17". */
export const PriceChanged: Story = {
  parameters: { frozen: 'Price changed' },
  decorators: [withScenario({ nextPurchase: 'price-changed' })],
  play: async (context) => {
    await buy(context)
    const dialog = await findDialog('The price has changed')
    await expect(dialog).toHaveTextContent('was 15, now 17')
    await expect(dialog).toHaveTextContent('was $60.00, now $68.00')
    await expect(screen.getByRole('button', { name: 'Subscribe for $68.00 today' })).toBeEnabled()
  },
}

/** The price is no longer held. */
export const Expired = ending('Price expired', { nextPurchase: 'expired' }, /no longer held/, 'Refresh price')

/** The payment was declined. */
export const Declined = ending('Declined', { nextPurchase: 'declined' }, 'Your payment was declined', 'Try again')

/** The host lets the viewer change what pays. */
export const DeclinedWithUpdate: Story = {
  parameters: { frozen: 'Declined' },
  decorators: [withScenario({ nextPurchase: 'declined' }, { onUpdatePaymentMethod: never })],
  play: async (context) => {
    await buy(context)
    await findDialog('Your payment was declined')
    await expect(screen.getByRole('button', { name: 'Update payment method' })).toBeEnabled()
  },
}

/** In a language in which nothing is pressed, a step is shown as it stands. */
export const DeclinedInGerman: Story = {
  tags: ['own-look'],
  globals: { locale: 'de' },
  parameters: { frozen: 'Declined' },
  decorators: [withScenario()],
  play: async () => {
    const dialog = await findDialog('Ihre Zahlung wurde abgelehnt')
    await expect(dialog.querySelector('[data-step]')).toHaveAttribute('data-step', 'declined')
  },
}

/** The other Owner was faster. */
export const AlreadyPurchased: Story = {
  parameters: { frozen: 'Bought by the other Owner' },
  decorators: [withScenario({ nextPurchase: 'bought-by-other' })],
  play: async (context) => {
    await buy(context)
    await expect(await screen.findByText(/has bought/)).toHaveTextContent('Otto')
    await expect(screen.getByRole('link', { name: 'Open Analytics+' })).toBeInTheDocument()
  },
}

/** The other Owner is buying it just now. */
export const SomebodyIsBuying: Story = {
  parameters: { frozen: 'Being bought by the other Owner' },
  decorators: [withScenario(refuses(new AddOnError('purchase-pending', { purchasedBy: 'Otto' })))],
  play: async (context) => {
    await buy(context)
    await expect(await findDialog('Analytics+ is being bought')).toHaveTextContent('Otto is buying')
  },
}

/** The role changed in between. */
export const NotAllowedAnyMore = ending(
  'Not allowed any more',
  refuses(new AddOnError('forbidden', { reason: 'role' })),
  'You cannot buy Analytics+ any more',
  /^Close/,
)

/** The backend refused; the request id is there to copy. */
export const Failed = ending(
  'Failed',
  refuses(new AddOnError('rate-limited', { requestId: 'req_7Q2M9XK4' })),
  'Your purchase did not go through',
  'Try again',
)

/** The bank has a question. */
export const WaitingForTheBank = ending(
  'Waiting for the bank',
  { nextPurchase: 'action-needed', override: purchaseOnce((demo, input) => demo.purchase(input)) },
  'Waiting for your bank',
  'Continue',
)

/** The answer got lost, and the outcome is being found out. */
export const Checking = ending(
  'Checking',
  { override: purchaseOnce(() => Promise.reject(new AddOnError('network'))) },
  'Checking your purchase',
  /^Close/,
)

/** Asking has stopped: only "Check again" goes on. */
export const Unresolved = ending(
  'Unresolved',
  {
    override: () => {
      let sent = 0
      return { purchase: () => Promise.reject(new AddOnError(sent++ === 0 ? 'timeout' : 'unauthenticated')) }
    },
  },
  /^We do not know yet/,
  'Check again',
)

/** The payment takes a while. */
export const Processing = ending(
  'Processing',
  { nextPurchase: 'processing', override: purchaseOnce((demo, input) => demo.purchase(input)) },
  'Your purchase is being processed',
  /^Close/,
)

/** Amount charged, reference, next invoice, and the way into the feature. */
export const Done: Story = {
  parameters: { frozen: 'Done' },
  decorators: [withScenario()],
  play: async (context) => {
    await buy(context)
    const dialog = await findDialog('Analytics+ is ready')
    await expect(dialog).toHaveTextContent('$60.00')
    await expect(dialog).toHaveTextContent(/pur_[0-9A-Z]{12}/)
    await expect(screen.getByRole('link', { name: 'Open Analytics+' })).toHaveAttribute('href', '/analytics')
    await expect(screen.getByRole('heading', { name: 'Analytics+ is ready' })).toHaveFocus()
  },
}

/** The amount charged is not the one that was agreed to. */
export const Mischarged: Story = {
  parameters: { frozen: 'Mischarged' },
  decorators: [
    withScenario({
      override: (demo) => ({
        purchase: async (...call) => {
          const { purchase, addOn } = await demo.purchase(...call)
          return {
            addOn,
            purchase:
              purchase.status === 'completed'
                ? { ...purchase, charged: { ...purchase.charged, amount: 7000 } }
                : purchase,
          }
        },
      }),
    }),
  ],
  play: async (context) => {
    await buy(context)
    const alert = await screen.findByText(/You agreed to/)
    await expect(alert).toHaveTextContent('$60.00')
    await expect(screen.getByRole('dialog')).toHaveTextContent('$70.00')
  },
}

/** Chosen by the host's code for somebody who has no such action. */
export const Withheld: Story = {
  decorators: [withScenario({ override: analyticsIs(boughtByOtto) })],
  play: async () => {
    await expect(await findDialog('Analytics+')).toHaveTextContent('A purchase')
    await expect(screen.queryByRole('button', { name: /^Subscribe/ })).toBeNull()
  },
}

const changing = { role: 'owner' }

/** The viewer's role changes while the price is on screen: the dialog closes, and a notice says why. */
export const NotOfferedAnyMore: Story = {
  decorators: [withScenario({ viewer: { id: 'usr_olive', name: 'Olive' }, role: () => changing.role })],
  beforeEach: () => {
    changing.role = 'owner'
  },
  play: async () => {
    await findDialog(review)
    changing.role = 'admin'
    // As if the page came back from the browser's cache: the plan is read again.
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    const notice = 'Analytics+ is not open to you any more. Your role cannot do this. Ask an Owner.'
    await expect((await screen.findAllByText(notice))[0]).toBeInTheDocument()
  },
}

/** An optional message to sales. */
export const Quote: Story = {
  args: { action: 'request-quote' },
  decorators: [withScenario({ mode: 'quote' })],
  play: async () => {
    await expect(await findDialog('Request a quote for Analytics+')).toHaveTextContent('Larkspur Logistics')
    await expect(screen.getByRole('textbox', { name: /^Message/ })).toBeEnabled()
  },
}

/** Who has it now. */
export const QuoteSent: Story = {
  parameters: { frozen: 'Quote requested' },
  args: { action: 'request-quote' },
  decorators: [withScenario({ mode: 'quote' })],
  play: async ({ userEvent }) => {
    await userEvent.type(await screen.findByRole('textbox', { name: /^Message/ }), 'We need it for 40 seats.')
    await userEvent.click(screen.getByRole('button', { name: 'Request a quote' }))
    await expect(await findDialog('Your quote request has been sent')).toHaveTextContent('Mara')
  },
}

/** Length and end of the trial, and that it does not renew. */
export const Trial: Story = {
  args: { action: 'start-trial' },
  decorators: [withScenario()],
  play: async () => {
    const dialog = await findDialog('Try Analytics+ for free')
    await expect(dialog).toHaveTextContent('30 days')
    await expect(dialog).toHaveTextContent('It does not renew')
  },
}

/** When it ends, and the way into the feature. */
export const TrialStarted: Story = {
  parameters: { frozen: 'Trial started' },
  args: { action: 'start-trial' },
  decorators: [withScenario({ role: 'admin' })],
  play: async ({ userEvent }) => {
    await userEvent.click(await screen.findByRole('button', { name: 'Start free trial' }))
    await expect(await findDialog(/has begun$/)).toHaveTextContent('does not renew')
    await expect(screen.getByRole('link', { name: 'Open Analytics+' })).toBeInTheDocument()
  },
}

/** Whom it goes to, and an optional note. */
export const Feature: Story = {
  args: { action: 'request-feature' },
  decorators: [withScenario({ role: 'supervisor' })],
  play: async () => {
    await expect(await findDialog('Request Analytics+')).toHaveTextContent('Olive and Otto')
    await expect(screen.getByRole('textbox', { name: /^Note/ })).toBeEnabled()
  },
}

/** Who was told, and from when one may ask again. */
export const FeatureSent: Story = {
  parameters: { frozen: 'Feature requested' },
  args: { action: 'request-feature' },
  decorators: [withScenario({ role: 'supervisor' })],
  play: async ({ userEvent }) => {
    await userEvent.type(await screen.findByRole('textbox', { name: /^Note/ }), 'For the Monday report.')
    await userEvent.click(screen.getByRole('button', { name: 'Send request' }))
    await expect(await findDialog('Your request has been sent')).toHaveTextContent('Olive and Otto')
  },
}

/** It did not go out; the note is kept. */
export const FeatureNotSent: Story = {
  parameters: { frozen: 'Request not sent' },
  args: { action: 'request-feature' },
  decorators: [
    withScenario({
      role: 'supervisor',
      override: () => ({ requestFeature: () => Promise.reject(new AddOnError('offline')) }),
    }),
  ],
  play: async ({ userEvent }) => {
    await userEvent.click(await screen.findByRole('button', { name: 'Send request' }))
    await expect(await screen.findByRole('alert')).toHaveTextContent('You are offline')
    await expect(screen.getByRole('button', { name: 'Send request' })).toBeEnabled()
  },
}

/** Below 480 pixels the dialog is a sheet: lines scroll, the amount, the sentence and the button stay. */
export const Sheet: Story = {
  globals: { viewport: { value: 'small-phone', isRotated: false } },
  decorators: [withScenario({ statuses: { 'analytics-plus': 'trialing' } })],
  play: async () => {
    const button = await screen.findByRole('button', { name: confirmName })
    await expect(button.getBoundingClientRect().bottom).toBeLessThanOrEqual(window.innerHeight)
    await expect(screen.getByText(/^You pay/).getBoundingClientRect().bottom).toBeLessThanOrEqual(window.innerHeight)
  },
}
