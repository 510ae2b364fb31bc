import { type AddOnAdapter, AddOnError, type PlanOverview, type PurchasePreview } from 'addon-kit'
import { matrixAccountId, matrixAddOnId, matrixNow } from '../../test/matrix/matrix.js'
import type { MatrixSettings } from './MatrixSettings.js'

type Billed = Pick<MatrixSettings, 'frequency' | 'currency'>

/** 15 seats at 15.00, for 16 of the 31 days; the period ends as the account's does. */
function previewFor({ frequency = 'monthly', currency = 'USD' }: Billed): PurchasePreview {
  const money = (amount: number) => ({ amount, currency })
  return {
    previewId: 'prv_matrix',
    accountId: matrixAccountId,
    addOnId: matrixAddOnId,
    seats: { standardLicenses: 12, additionalUsers: 3, total: 15 },
    unitPrice: money(1500),
    frequency,
    lines: [{ kind: 'prorated', amount: money(11_613) }],
    dueNow: money(11_613),
    proration: { from: matrixNow, to: '2026-04-01T00:00:00.000Z', unit: 'day', used: 16, of: 31 },
    nextInvoice: { addOnAmount: money(22_500), date: '2026-04-01' },
    payment: { label: 'Visa ending 4242' },
    terms: { final: true, version: '1', consent: 'notice' },
    expiresAt: '2026-03-16T00:15:00.000Z',
    serverTime: matrixNow,
  }
}

const refuse = () => Promise.reject(new AddOnError('forbidden'))

/** A backend for looking only: it tells its plan and a price, and refuses whatever would change the cell. */
export function cellAdapter(plan: PlanOverview, billed: Billed): AddOnAdapter {
  return {
    getPlan: () => Promise.resolve(plan),
    previewPurchase: () => Promise.resolve(previewFor(billed)),
    purchase: refuse,
    requestQuote: refuse,
    startTrial: refuse,
    requestFeature: refuse,
  }
}
