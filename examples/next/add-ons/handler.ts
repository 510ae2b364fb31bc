import { type AddOnStore, createAddOnHandler, createMemoryStore } from 'addon-kit/server'
import { accountOf } from './account'
import { sessionOf } from './session'

declare global {
  var addOnStore: AddOnStore | undefined
}

// Next.js loads this module once for pages and once for routes: what is in memory they have to share by a global.
globalThis.addOnStore ??= createMemoryStore()

export const handle = createAddOnHandler({
  basePath: '/api/add-ons',
  identify: (request) => sessionOf(request),
  accounts: { get: (accountId) => accountOf(accountId) },
  catalog: {
    addOns: [
      {
        id: 'analytics-plus',
        name: 'Analytics+',
        description: 'Live dashboards for every team.',
        href: '/analytics',
        prices: { USD: { monthly: 1500, annual: 15000 } },
        plans: { essentials: 'purchasable' },
        trial: { days: 30 },
      },
      {
        id: 'ai-assist',
        name: 'AI Assist',
        description: 'Suggested answers for every question.',
        href: '/analytics',
        prices: { USD: { monthly: 900, annual: 9000 } },
        plans: { essentials: 'included' },
        trial: null,
      },
    ],
  },
  store: globalThis.addOnStore,
})
