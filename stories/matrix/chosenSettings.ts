import type { Choices } from '../toolbar/Toolbar.js'
import type { MatrixSettings } from './MatrixSettings.js'

/** A matrix as its story has it, except where the panel “Account” names a role, an instant or how the account stands. */
export function chosenSettings<T extends MatrixSettings>(
  told: T,
  { plan, mode, adminQuotes, clock, role, ...billed }: Choices,
): T {
  return {
    ...told,
    plan: plan ?? told.plan,
    mode: mode ?? told.mode,
    adminsCanRequestQuote: adminQuotes ? adminQuotes === 'on' : told.adminsCanRequestQuote,
    frequency: billed.frequency ?? told.frequency,
    currency: billed.currency ?? told.currency,
    now: clock ?? told.now,
    role: role ?? told.role,
  }
}
