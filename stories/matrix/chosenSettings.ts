import type { Choices } from '../toolbar/Toolbar.js'
import type { MatrixSettings } from './MatrixSettings.js'

/** A matrix as its story has it, except where the toolbar names a plan or a factor of the account. */
export function chosenSettings<T extends MatrixSettings>(told: T, { plan, mode, adminQuotes, ...billed }: Choices): T {
  return {
    ...told,
    plan: plan ?? told.plan,
    mode: mode ?? told.mode,
    adminsCanRequestQuote: adminQuotes ? adminQuotes === 'on' : told.adminsCanRequestQuote,
    frequency: billed.frequency ?? told.frequency,
    currency: billed.currency ?? told.currency,
  }
}
