import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { permissionsOf } from '../../src/data/permissions.js'
import { Mismatch, type Schema } from '../../src/protocol/forms.js'
import {
  featureAnswerSchema,
  planOverviewSchema,
  purchaseAnswerSchema,
  purchasePreviewSchema,
  quoteAnswerSchema,
  trialAnswerSchema,
} from '../../src/protocol/schemas.js'
import { addOn, plan, preview, purchases } from './wireSamples.js'

const samples: [string, Schema<unknown>, unknown][] = [
  ['GET /plan', planOverviewSchema, plan],
  ['purchase-previews', purchasePreviewSchema, preview],
  ['purchases, completed', purchaseAnswerSchema, { purchase: purchases.completed, addOn }],
  ['purchases, processing', purchaseAnswerSchema, { purchase: purchases.processing, addOn }],
  ['purchases, action-needed', purchaseAnswerSchema, { purchase: purchases['action-needed'], addOn }],
  ['quote-requests', quoteAnswerSchema, { quoteRequest: addOn.quoteRequest, addOn }],
  ['trials', trialAnswerSchema, { addOn }],
  ['feature-requests', featureAnswerSchema, { featureRequest: addOn.featureRequests.byViewer, addOn }],
]

/** Fields that wire.md marks with a question mark. */
const optional = new Set([
  'viewer.name',
  'account.contacts.accountManager',
  'account.contacts.accountManager.name',
  'account.contacts.accountManager.email',
  'account.contacts.customerSuccess',
  'account.contacts.customerSuccess.url',
  ...['lang', 'imageUrl', 'learnMoreUrl', 'href', 'purchasingMode', 'decisions'].map((field) => `addOn.${field}`),
  ...['by', 'seats', 'receiptUrl', 'reference'].map((field) => `addOn.status.${field}`),
  'addOn.pendingPurchase.resume',
  'addOn.featureRequests.from.0.note',
  'addOn.decisions.request-quote.reasonText',
  'lines.1.label',
  'lines.0.label',
  'taxNotIncluded',
  'terms.url',
  'purchase.receiptUrl',
  // What a payment asks of a person is the host's, but for its type.
  'purchase.action.url',
  'purchase.action.nested',
  'purchase.action.nested.a',
])

/** Where the form stands in the contract: the plan's add-ons are add-ons like any other. */
const formOf = (path: readonly string[]) => path.join('.').replace(/^addOns\.\d+/, 'addOn')

function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([field, inner]) => {
    const here = [...path, field]
    return [...(Array.isArray(value) ? [] : [here]), ...pathsOf(inner, here)]
  })
}

/** A copy in which one field is something else; without `value` it is not there. */
function changed(sample: unknown, path: readonly string[], ...value: [value?: unknown]): unknown {
  const [field = '', ...rest] = path
  if (Array.isArray(sample))
    return sample.map((item, index) => (String(index) === field ? changed(item, rest, ...value) : item))
  const fields = Object.entries(Object(sample))
  if (rest.length > 0)
    return Object.fromEntries(fields.map(([name, old]) => [name, name === field ? changed(old, rest, ...value) : old]))
  const others = fields.filter(([name]) => name !== field)
  return Object.fromEntries(value.length === 0 ? others : [...others, [field, value[0]]])
}

/** Where it is refused: nowhere, or at its first wrong field. */
function issuesOf(schema: Schema<unknown>, input: unknown): string[] {
  try {
    schema(input)
    return []
  } catch (error) {
    if (!(error instanceof Mismatch)) throw error
    return [error.path.join('.')]
  }
}

