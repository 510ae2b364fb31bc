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
])('an account with %s is right', async (_, change) => {
  const harness = new Harness({ account: change })
  expect((await harness.get(people.olive)).status).toBe(200)
  expect(logged).toBe('')
})
