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
  withheldReasons,
} from '../domain/policy.js'
import type { ExpectedPurchase, PaymentAction, PreviewLine, Purchase, PurchasePreview } from '../domain/purchase.js'
import {
  array,
  count,
  dateOrInstant,
  fieldOf,
  instant,
  integer,
  Mismatch,
  nullable,
  object,
  oneOf,
  type Schema,
  text,
  value,
  word,
  written,
} from './forms.js'

/** A time zone, for dates to be written in; one that this browser does not know is read as UTC. */
const timeZone: Schema<string> = (input) => {
  const timeZone = text(input)
  try {
    Intl.DateTimeFormat('en', { timeZone })
    return timeZone
  } catch {
    return 'UTC'
  }
}

/** How a currency is written. */
export const currencyCode = written(/^[A-Z]{3}$/, 'an ISO 4217 code')
const money: Schema<Money> = object({ amount: integer, currency: currencyCode })
const frequency = word(['monthly', 'annual'], 'unknown')
const mode = word(['self-serve'], 'quote')
const period = object({ start: instant, end: instant })
const seats = { standardLicenses: count, additionalUsers: count }

const contact = object({}, { name: text, email: text, url: text })

const knownGrants: Schema<Grant[]> = (input) => {
  const given = array(text)(input)
  return grants.filter((grant) => given.includes(grant))
}
const viewer: Schema<Viewer> = object({ id: text, role: text, grants: knownGrants }, { name: text })

/** The account as a plan tells it. */
export const accountSchema: Schema<Account> = object({
  id: text,
  name: text,
  plan: object({ id: text, name: text }),
  purchasing: object({ mode, adminsCanRequestQuote: oneOf(true, false) }),
  contacts: object({}, { accountManager: contact, customerSuccess: contact }),
  owners: array(object({ name: text })),
  billing: nullable(
    object({
      frequency,
      currency: text,
      period,
      nextInvoiceDate: dateOrInstant,
      timeZone,
      seats: object(seats),
    }),
  ),
})

const trialing = object({ kind: oneOf('trialing'), startedAt: instant, endsAt: instant })
const trialEnded = object({ kind: oneOf('trial-ended'), endedAt: instant })
const active = object(
  { kind: oneOf('active'), since: instant },
  { by: text, seats: count, receiptUrl: text, reference: text },
)
const otherStatus = object({ kind: word(['available', 'included', 'unavailable'], 'unknown') })
const status: Schema<AddOnStatus> = (input) => {
  switch (fieldOf(input, 'kind')) {
    case 'trialing':
      return trialing(input)
    case 'trial-ended':
      return trialEnded(input)
    case 'active':
      return active(input)
    default:
      return otherStatus(input)
  }
}

/** The schema of what a buyer agreed to. */
export const expectedPurchaseSchema: Schema<ExpectedPurchase> = object({
  dueNow: money,
  seats: count,
  termsVersion: text,
})

const resume = object({ idempotencyKey: text, previewId: text, expected: expectedPurchaseSchema })
const pendingPurchase: Schema<PendingPurchase> = object(
  {
    state: word(['action-needed'], 'processing'),
    startedAt: instant,
    by: text,
    mine: oneOf(true, false),
  },
  { resume },
)

const quoteRequest: Schema<QuoteRequest> = object({ requestedAt: instant, requestedBy: text })
const ownFeatureRequest = object({ requestedAt: instant, askAgainAt: instant })
const featureRequests: Schema<FeatureRequests> = object({
  count,
  byViewer: nullable(ownFeatureRequest),
  from: array(object({ name: text, requestedAt: instant }, { note: text })),
})

const allowed: Schema<Decision> = object({ allowed: oneOf(true) })
const withheld: Schema<Decision> = object(
  { allowed: oneOf(false), reason: word(withheldReasons, 'host') },
  { reasonText: text },
)
const decision: Schema<Decision> = (input) => (fieldOf(input, 'allowed') === true ? allowed : withheld)(input)
const decisions: Schema<Decisions> = object({
  subscribe: decision,
  'request-quote': decision,
  'start-trial': decision,
  'request-feature': decision,
} satisfies Record<(typeof addOnActions)[number], unknown>)

