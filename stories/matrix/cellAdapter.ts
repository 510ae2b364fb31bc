import { type AddOnAdapter, AddOnError, type PlanOverview, type PurchasePreview } from 'addon-kit'
import { matrixAccountId, matrixAddOnId, matrixNow } from '../../test/matrix/matrix.js'

const usd = (amount: number) => ({ amount, currency: 'USD' })

/** 15 seats at $15.00, for 16 of the 31 days. */
const preview: PurchasePreview = {
  previewId: 'prv_matrix',
  accountId: matrixAccountId,
  addOnId: matrixAddOnId,
  seats: { standardLicenses: 12, additionalUsers: 3, total: 15 },
  unitPrice: usd(1500),
  frequency: 'monthly',
  lines: [{ kind: 'prorated', amount: usd(11_613) }],
  dueNow: usd(11_613),
  proration: { from: matrixNow, to: '2026-04-01T00:00:00.000Z', unit: 'day', used: 16, of: 31 },
  nextInvoice: { addOnAmount: usd(22_500), date: '2026-04-01' },
  payment: { label: 'Visa ending 4242' },
  terms: { final: true, version: '1', consent: 'notice' },
  expiresAt: '2026-03-16T00:15:00.000Z',
  serverTime: matrixNow,
}

const refuse = () => Promise.reject(new AddOnError('forbidden'))

/** A backend for looking only: it tells its plan and a price, and refuses whatever would change the cell. */
export function cellAdapter(plan: PlanOverview): AddOnAdapter {
  return {
    getPlan: () => Promise.resolve(plan),
    previewPurchase: () => Promise.resolve(preview),
    purchase: refuse,
    requestQuote: refuse,
    startTrial: refuse,
    requestFeature: refuse,
  }
}
