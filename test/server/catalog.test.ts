import { describe, expect, test } from 'vitest'
import * as server from '../../src/server/index.js'
import { createMemoryStore } from '../../src/server/index.js'

const right = {
  id: 'analytics-plus',
  name: 'Analytics+',
  description: 'Dashboards.',
  prices: { USD: { monthly: 1500 } },
  plans: { essentials: 'purchasable' },
}

/** As a host without types would do it. */
function start(addOns: unknown): void {
  const options = JSON.parse(JSON.stringify({ catalog: { addOns } }))
  server.createAddOnHandler({
    identify: () => null,
    accounts: { get: () => null },
    store: createMemoryStore(),
    ...options,
  })
}

test('a catalogue that is right starts', () => {
  expect(() => start([])).not.toThrow()
  expect(() =>
    start([right, { ...right, id: 'b', trial: null }, { ...right, id: 'c', prices: undefined, trial: { days: 1 } }]),
  ).not.toThrow()
  expect(() => start([{ ...right, prices: { JPY: { monthly: 0, annual: 1 } }, purchasingMode: 'quote' }])).not.toThrow()
  expect(() => start([{ ...right, purchasingMode: 'self-serve' }])).not.toThrow()
})

describe('one that is wrong says what, where, and how to mend it', () => {
  test.each([
    [{ ...right, id: '' }, 'has no id or no name', 'Give it both as non-empty strings.'],
    [{ ...right, name: undefined }, 'has no id or no name', 'Give it both as non-empty strings.'],
    [{ ...right, prices: { usd: { monthly: 1 } } }, 'prices.usd is no currency', 'Use an ISO 4217 code such as USD.'],
    [{ ...right, prices: { XUSD: { monthly: 1 } } }, 'prices.XUSD is no currency', 'Use an ISO 4217 code such as USD.'],
    [{ ...right, prices: { USD: { weekly: 1 } } }, 'prices.USD.weekly is no frequency', 'Use monthly or annual.'],
    [
      { ...right, prices: { USD: { monthly: 15.5 } } },
      'prices.USD.monthly is 15.5',
      'Give an integer in minor units: 1500 for $15.00.',
    ],
    [{ ...right, prices: { USD: { monthly: -1 } } }, 'prices.USD.monthly is -1', 'Give an integer in minor units'],
    [
      { ...right, prices: { USD: { monthly: '1500' } } },
      'prices.USD.monthly is 1500',
      'Give an integer in minor units',
    ],
    [
      { ...right, prices: { USD: { monthly: 2 ** 53 } } },
      'prices.USD.monthly is 9007199254740992',
      'Give an integer in minor units',
    ],
    [
      { ...right, plans: { essentials: true } },
      'plans.essentials is "true"',
      'Use "purchasable" or "included", or leave the plan out.',
    ],
    [
      { ...right, plans: { essentials: 'sold' } },
      'plans.essentials is "sold"',
      'Use "purchasable" or "included", or leave the plan out.',
    ],
    [{ ...right, plans: undefined }, 'has no plans', 'Say on which plans it is "purchasable" or "included".'],
    [{ ...right, trial: { days: 0 } }, 'trial.days is 0', 'Give a whole number of days, or no trial.'],
    [{ ...right, trial: { days: 1.5 } }, 'trial.days is 1.5', 'Give a whole number of days, or no trial.'],
    [{ ...right, trial: {} }, 'trial.days is undefined', 'Give a whole number of days, or no trial.'],
    [
      { ...right, purchasingMode: 'Quote' },
      'purchasingMode is "Quote"',
      'Use "self-serve" or "quote", or leave it out.',
    ],
  ])('%j', (addOn, what, mend) => {
    const wrong = () => start([right, { ...addOn, id: addOn.id && 'second' }])
    expect(wrong).toThrow(TypeError)
    expect(wrong).toThrow(what)
    expect(wrong).toThrow(mend)
    expect(wrong).toThrow('catalog.addOns[1]')
  })

  test('an id that is there twice', () => {
    expect(() => start([right, right])).toThrow(
      'catalog.addOns[1] ("analytics-plus"): has the id of an earlier add-on. Every add-on needs an id of its own.',
    )
  })
})
