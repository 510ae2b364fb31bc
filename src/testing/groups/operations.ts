import type { AddOnTarget } from '../../adapter/AddOnAdapter.js'
import { expectedOf, type PurchasePreview } from '../../domain/purchase.js'
import { type AddOnOperation, actionOf } from '../../protocol/routes.js'
import { createUuid } from '../../protocol/uuid.js'

/** Every operation that posts. */
export const operations = Object.keys(actionOf) as AddOnOperation[]

/** What a right input of an operation is, besides its preview; any preview where there is none to show. */
export function inputOf(
  operation: AddOnOperation,
  target: AddOnTarget,
  preview?: PurchasePreview,
): Readonly<Record<string, unknown>> {
  if (operation === 'previewPurchase') return { ...target }
  const keyed = { ...target, idempotencyKey: createUuid() }
  if (operation !== 'purchase') return keyed
  const expected = preview
    ? expectedOf(preview)
    : { dueNow: { amount: 0, currency: 'USD' }, seats: 1, termsVersion: '1' }
  return { ...keyed, previewId: preview?.previewId ?? createUuid(), expected, acceptedFinalSale: true }
}
