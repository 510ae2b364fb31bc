import type { Money } from 'addon-kit'
import { demoAddOns } from 'addon-kit/demo'
import type { HostAccount } from 'addon-kit/server'
import { demoAccount } from '../../src/demo/data.js'
import { unitPriceOf } from '../../src/server/overview.js'
import { matrixAddOnId, matrixNow } from '../../test/matrix/matrix.js'
import type { MatrixSettings } from './MatrixSettings.js'

/** A matrix's account as the demo's backend is set up with it. */
export function setupOf({ plan, mode, adminsCanRequestQuote, ...chosen }: MatrixSettings) {
  const { frequency = 'monthly', currency = 'USD', now = matrixNow } = chosen
  const seats = { standardLicenses: 12, additionalUsers: 3 }
  return { plan, mode, adminsCanRequestQuote, frequency, currency, seats, now: new Date(now) } as const
}

/** How the demo's backend bills a matrix's account, and at which price it sells the add-on to it. */
export function billingOf(settings: MatrixSettings): Pick<HostAccount, 'billing'> & { unitPrice: Money | null } {
  const { now, ...setup } = setupOf(settings)
  const account = demoAccount(setup, now)
  const entry = demoAddOns.find(({ id }) => id === matrixAddOnId)
  return { billing: account.billing, unitPrice: entry ? unitPriceOf(entry, account) : null }
}
