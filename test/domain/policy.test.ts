import { describe, expect, test } from 'vitest'
import type { FeatureRequests } from '../../src/domain/addOn.js'
import {
  type DecisionInput,
  decideActions,
  definePolicy,
  grantsAccess,
  grantsAction,
  grantsOf,
  standardPolicy,
} from '../../src/domain/policy.js'

describe('definePolicy', () => {
  test('gives a role the grants of the role it stands for, through any number of names', () => {
    const policy = definePolicy({
      roles: { owner: ['subscribe', 'view-billing'], boss: 'owner', chief: 'boss', guest: [] },
    })
    expect(grantsOf(policy, 'boss')).toEqual(['subscribe', 'view-billing'])
    expect(grantsOf(policy, 'chief')).toEqual(['subscribe', 'view-billing'])
    expect(grantsOf(policy, 'guest')).toEqual([])
  })

  test.each([
    ['a role of its own', { a: 'a' }, 'definePolicy: a → a is a circle'],
    ['a longer circle', { a: 'b', b: 'c', c: 'a' }, 'definePolicy: a → b → c → a is a circle'],
    [
      'a role that is not there',
      { a: 'b', b: 'nobody' },
      'definePolicy: a → b → nobody leads to a role that is not defined',
    ],
    [
      'what only a prototype has',
      { a: 'constructor' },
      'definePolicy: a → constructor leads to a role that is not defined',
    ],
  ])('refuses a name that leads to %s', (_, roles, message) => {
    expect(() => definePolicy({ roles })).toThrow(TypeError)
    expect(() => definePolicy({ roles })).toThrow(message)
  })

  test.each(['buy', 'Subscribe', ''])('refuses the unknown grant %j and names the known ones', (wrong) => {
    // From a host without types.
    const roles = JSON.parse(JSON.stringify({ owner: ['subscribe', wrong] }))
    expect(() => definePolicy({ roles })).toThrow(TypeError)
    expect(() => definePolicy({ roles })).toThrow(`owner has the grant "${wrong}"`)
    expect(() => definePolicy({ roles })).toThrow('subscribe, request-quote, start-trial')
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'Owner'])(
    'the role %j has no grants where the host did not define it',
    (role) => {
      expect(grantsOf(standardPolicy, role)).toEqual([])
      const { hasAccess, actions } = decideActions({ viewer: { role }, ...offered, policy: standardPolicy })
      expect({ hasAccess, actions }).toEqual({ hasAccess: false, actions: [] })
    },
  )

  test('a host may define a role of any name', () => {
    const policy = definePolicy(
      JSON.parse('{ "roles": { "__proto__": ["request-feature"], "constructor": "__proto__" } }'),
    )
    expect(grantsOf(policy, '__proto__')).toEqual(['request-feature'])
    expect(grantsOf(policy, 'constructor')).toEqual(['request-feature'])
    expect(grantsOf(policy, 'toString')).toEqual([])
  })
})

test('the standard policy is the table of the four roles', () => {
  expect(Object.fromEntries(standardPolicy.roles)).toEqual({
    owner: ['subscribe', 'request-quote', 'start-trial', 'view-billing', 'view-requests'],
    admin: ['start-trial', 'request-feature', 'request-quote-if-allowed'],
    supervisor: ['request-feature'],
    agent: [],
  })
})

test('only grants of actions give access', () => {
  expect(grantsAccess([])).toBe(false)
  expect(grantsAccess(['view-billing', 'view-requests'])).toBe(false)
  expect(grantsAccess(['request-feature'])).toBe(true)
  expect(grantsAccess(['request-quote-if-allowed'])).toBe(true)
})

test('whoever can buy has nobody to ask', () => {
  expect(grantsAction(['request-feature'], 'request-feature')).toBe(true)
  expect(grantsAction(['subscribe', 'request-feature'], 'request-feature')).toBe(false)
})

const noRequests: FeatureRequests = { count: 0, byViewer: null, from: [] }
const offered: Pick<DecisionInput, 'account' | 'addOn'> = {
  account: { purchasing: { mode: 'self-serve', adminsCanRequestQuote: false } },
  addOn: {
    unitPrice: { amount: 1500, currency: 'USD' },
    trial: { days: 30 },
    status: { kind: 'available' },
    pendingPurchase: null,
    quoteRequest: null,
    featureRequests: noRequests,
  },
}

describe('decideActions', () => {
  const { account, addOn } = offered

  test('looks the role up in the policy it is given, else takes the grants that came with the viewer', () => {
    const viewer = { role: 'buyer', grants: ['request-feature'] as const }
    const policy = definePolicy({ roles: { buyer: ['subscribe'] } })
    expect(decideActions({ viewer, account, addOn, policy }).actions).toEqual(['subscribe'])
    expect(decideActions({ viewer, account, addOn }).actions).toEqual(['request-feature'])
  })

  test('without either it reads the standard table', () => {
    expect(decideActions({ viewer: { role: 'supervisor' }, account, addOn }).actions).toEqual(['request-feature'])
    expect(decideActions({ viewer: { role: 'buyer' }, account, addOn }).actions).toEqual([])
  })

  test('gives the actions in the order in which they are shown', () => {
    const policy = definePolicy({ roles: { all: ['request-feature', 'start-trial', 'request-quote'] } })
    const quoted = { ...addOn, unitPrice: null }
    expect(decideActions({ viewer: { role: 'all' }, account, addOn: quoted, policy }).actions).toEqual([
      'request-quote',
      'start-trial',
      'request-feature',
    ])
  })

  test('the add-on may override the mode of the account, but not its missing price', () => {
    const owner = { role: 'owner' }
    const byQuote = { ...addOn, purchasingMode: 'quote' } as const
    expect(decideActions({ viewer: owner, account, addOn: byQuote }).actions).toEqual(['request-quote', 'start-trial'])
    const bySelf = { ...addOn, purchasingMode: 'self-serve' } as const
    const quoting = { purchasing: { mode: 'quote', adminsCanRequestQuote: false } } as const
    expect(decideActions({ viewer: owner, account: quoting, addOn: bySelf }).actions).toEqual([
      'subscribe',
      'start-trial',
    ])
    expect(decideActions({ viewer: owner, account: quoting, addOn: { ...bySelf, unitPrice: null } }).actions).toEqual([
      'request-quote',
      'start-trial',
    ])
  })

  test.each([
    ['a moment before askAgainAt', '2026-03-24T11:59:59.999Z', false],
    ['at askAgainAt', '2026-03-24T12:00:00.000Z', true],
    ['at askAgainAt, written with an offset', '2026-03-24T13:00:00+01:00', true],
    ['later', '2027-01-01T00:00:00Z', true],
    ['at no known time', undefined, false],
  ])('a viewer who has asked may ask again %s: %s → %s', (_, now, allowed) => {
    const byViewer = { requestedAt: '2026-03-10T12:00:00Z', askAgainAt: '2026-03-24T12:00:00Z' }
    const asked = { ...addOn, featureRequests: { ...noRequests, count: 1, byViewer } }
    const { decisions } = decideActions({ viewer: { role: 'admin' }, account, addOn: asked, now })
    expect(decisions['request-feature']).toEqual(
      allowed ? { allowed: true } : { allowed: false, reason: 'already-requested' },
    )
  })
})