describe.each(samples)('%s', (_, schema, sample) => {
  test('is taken as wire.md has it, with nothing lost', () => {
    expect(schema(sample)).toEqual(sample)
  })

  test('tolerates fields that it does not know, anywhere, and drops them', () => {
    const wider = widened(sample)
    const parsed = schema(wider)
    const text = JSON.stringify(parsed)
    // Only what a payment asks of a person is passed on as it is.
    expect(text.replaceAll(/"action":\{.*?\}\}/g, '')).not.toContain('fromTheFuture')
  })

  test('takes what is undefined for not there, and drops it, where it may be left out', () => {
    const absent = pathsOf(sample).filter((path) => optional.has(formOf(path)))
    for (const path of absent.filter((path) => !formOf(path).startsWith('purchase.action.'))) {
      const read = schema(changed(sample, path, undefined))
      expect(read, path.join('.')).toStrictEqual(changed(sample, path))
      expect(issuesOf(schema, changed(sample, path, null))).toEqual([path.join('.')])
    }
  })

  test.each(pathsOf(sample).map((path) => [path.join('.'), path] as const))('%s', (_name, path) => {
    const without = issuesOf(schema, changed(sample, path))
    const form = formOf(path)
    const isOptional = optional.has(form)
    if (isOptional) expect(without).toEqual([])
    else if (form === 'purchase.action.type') expect(without).toEqual(['purchase.action'])
    else expect(without).toContain(path.join('.'))
    // A wrong type is refused where it is, optional or not; the payment's own words are not looked at.
    const isFree = form.startsWith('purchase.action.') && form !== 'purchase.action.type'
    const wrong = issuesOf(schema, changed(sample, path, Symbol.for('no JSON at all')))
    if (isFree) expect(wrong).toEqual([])
    else expect(wrong.some((issue) => issue === path.join('.') || path.join('.').startsWith(`${issue}.`))).toBe(true)
  })
})

function widened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(widened)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).map(([name, inner]) => [name, widened(inner)])
  return { fromTheFuture: { deep: [1] }, ...Object.fromEntries(fields) }
}

describe('words of the future are tolerated', () => {
  const parsedPlan = (path: string, value: unknown) => planOverviewSchema(changed(plan, path.split('.'), value))

  test.each(['frozen', 'paused', '', '__proto__', 'constructor', 'ACTIVE'])('a status %j is unknown', (kind) => {
    const status = { kind, since: 5, anything: [] }
    expect(parsedPlan('addOns.0.status', status).addOns[0]?.status).toEqual({ kind: 'unknown' })
  })

  test('a purchasing mode is read as quote, where nothing is sold by itself', () => {
    expect(parsedPlan('account.purchasing.mode', 'auction').account.purchasing.mode).toBe('quote')
    expect(parsedPlan('addOns.0.purchasingMode', 'auction').addOns[0]?.purchasingMode).toBe('quote')
  })

  test('grants are left out', () => {
    const grants = ['view-billing', 'fly', 'subscribe', '__proto__']
    expect(parsedPlan('viewer.grants', grants).viewer.grants).toEqual(['subscribe', 'view-billing'])
  })

  test('a reason is the host’s', () => {
    const decisions = {
      ...addOn.decisions,
      subscribe: { allowed: false, reason: 'full-moon', reasonText: 'Full moon' },
    }
    expect(parsedPlan('addOns.0.decisions', decisions).addOns[0]?.decisions?.subscribe).toEqual({
      allowed: false,
      reason: 'host',
      reasonText: 'Full moon',
    })
  })

  test('an action is left out of the decisions', () => {
    const decisions = { ...addOn.decisions, 'buy-later': { allowed: true } }
    expect(parsedPlan('addOns.0.decisions', decisions).addOns[0]?.decisions).toEqual(addOn.decisions)
  })

  test('a pending state is processing', () => {
    expect(parsedPlan('addOns.0.pendingPurchase.state', 'asleep').addOns[0]?.pendingPurchase?.state).toBe('processing')
  })

  test('a frequency is unknown, and the plan stays readable', () => {
    for (const path of ['addOns.0.frequency', 'account.billing.frequency']) {
      expect(issuesOf(planOverviewSchema, changed(plan, path.split('.'), 'weekly'))).toEqual([])
    }
    expect(parsedPlan('addOns.0.frequency', 'weekly').addOns[0]?.frequency).toBe('unknown')
    expect(parsedPlan('account.billing.frequency', 'weekly').account.billing?.frequency).toBe('unknown')
  })

  test.each(['Mars/Olympus', '', '../../etc/localtime', '__proto__'])('the time zone %j is UTC', (timeZone) => {
    expect(parsedPlan('account.billing.timeZone', timeZone).account.billing?.timeZone).toBe('UTC')
  })

  test('the unit of a period is unknown', () => {
    const told = purchasePreviewSchema(changed(preview, ['proration', 'unit'], 'hour'))
    expect(told.proration.unit).toBe('unknown')
  })

  test('a line is other, and consent is the stricter one', () => {
    const parse = (path: string, value: unknown) => purchasePreviewSchema(changed(preview, path.split('.'), value))
    expect(parse('lines.0.kind', 'tip').lines[0]?.kind).toBe('other')
    expect(parse('terms.consent', 'blood').terms.consent).toBe('checkbox')
  })
})

