import { type AddOnAdapter, AddOnError, type PlanOverview } from 'addon-kit'
import { createDemoAdapter } from 'addon-kit/demo'
import type { MatrixSettings } from './MatrixSettings.js'
import { setupOf } from './matrixAccount.js'

const refuse = () => Promise.reject(new AddOnError('forbidden'))

/** A backend for looking only: it tells its plan, and the demo's price; it refuses whatever would change the cell. */
export function cellAdapter(plan: PlanOverview, settings: MatrixSettings): AddOnAdapter {
  const { now, ...setup } = setupOf(settings)
  const demo = createDemoAdapter({ ...setup, now: () => now })
  return {
    getPlan: () => Promise.resolve(plan),
    previewPurchase: (...call) => demo.previewPurchase(...call),
    purchase: refuse,
    requestQuote: refuse,
    startTrial: refuse,
    requestFeature: refuse,
  }
}
