import { AddOnError, toAddOnError } from '../domain/errors.js'
import type { AddOnContextValue } from './AddOnContext.js'
import { followUp } from './failures.js'
import { purchaseKey } from './flowStore.js'
import { dispatch } from './purchases.js'

let requests = 0

/** Asks for the price of one purchase. Of several answers the latest request's wins. */
export async function loadPreview(context: AddOnContextValue, accountId: string, addOnId: string): Promise<void> {
  const { adapter, store, locale } = context
  const key = purchaseKey(accountId, addOnId)
  const request = ++requests
  dispatch(store, key, { type: 'price-requested', request })
  try {
    const preview = await adapter.previewPurchase({ accountId, addOnId }, { locale })
    if (preview.accountId !== accountId || preview.addOnId !== addOnId) {
      throw new AddOnError('invalid-response', {
        message: `previewId: a preview of ${accountId}/${addOnId} was expected`,
      })
    }
    dispatch(store, key, { type: 'price-arrived', request, preview, at: performance.now() })
  } catch (cause) {
    // Somebody else's failure by now.
    if (store.over.signal.aborted) return
    const error = toAddOnError(cause)
    dispatch(store, key, { type: 'price-failed', request, error, at: performance.now() })
    followUp(context, addOnId, error)
  }
}
