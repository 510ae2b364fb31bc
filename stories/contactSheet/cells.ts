import {
  type AddOnAction,
  type AddOnAdapter,
  AddOnError,
  type Attempt,
  type CompletedPurchase,
  type PlanOverview,
  type PreviewLine,
  type PurchasePreview,
  type PurchaseState,
} from 'addon-kit'
import { createDemoAdapter, type DemoOptions } from 'addon-kit/demo'
import { sumMoney } from '../../src/domain/money.js'
import { storyTime } from '../toolbar/obeyToolbar.js'
import type { Choices } from '../toolbar/Toolbar.js'

const addOnId = 'analytics-plus'

/** One picture of the sheet. */
interface Cell {
  readonly name: string
  /** What the dialog says it shows: its `data-step`. */
  readonly step: string
  readonly action: AddOnAction | undefined
  readonly state: PurchaseState
  readonly isSent: boolean
  readonly plan: PlanOverview
  readonly adapter: AddOnAdapter
  readonly addOnId: string
}

/** Pictures that belong together. */
export interface Row {
  readonly title: string
  /** Its dialogs list a price, and need the room. */
  readonly isTall: boolean
  readonly cells: readonly Cell[]
}

/** What of the account the pictures follow. */
type Followed = Pick<Choices, 'plan' | 'currency' | 'frequency' | 'clock'>

