/** @typedef {{ name: string, title: string, page: string, holds: string, isPeer?: true }} Entry */

/**
 * Who is measured, the plain cards first: all others are compared with them.
 * @type {readonly Entry[]}
 */
export const contenders = [
  {
    name: 'plain',
    title: 'plain React cards',
    page: 'plain.html',
    holds:
      'written by hand (`bench/pages/PlainPlan.tsx`): summary, memoised cards with tile, name, text, link, price and two buttons, one native `<dialog>`; one language, one currency, one role, no failures',
  },
  {
    name: 'kit',
    title: 'addon-kit',
    page: 'kit.html',
    holds: 'the built package: provider with `initialPlan`, plan tab, its dialog',
  },
  {
    name: 'kit-read',
    title: 'addon-kit, plan read',
    page: 'kit.html?read',
    holds:
      'the same, but the plan comes from an adapter that answers at once: a skeleton, the check of the answer, the page',
  },
  {
    name: 'schematic',
    title: 'Schematic',
    page: 'schematic.html',
    isPeer: true,
    holds:
      '`PricingTable` of `@schematichq/schematic-components` over static data (its `EmbedContext.Provider` in its `EmbedProvider`): name, text, price and one button; its checkout needs its server and Stripe, so no dialog is measured',
  },
  {
    name: 'autumn',
    title: 'Autumn',
    page: 'autumn.html',
    isPeer: true,
    holds:
      '`PricingTable` of `autumn-js` with the answers in SWR’s cache: name, text, price and one button; its `CheckoutDialog` over a backend that answers at once; what was bought comes with its server’s next list of products, so no purchase is measured',
  },
]
