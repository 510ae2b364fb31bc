import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { prorate, remainingSeconds, toSeconds } from '../../src/domain/proration.js'
import { prorationVectors, roundingVectors } from '../../src/testing/prorationVectors.js'

const june = { start: '2025-06-01T00:00:00Z', end: '2025-07-01T00:00:00Z' }

describe('prorate', () => {
  test.each(prorationVectors)('agrees with $id ($kind: $source)', (vector) => {
    const { amountMinor: amount, periodStart: start, periodEnd: end, at } = vector
    expect(prorate({ amount, period: { start, end }, at })).toBe(vector.expectedMinor)
  })

  test.each(roundingVectors)('multiplies by the seats before it rounds ($id)', (vector) => {
    const { unitMinor, seats, multiplyThenRound, roundThenMultiply } = vector
    expect(vector.fraction).toBe('1/2')
    const half = { period: june, at: '2025-06-16T00:00:00Z' }
    expect(prorate({ amount: unitMinor * seats, ...half })).toBe(multiplyThenRound)
    expect(prorate({ amount: unitMinor, ...half }) * seats).toBe(roundThenMultiply)
  })

  test('rounds half up, once', () => {
    const half = { period: june, at: '2025-06-16T00:00:00Z' }
    expect(prorate({ amount: 1, ...half })).toBe(1)
    expect(prorate({ amount: 3, ...half })).toBe(2)
  })

  test('is the whole at the start and nothing at the end', () => {
    expect(prorate({ amount: 22_500, period: june, at: june.start })).toBe(22_500)
    expect(prorate({ amount: 22_500, period: june, at: june.end })).toBe(0)
  })

  test('drops fractions of seconds of every instant', () => {
    const period = { start: '2025-06-01T00:00:00.900Z', end: '2025-06-01T00:00:10.900Z' }
    expect(prorate({ amount: 100, period, at: '2025-06-01T00:00:05.999Z' })).toBe(50)
    expect(prorate({ amount: 100, period, at: '2025-06-01T00:00:00.000Z' })).toBe(100)
  })

  test('reads instants with an offset', () => {
    const period = { start: '2025-06-01T02:00:00+02:00', end: '2025-06-30T19:00:00-05:00' }
    expect(prorate({ amount: 22_500, period, at: '2025-06-16T00:00:00Z' })).toBe(11_250)
  })

  test.each([
    ['an end before the start', { amount: 1, period: { start: june.end, end: june.start }, at: june.start }],
    ['an empty period', { amount: 1, period: { start: june.start, end: june.start }, at: june.start }],
    [
      'a period empty but for a fraction',
      {
        amount: 1,
        period: { start: '2025-06-01T00:00:00.100Z', end: '2025-06-01T00:00:00.900Z' },
        at: '2025-06-01T00:00:00.500Z',
      },
    ],
    ['an instant before the period', { amount: 1, period: june, at: '2025-05-31T23:59:59Z' }],
    ['an instant after the period', { amount: 1, period: june, at: '2025-07-01T00:00:01Z' }],
    ['no instant', { amount: 1, period: june, at: 'today' }],
    ['no start', { amount: 1, period: { start: '', end: june.end }, at: june.start }],
    ['a fraction of a cent', { amount: 0.5, period: june, at: june.start }],
    ['a negative amount', { amount: -1, period: june, at: june.start }],
    ['an amount that is not exact', { amount: 2 ** 53, period: june, at: june.start }],
    ['no number', { amount: Number.NaN, period: june, at: june.start }],
  ])('refuses %s with a RangeError', (_, input) => {
    expect(() => prorate(input)).toThrow(RangeError)
  })

  const cases = fc.record({
    amount: fc.maxSafeNat(),
    start: fc.integer({ min: 0, max: 4_000_000_000 }),
    length: fc.integer({ min: 1, max: 400 * 86_400 }),
    fraction: fc.double({ min: 0, max: 1, noNaN: true }),
    later: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  const iso = (seconds: number) => new Date(seconds * 1000).toISOString()

  test('lies between 0 and the amount, and never grows as time passes', () => {
    fc.assert(
      fc.property(cases, ({ amount, start, length, fraction, later }) => {
        const period = { start: iso(start), end: iso(start + length) }
        const first = start + Math.floor(fraction * length)
        const second = first + Math.floor(later * (start + length - first))
        const before = prorate({ amount, period, at: iso(first) })
        const after = prorate({ amount, period, at: iso(second) })
        expect(Number.isSafeInteger(before)).toBe(true)
        expect(before).toBeLessThanOrEqual(amount)
        expect(after).toBeLessThanOrEqual(before)
        expect(after).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('is the nearest integer to the exact quotient, the upper one of two', () => {
    fc.assert(
      fc.property(cases, ({ amount, start, length, fraction }) => {
        const used = length - Math.floor(fraction * length)
        const period = { start: iso(start), end: iso(start + length) }
        const result = prorate({ amount, period, at: iso(start + length - used) })
        const exact = BigInt(amount) * BigInt(used)
        const distance = 2n * (BigInt(result) * BigInt(length) - exact)
        expect(distance <= BigInt(length) && distance > -BigInt(length)).toBe(true)
      }),
    )
  })
})

test('remainingSeconds gives the part that is left in whole seconds', () => {
  expect(remainingSeconds(june, '2025-06-16T00:00:00.999Z')).toEqual({ used: 15 * 86_400, of: 30 * 86_400 })
})

test.each([
  ['an empty period', { start: june.start, end: june.start }, june.start],
  ['a period that ends before it starts', { start: june.end, end: june.start }, june.start],
  ['an instant outside of the period', june, '2025-07-01T00:00:01Z'],
])('remainingSeconds refuses %s and names the instants', (_, period, at) => {
  expect(() => remainingSeconds(period, at)).toThrow(RangeError)
  expect(() => remainingSeconds(period, at)).toThrow(`${period.start} to ${period.end}`)
})

test.each(['today', '', '2025-06-31x'])('toSeconds refuses %j, which is no instant, and names it', (instant) => {
  expect(() => toSeconds(instant)).toThrow(RangeError)
  expect(() => toSeconds(instant)).toThrow(`"${instant}"`)
})

test.each([0.5, -1, 2 ** 53])('prorate refuses the amount %d and names it', (amount) => {
  expect(() => prorate({ amount, period: june, at: june.start })).toThrow(String(amount))
})

test('an instant before 1970 is floored too', () => {
  expect(toSeconds('1969-12-31T23:59:58.500Z')).toBe(-2)
})
