import * as v from 'valibot'
import type { Account } from '../domain/account.js'
import type { AddOn, AddOnStatus, FeatureRequests, PendingPurchase, QuoteRequest } from '../domain/addOn.js'
import type { Money } from '../domain/money.js'
import type { PlanOverview, Viewer } from '../domain/planOverview.js'
import {
  type addOnActions,
  type Decision,
  type Decisions,
  type Grant,
  grants,
  type WithheldReason,
  withheldReasons,
} from '../domain/policy.js'
import type { ExpectedPurchase, PaymentAction, PreviewLine, Purchase, PurchasePreview } from '../domain/purchase.js'
import {
  count,
  dateOrInstant,
  fieldOf,
  instant,
  integer,
  nullable,
  oneOf,
  type Schema,
  text,
  value,
  word,
  written,
} from './forms.js'

/** A time zone, for dates to be written in; one that this browser does not know is read as UTC. */
const timeZone = v.pipe(
  text,
  v.transform((timeZone) => {
    try {
      Intl.DateTimeFormat('en', { timeZone })
      return timeZone
    } catch {
      return 'UTC'
    }
  }),
)

const money: Schema<Money> = v.object({
  amount: integer,
  currency: written(/^[A-Z]{3}$/, 'an ISO 4217 code'),
})
const frequency = word(['monthly', 'annual', 'unknown'], 'unknown')
const mode = word(['self-serve', 'quote'], 'quote')
const period = v.object({ start: instant, end: instant })
const seats = { standardLicenses: count, additionalUsers: count }

const contact = v.object({ name: v.exactOptional(text), email: v.exactOptional(text), url: v.exactOptional(text) })

const viewer: Schema<Viewer> = v.object({
  id: text,
  name: v.exactOptional(text),
  role: text,
  grants: v.pipe(
    v.array(text),
    v.transform((list) => grants.filter((grant): grant is Grant => list.includes(grant))),
  ),
})

/** The account as a plan tells it. */
export const accountSchema: Schema<Account> = v.object({
  id: text,
  name: text,
  plan: v.object({ id: text, name: text }),
  purchasing: v.object({ mode, adminsCanRequestQuote: oneOf(true, false) }),
  contacts: v.object({ accountManager: v.exactOptional(contact), customerSuccess: v.exactOptional(contact) }),
  owners: v.array(v.object({ name: text })),
  billing: nullable(
    v.object({
      frequency,
      currency: text,
      period,
      nextInvoiceDate: dateOrInstant,
      timeZone,
      seats: v.object(seats),
    }),
  ),
})

const status: Schema<AddOnStatus> = v.lazy((input): Schema<AddOnStatus> => {
  switch (fieldOf(input, 'kind')) {
    case 'trialing':
      return v.object({ kind: oneOf('trialing'), startedAt: instant, endsAt: instant })
    case 'trial-ended':
      return v.object({ kind: oneOf('trial-ended'), endedAt: instant })
    case 'active':
      return v.object({
        kind: oneOf('active'),
        since: instant,
        by: v.exactOptional(text),
        seats: v.exactOptional(count),
        receiptUrl: v.exactOptional(text),
        reference: v.exactOptional(text),
      })
    default:
      return v.object({ kind: word(['available', 'included', 'unavailable', 'unknown'], 'unknown') })
  }
})

/** The schema of what a buyer agreed to. */
export const expectedPurchaseSchema: Schema<ExpectedPurchase> = v.object({
  dueNow: money,
  seats: count,
  termsVersion: text,
})

const pendingPurchase: Schema<PendingPurchase> = v.object({
  state: word(['processing', 'action-needed'], 'processing'),
  startedAt: instant,
  by: text,
  mine: oneOf(true, false),
  resume: v.exactOptional(v.object({ idempotencyKey: text, previewId: text, expected: expectedPurchaseSchema })),
})

const quoteRequest: Schema<QuoteRequest> = v.object({ requestedAt: instant, requestedBy: text })
const ownFeatureRequest = v.object({ requestedAt: instant, askAgainAt: instant })
const featureRequests: Schema<FeatureRequests> = v.object({
  count,
  byViewer: nullable(ownFeatureRequest),
  from: v.array(v.object({ name: text, requestedAt: instant, note: v.exactOptional(text) })),
})

const allowed: Schema<Decision> = v.object({ allowed: oneOf(true) })
const withheld: Schema<Decision> = v.object({
  allowed: oneOf(false),
  reason: word<WithheldReason>(withheldReasons, 'host'),
  reasonText: v.exactOptional(text),
})
const decision = v.lazy((input) => (fieldOf(input, 'allowed') === true ? allowed : withheld))
const decisions: Schema<Decisions> = v.object({
  subscribe: decision,
  'request-quote': decision,
  'start-trial': decision,
  'request-feature': decision,
} satisfies Record<(typeof addOnActions)[number], unknown>)

