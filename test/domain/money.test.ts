import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatMoney, isSameMoney, type Money, minorUnitDigits, sumMoney } from '../../src/domain/money.js'

/** What is read, without the invisible marks and the choice of digits, which differ between versions of Intl. */
function plain(text: string): string {
  return text
    .replace(/[\u061c\u200e\u200f]/g, '')
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/[٠-٩]/g, (digit) => String('٠١٢٣٤٥٦٧٨٩'.indexOf(digit)))
    .replaceAll('٬', ',')
    .replaceAll('٫', '.')
}

const digitsOf = (text: string): string => plain(text).replace(/\D/g, '')

describe('formatMoney', () => {
  test.each([
    ['en', 'USD', 1500, '$15.00'],
    ['en', 'USD', 5, '$0.05'],
    ['en', 'USD', 0, '$0.00'],
    ['en', 'USD', -123456, '-$1,234.56'],
    ['en', 'EUR', 1400, '€14.00'],
    ['en', 'JPY', 2200, '¥2,200'],
    ['en', 'KWD', 4500, 'KWD 4.500'],
    ['de', 'USD', 123456, '1.234,56 $'],
    ['de', 'EUR', 123456, '1.234,56 €'],
    ['de', 'JPY', 2200, '2.200 ¥'],
    ['de', 'KWD', 1234567, '1.234,567 KWD'],
    ['ja', 'USD', 123456, '$1,234.56'],
    ['ja', 'JPY', 2200, '￥2,200'],
    ['ja', 'KWD', 4500, 'KWD 4.500'],
    ['en', 'USD', Number.MAX_SAFE_INTEGER, '$90,071,992,547,409.91'],
    ['de', 'EUR', Number.MAX_SAFE_INTEGER, '90.071.992.547.409,91 €'],
    ['ja', 'JPY', Number.MAX_SAFE_INTEGER, '￥9,007,199,254,740,991'],
    ['en', 'KWD', Number.MAX_SAFE_INTEGER - 1, 'KWD 9,007,199,254,740.990'],
    ['en', 'USD', Number.MIN_SAFE_INTEGER, '-$90,071,992,547,409.91'],
  ])('writes in %s %s %d as %s', (locale, currency, amount, text) => {
    expect(plain(formatMoney({ amount, currency }, locale))).toBe(text)
  })

  test.each([
    ['USD', 123456, '1,234.56'],
    ['EUR', Number.MAX_SAFE_INTEGER, '90,071,992,547,409.91'],
    ['JPY', Number.MAX_SAFE_INTEGER, '9,007,199,254,740,991'],
    ['KWD', Number.MAX_SAFE_INTEGER, '9,007,199,254,740.991'],
  ])('writes %s %d exactly in Arabic', (currency, amount, number) => {
    expect(plain(formatMoney({ amount, currency }, 'ar'))).toContain(number)
    expect(plain(formatMoney({ amount, currency }, 'ar-EG'))).toContain(number)
  })

  test('keeps every digit of every safe integer', () => {
    fc.assert(
      fc.property(
        fc.maxSafeInteger(),
        fc.constantFrom('USD', 'EUR', 'JPY', 'KWD'),
        fc.constantFrom('en', 'de', 'ja', 'ar'),
        (amount, currency, locale) => {
          const written = BigInt(digitsOf(formatMoney({ amount, currency }, locale)))
          expect(written).toBe(BigInt(Math.abs(amount)))
        },
      ),
    )
  })

  test.each([
    ['HUF', 150_000, '1,500.00'],
    ['IDR', 1_500_000, '15,000.00'],
    ['COP', 6_000_000, '60,000.00'],
    ['PKR', 420_000, '4,200.00'],
    ['IQD', 19_500_000, '19,500.000'],
    ['CLF', 15_000, '1.5000'],
  ])('counts %s in the minor units of ISO 4217, also where Intl shows fewer', (currency, amount, number) => {
    expect(plain(formatMoney({ amount, currency }, 'en'))).toContain(number)
  })

  test('refuses what is no currency code and no locale', () => {
    expect(() => formatMoney({ amount: 1, currency: 'dollars' }, 'en')).toThrow(RangeError)
    expect(() => formatMoney({ amount: 1, currency: 'USD' }, 'not a locale')).toThrow(RangeError)
  })
})

test.each([
  ['USD', 2],
  ['EUR', 2],
  ['JPY', 0],
  ['KWD', 3],
  ['HUF', 2],
  ['IQD', 3],
  ['CLF', 4],
])('%s has %d minor digits', (currency, digits) => {
  expect(minorUnitDigits(currency)).toBe(digits)
})

test('minorUnitDigits refuses what is no currency code', () => {
  expect(() => minorUnitDigits('$')).toThrow(RangeError)
})

describe('sumMoney', () => {
  const usd = (amount: number): Money => ({ amount, currency: 'USD' })

  test('adds up, and nothing is zero', () => {
    expect(sumMoney('USD', [usd(1500), usd(-500), usd(1)])).toEqual(usd(1001))
    expect(sumMoney('JPY', [])).toEqual({ amount: 0, currency: 'JPY' })
  })

  test('refuses to add currencies', () => {
    expect(() => sumMoney('USD', [usd(1), { amount: 1, currency: 'EUR' }])).toThrow(RangeError)
  })

  test('refuses a sum that is no exact integer', () => {
    expect(() => sumMoney('USD', [usd(Number.MAX_SAFE_INTEGER), usd(1)])).toThrow(RangeError)
    expect(() => sumMoney('USD', [usd(0.1)])).toThrow(RangeError)
    expect(() => sumMoney('USD', [usd(0.5), usd(0.5)])).toThrow(RangeError)
  })

  test('its refusals name what they refuse', () => {
    expect(() => sumMoney('USD', [{ amount: 1, currency: 'EUR' }])).toThrow('EUR')
    expect(() => sumMoney('USD', [usd(0.1)])).toThrow('0.1 USD')
  })

  test('is exact or throws, whatever the order of the amounts', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeInteger(), { maxLength: 6 }), (amounts) => {
        const exact = amounts.reduce((sum, amount) => sum + BigInt(amount), 0n)
        let sum: Money
        try {
          sum = sumMoney('USD', amounts.map(usd))
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
          return
        }
        expect(BigInt(sum.amount)).toBe(exact)
      }),
      { examples: [[[Number.MAX_SAFE_INTEGER, 2, -2]], [[Number.MIN_SAFE_INTEGER, -2, 2]]] },
    )
  })
})

test('the same money is the same amount of the same currency', () => {
  expect(isSameMoney({ amount: 1, currency: 'USD' }, { amount: 1, currency: 'USD' })).toBe(true)
  expect(isSameMoney({ amount: 1, currency: 'USD' }, { amount: 2, currency: 'USD' })).toBe(false)
  expect(isSameMoney({ amount: 1, currency: 'USD' }, { amount: 1, currency: 'EUR' })).toBe(false)
})
