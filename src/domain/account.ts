import type { Period } from './proration.js'

/** How often an account is billed. */
export type Frequency = 'monthly' | 'annual'

/** Whether add-ons are bought on the screen or through sales. */
export type PurchasingMode = 'self-serve' | 'quote'

/** What the account's setup decides about who may do what: the account factors. */
export interface AccountFactors {
  readonly mode: PurchasingMode
  readonly adminsCanRequestQuote: boolean
}

/** Every add-on is billed for all seats: standard licences plus additional users. */
export interface Seats {
  readonly standardLicenses: number
  readonly additionalUsers: number
}

/** The number of seats an add-on is billed for. */
export function totalSeats(seats: Seats): number {
  return seats.standardLicenses + seats.additionalUsers
}

/** A person or a team the customer can write to; shown as a mail or an https link. */
export interface Contact {
  readonly name?: string
  readonly email?: string
  readonly url?: string
}

/** The account's contacts: for licence numbers and billing terms, and for everything else. */
export interface Contacts {
  readonly accountManager?: Contact
  readonly customerSuccess?: Contact
}

/** How and when the account is billed. */
export interface Billing {
  /** `unknown` stands for every frequency this version does not know. */
  readonly frequency: Frequency | 'unknown'
  /** ISO 4217 code. */
  readonly currency: string
  readonly period: Period
  readonly nextInvoiceDate: string
  /** IANA time zone in which billing dates are read. */
  readonly timeZone: string
  readonly seats: Seats
}

/** The plan an account subscribes to. */
export interface Plan {
  readonly id: string
  readonly name: string
}

/** The customer company, as one viewer may see it. */
export interface Account {
  readonly id: string
  readonly name: string
  readonly plan: Plan
  readonly purchasing: AccountFactors
  readonly contacts: Contacts
  /** Whom a feature request goes to. */
  readonly owners: readonly { readonly name: string }[]
  /** `null` for viewers without the `view-billing` grant. */
  readonly billing: Billing | null
}
