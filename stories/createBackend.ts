import { type AddOnAdapter, createHttpAdapter } from 'addon-kit'
import { createDemoHandler, type DemoOptions } from 'addon-kit/demo'
import type { AddOnRecord } from 'addon-kit/server'
import { linked } from './bugs/linked.js'
import { requestLog } from './bugs/requestLog.js'
import { createStoryAccount, noteSeats, type StoryAccount } from './bugs/StoryAccount.js'
import { answerInstead, isFaulty } from './toolbar/network.js'
import { obeyToolbar, storyTime, type Told } from './toolbar/obeyToolbar.js'
import { toolbar } from './toolbar/Toolbar.js'

/** The methods in which a backend differs from the demo's. */
export type Override = (demo: AddOnAdapter) => Partial<AddOnAdapter>

/** How the demo's account stands, and in what its backend differs from the demo's. */
export interface Scenario extends Told {
  /** What has been recorded of add-ons already, by id. */
  records?: Readonly<Record<string, Partial<AddOnRecord>>>
  /** The methods that do something else than the demo's. */
  override?: Override | undefined
  /** Is told of each request, e.g. "POST /add-ons/ai-assist/trials". */
  onRequest?: (request: string) => void
}

/** A backend of its own for one story or test, and what becomes of its account. */
export function createBackend({ records, override, onRequest, ...told }: Scenario = {}): {
  adapter: AddOnAdapter
  account: StoryAccount
} {
  const basePath = '/api/add-ons'
  const account = createStoryAccount(records, linked.current)
  const { statuses } = told
  // What an add-on begins with began before the story's moment, whatever the toolbar's clock says.
  createDemoHandler({ statuses, seats: told.seats, store: account.store, now: storyTime })
  const handlerOf = (change: DemoOptions = {}) =>
    createDemoHandler({ ...obeyToolbar(told, account), basePath, ...change })
  const handle = handlerOf()
  const demo = createHttpAdapter({
    baseUrl: `https://demo.invalid${basePath}`,
    fetch: (request) => {
      onRequest?.(`${request.method} ${new URL(request.url).pathname.slice(basePath.length)}`)
      return requestLog.pass(request, async () => {
        const nextPurchase = account.bank.outcomeOf(request)
        const handler = nextPurchase ? handlerOf({ nextPurchase }) : handle
        const response = answerInstead(toolbar.current.network) ?? (await handler(request))
        await noteSeats(account, response)
        return response
      })
    },
  })
  return { adapter: overridden(demo, override?.(demo)), account }
}

/** The backend's own methods, except while the toolbar has every request come to grief. */
function overridden(demo: AddOnAdapter, own: Partial<AddOnAdapter> = {}): AddOnAdapter {
  const choose = <Name extends keyof AddOnAdapter>(name: Name): AddOnAdapter[Name] => {
    const method = own[name]
    return method && !isFaulty(toolbar.current.network) ? method : demo[name]
  }
  return {
    getPlan: (...call) => requestLog.call('getPlan', choose('getPlan').apply(demo, call)),
    previewPurchase: (...call) => requestLog.call('previewPurchase', choose('previewPurchase').apply(demo, call)),
    purchase: (...call) => requestLog.call('purchase', choose('purchase').apply(demo, call)),
    requestQuote: (...call) => requestLog.call('requestQuote', choose('requestQuote').apply(demo, call)),
    startTrial: (...call) => requestLog.call('startTrial', choose('startTrial').apply(demo, call)),
    requestFeature: (...call) => requestLog.call('requestFeature', choose('requestFeature').apply(demo, call)),
  }
}