const addOn: Schema<AddOn> = object(
  {
    id: text,
    name: text,
    description: text,
    unitPrice: nullable(money),
    frequency,
    trial: nullable(object({ days: count })),
    status,
    pendingPurchase: nullable(pendingPurchase),
    quoteRequest: nullable(quoteRequest),
    featureRequests,
  },
  { lang: text, imageUrl: text, learnMoreUrl: text, href: text, purchasingMode: mode, decisions },
)

/** `GET /plan`. */
export const planOverviewSchema: Schema<PlanOverview> = object({
  viewer,
  account: accountSchema,
  addOns: array(addOn),
  serverTime: instant,
})

const line: Schema<PreviewLine> = object(
  { kind: word(['prorated', 'discount', 'credit', 'tax', 'past-due'], 'other'), amount: money },
  { label: text },
)

const nextInvoice = object({ addOnAmount: money, date: dateOrInstant })

function isExactSum({ lines, dueNow }: PurchasePreview): boolean {
  let sum = 0
  for (const { amount } of lines) {
    // A sum on the way that is not exact may come back to the right one by chance.
    sum = Number.isSafeInteger(sum) && amount.currency === dueNow.currency ? sum + amount.amount : Number.NaN
  }
  return sum === dueNow.amount
}

const previewShape: Schema<PurchasePreview> = object(
  {
    previewId: text,
    accountId: text,
    addOnId: text,
    seats: object({ ...seats, total: count }),
    unitPrice: money,
    // A price is bought by what it is called: one that cannot be named is none.
    frequency: oneOf('monthly', 'annual'),
    lines: array(line),
    dueNow: money,
    proration: object({
      from: instant,
      to: instant,
      unit: word(['second', 'day'], 'unknown'),
      used: count,
      of: count,
    }),
    nextInvoice,
    payment: nullable(object({ label: text })),
    terms: object({ final: oneOf(true), version: text, consent: word(['notice'], 'checkbox') }, { url: text }),
    expiresAt: instant,
    serverTime: instant,
  },
  { taxNotIncluded: oneOf(true) },
)

/** `POST …/purchase-previews`. The due amount must be the exact sum of the lines. */
export const purchasePreviewSchema: Schema<PurchasePreview> = (input) => {
  const preview = previewShape(input)
  if (!isExactSum(preview)) throw new Mismatch('dueNow to be the sum of the lines', input)
  return preview
}

/** Only its type is the contract's; the rest is for the host's payment code. A fresh object, whatever its keys. */
const paymentAction: Schema<PaymentAction> = (input) => ({ ...withType(input) })
const withType = value<PaymentAction>((input) => typeof fieldOf(input, 'type') === 'string', 'an object with a type')
const purchaseFacts = { id: text, addOnId: text, seats: count, requestedAt: instant, purchasedBy: text }
const processing = object({ ...purchaseFacts, status: oneOf('processing') })
const actionNeeded = object({ ...purchaseFacts, status: oneOf('action-needed'), action: paymentAction })
const completed = object(
  { ...purchaseFacts, status: oneOf('completed'), purchasedAt: instant, charged: money, nextInvoice },
  { receiptUrl: text },
)
const purchase: Schema<Purchase> = (input) => {
  switch (fieldOf(input, 'status')) {
    case 'processing':
      return processing(input)
    case 'action-needed':
      return actionNeeded(input)
    default:
      return completed(input)
  }
}

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
export const purchaseAnswerSchema: Schema<PurchaseAnswer> = object({ purchase, addOn })
/** `POST …/quote-requests`. */
export const quoteAnswerSchema: Schema<QuoteAnswer> = object({ quoteRequest, addOn })
/** `POST …/trials`. */
export const trialAnswerSchema: Schema<TrialAnswer> = object({ addOn })
/** `POST …/feature-requests`. */
export const featureAnswerSchema: Schema<FeatureAnswer> = object({ featureRequest: ownFeatureRequest, addOn })
