import { expect, test } from 'vitest'
import { readCells } from '../../stories/contactSheet/cells.js'

type Followed = Parameters<typeof readCells>[0]

async function cellsOf(followed: Followed) {
  const rows = await readCells(followed)
  return rows.flatMap(({ cells }) => cells)
}

async function reviewOf(followed: Followed, name = 'Review') {
  const cell = (await cellsOf(followed)).find((one) => one.name === name)
  if (cell?.state.step !== 'review') throw new Error(`There is no “${name}”.`)
  return { ...cell.state.preview, plan: cell.plan.account.plan.name }
}

test('the contact sheet follows plan, currency, frequency and clock', async () => {
  const followed = {
    plan: 'professional',
    currency: 'EUR',
    frequency: 'annual',
    clock: '2026-10-20T00:00:00Z',
  } as const
  const { plan, dueNow, unitPrice, serverTime } = await reviewOf(followed)
  expect(plan).toBe('Professional')
  expect(unitPrice).toEqual({ amount: 14_000, currency: 'EUR' })
  // 15 seats at €140.00, for 73 of the 365 days.
  expect(dueNow).toEqual({ amount: 42_000, currency: 'EUR' })
  expect(Date.parse(serverTime)).toBe(Date.parse(followed.clock))
})

test('a year is a year, whatever the account pays by', async () => {
  expect(await reviewOf({}, 'Review of a year')).toMatchObject({
    frequency: 'annual',
    unitPrice: { amount: 15_000, currency: 'USD' },
  })
})

test.each(['USD', 'EUR', 'JPY', 'KWD'] as const)(
  'what is due today is the sum of its lines, in %s',
  async (currency) => {
    for (const frequency of ['monthly', 'annual'] as const) {
      for (const { name, state } of await cellsOf({ currency, frequency })) {
        if (state.step !== 'review' && state.step !== 'price-changed') continue
        const { lines, dueNow } = state.preview
        expect(
          lines.reduce((sum, { amount }) => sum + amount.amount, 0),
          name,
        ).toBe(dueNow.amount)
      }
      expect((await reviewOf({ currency, frequency }, 'Review with nothing due today')).dueNow.amount).toBe(0)
    }
  },
)

test('no two pictures have one name', async () => {
  const names = (await cellsOf({})).map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
})