describe('nothing is bought on a word that is not known', () => {
  test('a purchase’s status is refused, which leaves its outcome open', () => {
    expect(issuesOf(purchaseAnswerSchema, { purchase: { ...purchases.completed, status: 'refunded' }, addOn })).toEqual(
      ['purchase.status'],
    )
  })
  test('a frequency is refused where it is what is paid for', () => {
    expect(issuesOf(purchasePreviewSchema, changed(preview, ['frequency'], 'weekly'))).toEqual(['frequency'])
    expect(issuesOf(purchasePreviewSchema, changed(preview, ['frequency'], 'unknown'))).toEqual(['frequency'])
  })

  test('nor is anything offered for subscription at a price whose frequency is unknown', () => {
    const told = planOverviewSchema(plan)
    const [sold] = told.addOns
    if (!sold?.decisions) throw new TypeError('The sample has decisions.')
    const open = { ...sold, status: { kind: 'available' }, pendingPurchase: null, quoteRequest: null } as const
    const decisions = { ...sold.decisions, subscribe: { allowed: true } } as const
    for (const addOn of [{ ...open, decisions }, { ...open, decisions, purchasingMode: 'self-serve' } as const]) {
      expect(permissionsOf(told, addOn, undefined).actions).toContain('subscribe')
      const unnamed = permissionsOf(told, { ...addOn, frequency: 'unknown' }, undefined)
      expect(unnamed.decisions.subscribe).toEqual({ allowed: false, reason: 'account-factor' })
      expect(unnamed.hasAccess).toBe(true)
    }
  })

  test('terms that are not final are refused', () => {
    expect(issuesOf(purchasePreviewSchema, changed(preview, ['terms', 'final'], false))).toEqual(['terms.final'])
  })
})

describe('numbers', () => {
  const amounts = ['dueNow.amount', 'lines.0.amount.amount', 'unitPrice.amount', 'nextInvoice.addOnAmount.amount']
  const counts = ['seats.total', 'seats.standardLicenses', 'seats.additionalUsers', 'proration.used', 'proration.of']

  test.each([...amounts, ...counts])('%s is an exact integer', (path) => {
    for (const wrong of [0.5, 11_000.01, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '1', null, true, [1]]) {
      expect(issuesOf(purchasePreviewSchema, changed(preview, path.split('.'), wrong))).toContain(path)
    }
  })

  test.each(counts)('%s is not negative', (path) => {
    expect(issuesOf(purchasePreviewSchema, changed(preview, path.split('.'), -1))).toContain(path)
  })

  test('an amount may be negative', () => {
    const credit = { ...preview, lines: [preview.lines[1]], dueNow: { amount: -250, currency: 'USD' } }
    expect(issuesOf(purchasePreviewSchema, credit)).toEqual([])
  })

  test.each(['usd', 'US', 'DOLLAR', '$', '', 'USD '])('%j is no currency', (currency) => {
    expect(issuesOf(purchasePreviewSchema, changed(preview, ['unitPrice', 'currency'], currency))).toEqual([
      'unitPrice.currency',
    ])
  })
})

describe('the amount that is due', () => {
  const usd = (amount: number, currency = 'USD') => ({ kind: 'other', amount: { amount, currency } })
  const of = (lines: unknown[], amount: number) =>
    issuesOf(purchasePreviewSchema, { ...preview, lines, dueNow: { amount, currency: 'USD' } })

  test('is the exact sum of the lines, of which there may be none', () => {
    expect(of([usd(1), usd(2), usd(-3)], 0)).toEqual([])
    expect(of([], 0)).toEqual([])
  })

  test.each([
    ['a cent too much', [usd(1), usd(2)], 4],
    ['a cent too little', [usd(1), usd(2)], 2],
    ['something for nothing', [], 1],
    ['another currency', [usd(1), usd(2, 'EUR')], 3],
    [
      'a sum that is not exact on the way',
      [usd(Number.MAX_SAFE_INTEGER), usd(2), usd(-2)],
      Number.MAX_SAFE_INTEGER - 1,
    ],
  ])('%s is refused', (_, lines, amount) => {
    expect(of(lines, amount)).not.toEqual([])
  })

  test('is taken only where it is the sum in exact arithmetic', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeInteger(), { maxLength: 5 }), fc.integer({ min: -1, max: 1 }), (amounts, off) => {
        const sum = amounts.reduce((total, amount) => total + BigInt(amount), 0n)
        const claimed = Number(sum) + off
        const isTaken =
          of(
            amounts.map((amount) => usd(amount)),
            claimed,
          ).length === 0
        if (isTaken) expect(BigInt(claimed)).toBe(sum)
      }),
    )
  })
})

