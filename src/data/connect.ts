import type { AddOnAdapter } from '../adapter/AddOnAdapter.js'
import { CheckedAdapter, readPlan } from '../adapter/CheckedAdapter.js'
import { createHttpAdapter } from '../adapter/httpAdapter.js'
import type { PlanOverview } from '../domain/planOverview.js'

/** How to reach a backend: an adapter, or where one speaks the wire contract. */
export type Connection =
  | {
      /** The door to a backend of any kind. One that speaks for somebody else goes with another `scope`. */
      adapter: AddOnAdapter
      baseUrl?: undefined
    }
  | {
      /** Where a backend speaks the kit's own contract. */
      baseUrl: string
      adapter?: undefined
    }

/** The door to the backend. What any adapter returns is parsed. */
export function connect({ adapter, baseUrl }: { adapter?: AddOnAdapter | undefined; baseUrl?: string | undefined }) {
  if (!adapter) return createHttpAdapter({ baseUrl: baseUrl ?? '' })
  return adapter instanceof CheckedAdapter ? adapter : new CheckedAdapter(adapter)
}

/** The plan that a host has already, parsed as one that is asked for; `undefined` where it has to be asked for. */
export function readInitialPlan(given: PlanOverview | undefined): PlanOverview | undefined {
  const plan = given && readPlan(given)
  if (process.env.NODE_ENV !== 'production' && given && !plan) {
    console.warn('addon-kit: initialPlan is not of the form that the contract names, so the plan is asked for.')
  }
  return plan
}