const addOn: Schema<AddOn> = v.object({
  id: text,
  name: text,
  description: text,
  lang: v.exactOptional(text),
  imageUrl: v.exactOptional(text),
  learnMoreUrl: v.exactOptional(text),
  href: v.exactOptional(text),
  unitPrice: nullable(money),
  frequency,
  purchasingMode: v.exactOptional(mode),
  trial: nullable(v.object({ days: count })),
  status,
  pendingPurchase: nullable(pendingPurchase),
  quoteRequest: nullable(quoteRequest),
  featureRequests,
  decisions: v.exactOptional(decisions),
})

/** `GET /plan`. */
export const planOverviewSchema: Schema<PlanOverview> = v.object({
  viewer,
  account: accountSchema,
  addOns: v.array(addOn),
  serverTime: instant,
})

const line: Schema<PreviewLine> = v.object({
  kind: word(['prorated', 'discount', 'credit', 'tax', 'past-due', 'other'], 'other'),
  label: v.exactOptional(text),
  amount: money,
})

const nextInvoice = v.object({ addOnAmount: money, date: dateOrInstant })

function isExactSum({ lines, dueNow }: PurchasePreview): boolean {
  let sum = 0
  for (const { amount } of lines) {
    // A sum on the way that is not exact may come back to the right one by chance.
    sum = Number.isSafeInteger(sum) && amount.currency === dueNow.currency ? sum + amount.amount : Number.NaN
  }
  return sum === dueNow.amount
}

const previewShape = v.object({
  previewId: text,
  accountId: text,
  addOnId: text,
  seats: v.object({ ...seats, total: count }),
  unitPrice: money,
  // A price is bought by what it is called: one that cannot be named is none.
  frequency: oneOf('monthly', 'annual'),
  lines: v.array(line),
  dueNow: money,
  taxNotIncluded: v.exactOptional(oneOf(true)),
  proration: v.object({
    from: instant,
    to: instant,
    unit: word(['second', 'day', 'unknown'], 'unknown'),
    used: count,
    of: count,
  }),
  nextInvoice,
  payment: nullable(v.object({ label: text })),
  terms: v.object({
    final: oneOf(true),
    version: text,
    url: v.exactOptional(text),
    consent: word(['notice', 'checkbox'], 'checkbox'),
  }),
  expiresAt: instant,
  serverTime: instant,
})

/** `POST …/purchase-previews`. The due amount must be the exact sum of the lines. */
export const purchasePreviewSchema: Schema<PurchasePreview> = v.pipe(
  previewShape,
  v.custom<v.InferOutput<typeof previewShape>>(
    (input) => isExactSum(input as PurchasePreview),
    'dueNow to be the sum of the lines',
  ),
)

/** Only its type is the contract's; the rest is for the host's payment code. A fresh object, whatever its keys. */
const paymentAction: Schema<PaymentAction> = v.pipe(
  value<PaymentAction>((input) => typeof fieldOf(input, 'type') === 'string', 'an object with a type'),
  v.transform((action) => ({ ...action })),
)
const purchaseFacts = { id: text, addOnId: text, seats: count, requestedAt: instant, purchasedBy: text }
const purchase = v.lazy((input): Schema<Purchase> => {
  switch (fieldOf(input, 'status')) {
    case 'processing':
      return v.object({ ...purchaseFacts, status: oneOf('processing') })
    case 'action-needed':
      return v.object({ ...purchaseFacts, status: oneOf('action-needed'), action: paymentAction })
    default:
      return v.object({
        ...purchaseFacts,
        status: oneOf('completed'),
        purchasedAt: instant,
        charged: money,
        nextInvoice,
        receiptUrl: v.exactOptional(text),
      })
  }
})

/** What a purchase answers. */
export interface PurchaseAnswer {
  readonly purchase: Purchase
  readonly addOn: AddOn
}
/** What a quote request answers. */
export interface QuoteAnswer {
  readonly quoteRequest: QuoteRequest
  readonly addOn: AddOn
}
/** What the start of a trial answers. */
export interface TrialAnswer {
  readonly addOn: AddOn
}
/** What a feature request answers. */
export interface FeatureAnswer {
  readonly featureRequest: { readonly requestedAt: string; readonly askAgainAt: string }
  readonly addOn: AddOn
}

/** `POST …/purchases`. */
export const purchaseAnswerSchema: Schema<PurchaseAnswer> = v.object({ purchase, addOn })
/** `POST …/quote-requests`. */
export const quoteAnswerSchema: Schema<QuoteAnswer> = v.object({ quoteRequest, addOn })
/** `POST …/trials`. */
export const trialAnswerSchema: Schema<TrialAnswer> = v.object({ addOn })
/** `POST …/feature-requests`. */
export const featureAnswerSchema: Schema<FeatureAnswer> = v.object({ featureRequest: ownFeatureRequest, addOn })