describe('instants', () => {
  const parse = (serverTime: unknown) => issuesOf(planOverviewSchema, { ...plan, serverTime })

  test.each(['2026-03-16T12:00:00Z', '2026-03-16T12:00:00.1Z', '2026-03-16T12:00:00.123456Z'])(
    '%s is one',
    (instant) => {
      expect(parse(instant)).toEqual([])
      expect(Date.parse(instant)).not.toBeNaN()
    },
  )

  test.each([
    '2026-03-16',
    '2026-03-16T12:00:00',
    '2026-03-16T12:00:00+02:00',
    '2026-03-16 12:00:00Z',
    '2026-13-16T12:00:00Z',
    '2026-02-30T12:00:00Z',
    '2026-02-29T12:00:00Z',
    '2026-03-16T25:00:00Z',
    '16.03.2026',
    'today',
    '',
    1_773_662_400_000,
    null,
  ])('%j is none, in UTC', (instant) => {
    expect(parse(instant)).toEqual(['serverTime'])
  })

  test('a date of an invoice may be a day or an instant', () => {
    const issues = (date: string) => issuesOf(purchasePreviewSchema, changed(preview, ['nextInvoice', 'date'], date))
    for (const date of ['2026-04-01', '2028-02-29', '2026-04-01T00:00:00Z']) expect(issues(date)).toEqual([])
    for (const date of ['soon', '2026-04-31', '2026-04-31T00:00:00Z', '+02026-04-1', '2026-04-1']) {
      expect(issues(date), date).toEqual(['nextInvoice.date'])
    }
  })
})

test.each([
  ['unitPrice', 'addOns.0.unitPrice'],
  ['trial', 'addOns.0.trial'],
  ['pendingPurchase', 'addOns.0.pendingPurchase'],
  ['quoteRequest', 'addOns.0.quoteRequest'],
  ['byViewer', 'addOns.0.featureRequests.byViewer'],
  ['billing', 'account.billing'],
])('%s may be null, and is then null', (_, path) => {
  const parsed = planOverviewSchema(changed(plan, path.split('.'), null))
  expect(parsed).toEqual(changed(plan, path.split('.'), null))
})

test('no payment method on file is null', () => {
  expect(purchasePreviewSchema({ ...preview, payment: null }).payment).toBeNull()
})

test('what a payment asks of a person is passed on as it came, in an object of its own', () => {
  const action: unknown = JSON.parse('{"type":"redirect","url":"https://bank.example","__proto__":{"polluted":true}}')
  const { purchase } = purchaseAnswerSchema({ purchase: { ...purchases['action-needed'], action }, addOn })
  if (purchase.status !== 'action-needed') throw new TypeError('Not the same purchase.')
  expect(purchase.action).toMatchObject({ type: 'redirect', url: 'https://bank.example' })
  expect(purchase.action).not.toBe(action)
  expect(Object.getPrototypeOf(purchase.action)).toBe(Object.prototype)
  expect('polluted' in purchase.action).toBe(false)
})

test('whatever comes in is taken or refused, and never throws', () => {
  fc.assert(
    fc.property(
      fc.anything({ withNullPrototype: true }),
      fc.constantFrom(...samples),
      (anything, [, schema, sample]) => {
        expect(issuesOf(schema, anything).length).toBeGreaterThan(0)
        const paths = pathsOf(sample)
        const path = paths[Math.floor(paths.length / 2)] ?? []
        issuesOf(schema, changed(sample, path, anything))
      },
    ),
  )
})
