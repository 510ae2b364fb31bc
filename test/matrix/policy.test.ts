import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import { type AddOnAction, decideActions, standardPolicy } from '../../src/domain/policy.js'
import {
  accountOf,
  addOnOf,
  type Combination,
  combinationCount,
  combinations,
  expectedAccess,
  expectedActions,
  expectedDecisions,
  matrixNow,
  modes,
  nameOf,
  planOverviewOf,
  reasonsAgainst,
  roles,
} from './matrix.js'

const all = combinations()
const actions: readonly AddOnAction[] = ['subscribe', 'request-quote', 'start-trial', 'request-feature']

describe('the matrix itself', () => {
  test(`has all ${combinationCount} combinations, each once`, () => {
    expect(combinationCount).toBe(8960)
    expect(new Set(all.map((combination) => JSON.stringify(combination)))).toHaveProperty('size', combinationCount)
  })

  test('offers an action exactly where no reason holds against it: its two tables agree', () => {
    const contradictions = all.flatMap((combination) => {
      const offered = expectedActions(combination)
      const open = actions.filter((action) => reasonsAgainst(combination, action).length === 0)
      return isDeepStrictEqual(offered, open) ? [] : [`${nameOf(combination)}: ${offered} but ${open}`]
    })
    expect(contradictions).toEqual([])
  })
})

describe.each(roles)('%s', (role) => {
  const own = all.filter((combination) => combination.role === role)

  test(`decideActions agrees with product.md in all ${combinationCount / roles.length} combinations`, () => {
    expect(own).toHaveLength(combinationCount / roles.length)
    expect(disagreements(own, decide)).toEqual([])
  })

  test('and where the add-on overrides the mode of the account', () => {
    const overridden = (combination: Combination) => {
      const { adminsCanRequestQuote } = combination
      const mode = modes.find((other) => other !== combination.mode) ?? 'quote'
      return decideActions({
        viewer: { role },
        account: { purchasing: { mode, adminsCanRequestQuote } },
        addOn: { ...addOnOf(combination), purchasingMode: combination.mode },
        now: matrixNow,
      })
    }
    expect(disagreements(own, overridden)).toEqual([])
  })

  test('and on what a client is sent, with the policy or with the grants that came along', () => {
    for (const policy of [standardPolicy, undefined]) {
      const onClient = (combination: Combination) => {
        const { viewer, account, addOns } = planOverviewOf(combination, false)
        const [addOn = addOnOf(combination)] = addOns
        return decideActions({ viewer, account, addOn, policy, now: matrixNow })
      }
      expect(disagreements(own, onClient)).toEqual([])
    }
  })
})

function decide(combination: Combination) {
  const { role } = combination
  return decideActions({
    viewer: { role },
    account: accountOf(combination),
    addOn: addOnOf(combination),
    now: matrixNow,
  })
}

function disagreements(some: readonly Combination[], decideFor: typeof decide): string[] {
  return some.flatMap((combination) => {
    const found = decideFor(combination)
    const expected = {
      hasAccess: expectedAccess(combination),
      actions: expectedActions(combination),
      decisions: expectedDecisions(combination),
    }
    return isDeepStrictEqual(found, expected)
      ? []
      : [`${nameOf(combination)}: ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`]
  })
}
