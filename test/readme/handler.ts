// biome-ignore-all format: the README's own lines, to the letter
import { createAddOnHandler, createMemoryStore } from 'addon-kit/server'
import { accountOf } from './account.js'
import { sessionOf } from './session.js'

export const handle = createAddOnHandler({
  basePath: '/api/add-ons',
  identify: (request) => sessionOf(request), // { accountId, userId, name, role } or null
  accounts: { get: (accountId) => accountOf(accountId) },
  catalog: {
    addOns: [
      {
        id: 'analytics-plus',
        name: 'Analytics+',
        description: 'Live dashboards for every team.',
        href: '/analytics',
        prices: { USD: { monthly: 1500, annual: 15000 } }, // per seat, in cents; none: sold by quote
        plans: { essentials: 'purchasable', professional: 'included' },
        trial: { days: 30 },
      },
    ],
  },
  store: createMemoryStore(), // the one truth of status; keep it in your database in production
  notify: ({ type, addOn, to }) => console.log(type, addOn.name, to), // who asked for what, and whom it is for
})
