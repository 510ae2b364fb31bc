import type { Count, Formatter } from './format.js'

/** The English texts of everything that stands in a page before anybody clicks. */
export const enView = {
  /** The language of these texts (BCP 47): what a browser, a hyphenator and a screen reader take them for. */
  lang: 'en',
  'action.subscribe': 'Subscribe now',
  'action.request-quote': 'Request a quote',
  'action.start-trial': 'Try it for free',
  'action.request-feature': 'Request feature',
  'action.ask-again': 'Ask again',
  'action.continue': 'Continue',
  'action.open': 'Open',
  'action.retry': 'Try again',
  /** Counts down until the backend wants to be asked again. */
  'action.in': '{action} in {count} s',
  'action.copy': 'Copy',
  'action.copied': 'Copied',
  'action.close': 'Close',
  /** The accessible name of an action on an add-on: it starts with the label and ends with the add-on's name. */
  'action.for': '{action}, {name}',

  'status.active': 'Active',
  'status.trialing': 'Trial',
  'status.trial-ended': 'Trial ended',
  'status.included': 'Included',

  'plan.current': 'Current plan',
  'plan.billing': 'Billing',
  'plan.nextInvoice': 'Next invoice',
  'plan.seats': 'Seats',
  'plan.seatsOf': '{standard} standard + {additional} additional',
  'plan.owned': 'Your add-ons',
  'plan.available': 'Available add-ons',
  'plan.billedFor': ({ count }: Count, f: Formatter) =>
    f.plural(count, {
      one: 'Billed for your one seat, together with your plan.',
      other: 'Billed for all {count} seats, together with your plan.',
    }),
  'plan.empty': 'There are no add-ons for your plan yet.',
  'plan.noAccess': 'Your Owners look after the plan and its add-ons.',
  'plan.loading': 'Loading your plan',
  'plan.failed': 'Your plan could not be loaded',
  'plan.stale': 'This page could not be refreshed. It shows your plan as of {time}.',
  'plan.requestId': 'Request {id}',
  'crash.title': 'Something went wrong.',

  'frequency.monthly': 'Monthly',
  'frequency.annual': 'Annual',
  'frequency.unknown': 'As agreed',
  'price.monthly': 'per seat / month',
  'price.annual': 'per seat / year',
  'price.unknown': 'per seat',
  'price.onRequest': 'On request',
  'price.forContract': 'for your contract',

  'rules.final': 'All purchases are final.',
  'rules.changes': 'To change licence numbers or billing terms, contact {contact}.',
  'rules.other': 'For anything else after a purchase, contact {contact}.',
  'contact.accountManager': 'your account manager',
  'contact.customerSuccess': 'customer success',
  'contact.named': '{role}, {name}',

  'card.learnMore': 'Learn more',
  'card.asked': ({ count }: Count, f: Formatter) =>
    f.plural(count, { one: '{count} teammate asked', other: '{count} teammates asked' }),
  'card.since': 'Since {date}',
  'card.by': 'by {name}',
  'card.seats': ({ count }: Count, f: Formatter) => f.plural(count, { one: '{count} seat', other: '{count} seats' }),
  'card.receipt': 'Receipt',
  'card.included': 'Included in {plan} at no additional cost',
  'card.daysLeft': ({ count }: Count, f: Formatter) =>
    f.plural(count, { one: '{count} day left', other: '{count} days left' }),
  'card.trialEnds': 'ends on {date} and does not renew',
  'card.trialEnded': 'Your free trial ended on {date}.',
  'card.quoteRequested': 'Quote requested on {date}',
  'card.requested': 'Requested on {date}',
  'card.checking': 'Checking your purchase',
  'card.processing': 'Your purchase is being processed',
  'card.bank': 'Waiting for your bank',
  'card.unfinished': 'Your purchase was not completed',
  'card.buying': '{name} is buying this, since {time}',
  'nav.locked': 'locked',
  /** Said after the name of a sidebar entry. */
  'nav.also': ', {text}',

  'error.unauthenticated': 'Your session has ended. Sign in again.',
  'error.forbidden': 'Your role or your account has changed.',
  'error.rate-limited': 'That was a lot at once. Wait a minute.',
  'error.internal': 'Something went wrong. Try again in a moment.',
  'error.unavailable': 'This is not available now. Try again in a moment.',
  'error.not-found': 'This is not available here.',
  'error.invalid-request': 'This did not work. Reload the page and try again.',
  'mischarged.title': 'Another amount was charged',
  'error.offline': 'You are offline. Check your connection and try again.',
  'error.network': 'There was no answer. Check your connection and try again.',
  'error.timeout': 'There was no answer. Try again in a moment.',
  'error.invalid-response': 'The answer was not understood. Try again in a moment.',
} as const
