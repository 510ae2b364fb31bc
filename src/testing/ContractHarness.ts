import type { AddOnAdapter } from '../adapter/AddOnAdapter.js'
import type { AccountFactors } from '../domain/account.js'
import type { Money } from '../domain/money.js'
import type { Period } from '../domain/proration.js'

/** Everybody the contract knows, by the standard role each of them has; `nobody` is not signed in. */
export const roleOf = {
  owner: 'owner',
  secondOwner: 'owner',
  admin: 'admin',
  supervisor: 'supervisor',
  agent: 'agent',
  stranger: 'owner',
  nobody: null,
} as const

/** Somebody the backend is asked as; `stranger` is an Owner of another account. */
export type Person = keyof typeof roleOf

/** The name of a standard role. */
export type StandardRole = NonNullable<(typeof roleOf)[Person]>

/** Money that moved, as the bank or its double knows it. */
export interface Charge {
  readonly accountId: string
  readonly addOnId: string
  readonly amount: Money
}

/** Something that is recorded of an add-on of an account. */
export interface Recorded {
  readonly accountId: string
  readonly addOnId: string
}

/** What the backend has recorded, with one entry for each row: a second row of the same thing must show. */
export interface Records {
  readonly sales: readonly Recorded[]
  readonly trials: readonly Recorded[]
  /** The open ones. */
  readonly quoteRequests: readonly Recorded[]
  /** The open ones. */
  readonly featureRequests: readonly Recorded[]
}

/** A message that went out to people. */
export interface Notification extends Recorded {
  readonly type: 'purchased' | 'quote-requested' | 'trial-started' | 'feature-requested'
}

/** How the account is to be billed, and what one seat of an add-on is to cost it. */
export interface BillingSetup {
  readonly addOnId: string
  readonly currency: string
  readonly period: Period
  /** The present instant, within the period. */
  readonly at: string
  readonly seats: number
  /** Per seat and period, in minor units. */
  readonly unitPrice: number
}

/** What the bank does with the next charge instead of paying it at once. */
export type ChargeMood = 'declined' | 'processing' | 'action-needed'

type Told<T> = T | Promise<T>

/** The truth behind the adapter, and the levers that move its world. */
export interface ContractLevers {
  /** Truth: every charge that went through, of every account. */
  charges(): Told<readonly Charge[]>
  /** Truth: what is recorded, of every account. */
  records(): Told<Records>
  /** Truth: everything that was told to people. */
  notifications(): Told<readonly Notification[]>
  /** Lets time pass, in milliseconds. */
  advanceClock(milliseconds: number): Told<void>
  /** Gives the account more seats. */
  addSeats(count: number): Told<void>
  /** Changes what one seat of an add-on costs per period, in minor units. */
  setPrice(addOnId: string, amount: number): Told<void>
  /** Sets what a price is made of. */
  setBilling(setup: BillingSetup): Told<void>
  /** Changes the account factors. */
  setPurchasing(factors: AccountFactors): Told<void>
  /** Gives a person another standard role. */
  setRole(person: Person, role: StandardRole): Told<void>
  /** Sets what the bank does with the next charge. */
  nextCharge(mood: ChargeMood): Told<void>
  /** The bank makes up its mind about every charge that it has not decided yet. */
  decideCharges(outcome: 'paid' | 'declined'): Told<void>
  /** Breaks the connection once: before the next request arrives, or after it was carried out. */
  loseNext(what: 'request' | 'answer'): Told<void>
}

/** A backend in a world of its own, made anew for each test. */
export interface ContractHarness {
  /** One adapter for each person; whom the backend cannot offer may be missing. */
  readonly people: { readonly owner: AddOnAdapter } & { readonly [P in Person]?: AddOnAdapter | undefined }
  /** What the backend cannot offer may be missing. */
  readonly levers?: { readonly [Lever in keyof ContractLevers]?: ContractLevers[Lever] | undefined } | undefined
  /** Ends what the harness has started. */
  close?: (() => Told<void>) | undefined
}
