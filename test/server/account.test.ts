import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { HostAccount } from '../../src/server/index.js'
import { accountWith, Harness, people } from './harness.js'

const right = accountWith()
let logged = ''
beforeEach(() => {
  logged = ''
  vi.spyOn(console, 'error').mockImplementation((...said) => {
    logged += said.join(' ')
  })
})
afterEach(() => vi.restoreAllMocks())

/** As a host without types would give it. */
const given = (account: object): HostAccount => JSON.parse(JSON.stringify(account))

const withBilling = (change: object) => given({ ...right, billing: { ...right.billing, ...change } })

test.each<[string, HostAccount, string]>([
  ['no id', given({ ...right, id: undefined }), 'id must be'],
  ['the id of another account', given({ ...right, id: 'acc_other' }), `id must be "${right.id}"`],
  ['no owners', given({ ...right, owners: undefined }), 'owners must be'],
  ['no contacts', given({ ...right, contacts: undefined }), 'contacts must be'],
  [
    'an unknown purchasing mode',
    given({ ...right, purchasing: { ...right.purchasing, mode: 'invoice' } }),
    'purchasing.mode must be "self-serve" or "quote"',
  ],
  ['no billing', given({ ...right, billing: null }), 'billing must be an object'],
  ['an unknown frequency', withBilling({ frequency: 'weekly' }), 'billing.frequency must be "monthly" or "annual"'],
  ['a time zone that is none', withBilling({ timeZone: 'Mars/Olympus' }), 'billing.timeZone must be an IANA time zone'],
  [
    'a period without a time',
    withBilling({ period: { start: '2026-03-01', end: '2026-04-01' } }),
    'billing.period.start must be an instant in UTC',
  ],
  [
    'a currency in small letters',
    withBilling({ currency: 'usd' }),
    'billing.currency must be an ISO 4217 code such as',
  ],
  ['a currency by its sign', withBilling({ currency: '$' }), 'billing.currency must be an ISO 4217 code such as "USD"'],
  [
    'a period that ends before it starts',
    withBilling({ period: { start: '2026-04-01T00:00:00Z', end: '2026-03-01T00:00:00Z' } }),
    'billing.period.end must be after its start',
  ],
  [
    'a period of no length, written in two ways',
    withBilling({ period: { start: '2026-03-01T00:00:00Z', end: '2026-03-01T00:00:00.000Z' } }),
    'billing.period.end must be after its start',
  ],
  [
    'a period from a day that is none',
    withBilling({ period: { start: '2026-02-30T00:00:00Z', end: '2026-04-01T00:00:00Z' } }),
    'billing.period.start must be an instant in UTC',
  ],
  [
    'an invoice on a day that is none',
    withBilling({ nextInvoiceDate: '2026-04-31' }),
    'billing.nextInvoiceDate must be a date',
  ],
  [
    'half a seat',
    withBilling({ seats: { standardLicenses: 1.5, additionalUsers: 0 } }),
    'billing.seats.standardLicenses must be',
  ],
  ['a payment without a label', given({ ...right, payment: {} }), 'payment.label must be a string'],
])('an account with %s is an error of the host’s, named in the log and to nobody else', async (_, account, says) => {
  const harness = new Harness({ accounts: { get: () => account } })
  const { status, body } = await harness.get(people.olive)
  expect([status, body]).toMatchObject([500, { code: 'internal' }])
  expect(logged).toContain(`accounts.get("${right.id}"): ${says}`)
  expect(JSON.stringify(body)).not.toContain(says)
})

test.each<[string, Partial<HostAccount>]>([
  ['no payment method', { payment: null }],
  ['an invoice', { payment: undefined }],
  ['no account manager', { contacts: Object({ accountManager: undefined }) }],
])('an account with %s is right', async (_, change) => {
  const harness = new Harness({ account: change })
  expect((await harness.get(people.olive)).status).toBe(200)
  expect(logged).toBe('')
})

test.each<[string, string | null]>([
  ['2026-02-28T23:59:59.999Z', 'does not enclose 2026-02-28T23:59:59.999Z'],
  ['2026-03-01T00:00:00.000Z', null],
  ['2026-03-31T23:59:59.999Z', null],
  ['2026-04-01T00:00:00.000Z', 'does not enclose 2026-04-01T00:00:00.000Z'],
])(
  'a period that is not the present one is named in the log, and the plan is read all the same: at %s',
  async (now, says) => {
    const warned = vi.spyOn(console, 'warn').mockReturnValue()
    const harness = new Harness()
    harness.now = now
    expect((await harness.get()).status).toBe(200)
    expect(warned.mock.calls.join()).toContain(says === null ? '' : `accounts.get("${right.id}"): billing.period must`)
    expect(warned.mock.calls.join()).toContain(says ?? '')
    expect(warned).toHaveBeenCalledTimes(says === null ? 0 : 1)
  },
)

const secret = 'not for browsers'
/** What a host keeps of its own beside every field of an object, at any depth. */
function annotated(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(annotated)
  if (typeof value !== 'object' || value === null) return value
  return { ...Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, annotated(inner)])), secret }
}

test('what a host keeps beside the account’s fields, or a store’s, goes to its own billing, and into no answer', async () => {
  const asked: unknown[] = []
  const trial = { startedAt: '2026-03-10T00:00:00.000Z', endsAt: '2026-04-09T00:00:00.000Z' }
  const harness = new Harness({
    account: Object(annotated(accountWith())),
    seed: { 'ai-assist': { trial: Object({ ...trial, secret }) } },
  })
  harness.catalog.terms = Object({ version: '1', consent: 'notice', secret })
  const { preview: priced } = harness.billing
  harness.billing.preview = async (input) => {
    asked.push(input.account)
    const { lines } = await priced.call(harness.billing, input)
    return { lines: lines.map((line) => Object({ ...line, secret })) }
  }
  const seen: unknown[] = []
  for (const viewer of Object.values(people).filter(({ accountId }) => accountId === right.id)) {
    seen.push(await harness.get(viewer))
  }
  const preview = await harness.preview()
  seen.push(preview, await harness.buy(preview), await harness.get())
  expect(JSON.stringify(seen)).not.toContain(secret)
  expect(JSON.stringify(seen)).toContain('mara@northwind.example')
  expect(asked).toEqual([harness.account])
})