/** Every step and ending of the dialog. Nothing of it is bought: each is a state that is given, to whoever gets to see it. */
export async function readCells({ clock, ...account }: Followed): Promise<readonly Row[]> {
  const now = () => new Date(clock ?? storyTime())
  const read = (options: DemoOptions) => readPlan({ ...account, now, ...options })
  const owner = await read({})
  const quoting = await read({ mode: 'quote' })
  const supervisor = await read({ role: 'supervisor' })
  const offline = {
    ...supervisor,
    adapter: { ...supervisor.adapter, requestFeature: () => Promise.reject(new AddOnError('offline')) },
  }
  const trialing = await read({ statuses: { [addOnId]: 'trialing' } })
  const withdrawn = await read({ statuses: { [addOnId]: 'unavailable' } })
  const {
    account: { id: accountId },
    viewer,
  } = owner.plan
  const priceIn = ({ adapter }: typeof owner) => adapter.previewPurchase({ accountId, addOnId })
  const preview = await priceIn(owner)
  const dearer = await priceIn(await read({ seats: { standardLicenses: 12, additionalUsers: 5 } }))
  const yearly = await read({ frequency: 'annual' })
  const ofAYear = await priceIn(yearly)
  /** An amount that is told in US cents for a month, as this account would have it. */
  const usd = (amount: number) => ({
    amount: Math.round((amount * preview.dueNow.amount) / 6000),
    currency: preview.dueNow.currency,
  })
  const attempt: Attempt = {
    idempotencyKey: '5f0c6f0e-2d3a-4f0b-9a53-0c1d2e3f4a5b',
    accountId,
    viewerId: viewer.id,
    addOnId,
    previewId: preview.previewId,
    expected: { dueNow: preview.dueNow, seats: preview.seats.total, termsVersion: preview.terms.version },
    sentAt: now().getTime(),
  }
  const purchase: CompletedPurchase = {
    id: 'pur_7Q2M9XK4D1RS',
    status: 'completed',
    addOnId,
    seats: preview.seats.total,
    requestedAt: now().toISOString(),
    purchasedAt: now().toISOString(),
    purchasedBy: 'Olive',
    charged: preview.dueNow,
    nextInvoice: preview.nextInvoice,
    receiptUrl: 'https://northwind.example/receipts/8F2K71QX',
  }
  const requestId = 'req_7Q2M9XK4'
  const priced = (change: Partial<PurchasePreview> = {}): PurchaseState => ({
    step: 'review',
    preview: { ...preview, ...change },
    confirmableFrom: 0,
  })
  const due = (...more: readonly PreviewLine[]) => {
    const lines = [...preview.lines, ...more]
    const amounts = lines.map(({ amount }) => amount)
    return priced({ lines, dueNow: sumMoney(preview.dueNow.currency, amounts) })
  }
  const buys = (name: string, state: PurchaseState, from = owner): Cell => ({
    ...{ name, state, action: 'subscribe', isSent: false, addOnId, ...from },
    step: state.step === 'loading' ? 'review' : state.step,
  })
  const asks = (name: string, action: AddOnAction | undefined, from: typeof owner, step: string): Cell => ({
    ...{ name, action, step, state: { step: 'idle' }, addOnId, ...from },
    isSent: step.endsWith('-sent'),
  })
  return [
    {
      title: 'The price',
      isTall: true,
      cells: [
        buys('Getting the price', { step: 'loading', request: 1 }),
        buys('Review', priced()),
        buys('Review during a trial', priced(), trialing),
        buys(
          'Review with several lines',
          due(
            { kind: 'discount', label: 'Spring offer, 10%', amount: usd(-600) },
            { kind: 'tax', label: 'Sales tax, 8.25%', amount: usd(446) },
          ),
        ),
        buys('Review with nothing due today', due({ kind: 'credit', amount: usd(-6000) })),
        buys('Review plus tax', priced({ taxNotIncluded: true })),
        buys('Review of a year', priced(ofAYear), yearly),
        buys('Review with consent', priced({ terms: { ...preview.terms, consent: 'checkbox' } })),
        buys('Review without a payment method', priced({ payment: null })),
        buys('Submitting', { step: 'submitting', attempt, preview }),
        buys('Price changed', { step: 'price-changed', preview: dearer, previous: preview, confirmableFrom: 0 }),
      ],
    },
    {
      title: 'Without a price',
      isTall: false,
      cells: [
        asks('Overview', undefined, owner, 'overview'),
        asks('Overview of a trial', undefined, trialing, 'overview'),
        asks('Withheld from this role', 'subscribe', supervisor, 'withheld'),
        asks('Not offered any more', 'subscribe', withdrawn, 'missing'),
        buys('No price', { step: 'unpriced', error: new AddOnError('unavailable', { requestId }) }),
        buys('Price expired', { step: 'expired' }),
      ],
    },
    {
      title: 'On its way',
      isTall: false,
      cells: [
        buys('Waiting for the bank', { step: 'action-needed', attempt, action: { type: 'challenge' } }),
        buys('Processing', { step: 'processing', attempt, isSlow: false }),
        buys('Processing, slowly', { step: 'processing', attempt, isSlow: true }),
        buys('Checking', { step: 'checking', attempt }),
        buys('Unresolved', { step: 'unresolved', attempt, error: new AddOnError('timeout') }),
      ],
    },
    {
      title: 'Endings',
      isTall: false,
      cells: [
        buys('Done', { step: 'done', purchase }),
        buys('Mischarged', { step: 'mischarged', attempt, purchase: { ...purchase, charged: usd(7000) } }),
        buys('Declined', { step: 'declined', error: new AddOnError('payment-declined') }),
        buys('Bought by the other Owner', {
          step: 'already-purchased',
          error: new AddOnError('already-purchased', { purchasedBy: 'Otto' }),
        }),
        buys('Being bought by the other Owner', {
          step: 'purchase-pending',
          error: new AddOnError('purchase-pending', { purchasedBy: 'Otto' }),
        }),
        buys('Not allowed any more', { step: 'not-allowed', error: new AddOnError('forbidden', { reason: 'role' }) }),
        buys('Failed', { step: 'failed', error: new AddOnError('rate-limited', { requestId }) }),
      ],
    },
    {
      title: 'Short requests',
      isTall: false,
      cells: [
        asks('Quote', 'request-quote', quoting, 'request-quote'),
        asks('Quote requested', 'request-quote', quoting, 'request-quote-sent'),
        asks('Trial', 'start-trial', owner, 'start-trial'),
        asks('Trial started', 'start-trial', owner, 'start-trial-sent'),
        asks('Feature', 'request-feature', supervisor, 'request-feature'),
        asks('Feature requested', 'request-feature', supervisor, 'request-feature-sent'),
        { ...asks('Request not sent', 'request-feature', offline, 'request-feature'), isSent: true },
      ],
    },
  ]
}

async function readPlan(options: DemoOptions): Promise<Pick<Cell, 'plan' | 'adapter'>> {
  const adapter = createDemoAdapter(options)
  return { adapter, plan: await adapter.getPlan() }
}
