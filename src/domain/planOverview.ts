import type { Account } from './account.js'
import type { AddOn } from './addOn.js'
import type { Grant } from './policy.js'

/** The signed-in user. */
export interface Viewer {
  readonly id: string
  readonly name?: string
  readonly role: string
  readonly grants: readonly Grant[]
}

/** What one viewer may see of the account's plan and add-ons. */
export interface PlanOverview {
  readonly viewer: Viewer
  readonly account: Account
  readonly addOns: readonly AddOn[]
  /** The server's clock when it answered. */
  readonly serverTime: string
}
