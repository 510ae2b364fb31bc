import type { Account } from '../domain/account.js'
import type { Viewer } from '../domain/planOverview.js'
import type { Policy } from '../domain/policy.js'
import type { AddOnBilling } from './billing.js'
import type { AddOnNotification, Catalog, CatalogAddOn, HostAccount } from './host.js'
import type { AddOnStore } from './store.js'

/** What the handler was made with. */
export interface ServerContext {
  readonly policy: Policy
  readonly catalog: Catalog
  readonly store: AddOnStore
  readonly billing: AddOnBilling
  readonly notify: (notification: AddOnNotification) => Promise<void>
}

/** A signed-in person at one moment. */
export interface Session {
  readonly context: ServerContext
  /** As the host gave it, for the host's own code: it may hold more than anybody is told. */
  readonly account: HostAccount
  /** What the contract names of it. */
  readonly named: Account
  readonly viewer: Viewer
  readonly now: string
}

/** A session's request for one add-on. */
export interface AddOnCall extends Session {
  readonly entry: CatalogAddOn
}

/** A request for one add-on that has an effect. */
export interface KeyedCall<TBody> extends AddOnCall {
  readonly body: TBody
  readonly idempotencyKey: string
  /** See `keyIdOf()`. */
  readonly keyId: string
}

/** What other people see a viewer as. */
export function displayName(viewer: Viewer): string {
  return viewer.name || viewer.role
}

/** Days after an instant, as an instant. */
export function daysAfter(instant: string, days: number): string {
  return new Date(Date.parse(instant) + days * 24 * 60 * 60 * 1000).toISOString()
}
