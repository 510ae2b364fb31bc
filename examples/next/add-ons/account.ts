import type { HostAccount } from 'addon-kit/server'

/** The account as your database knows it. */
export async function accountOf(accountId: string): Promise<HostAccount | null> {
  const month = new Date()
  month.setUTCDate(1)
  month.setUTCHours(0, 0, 0, 0)
  const start = month.toISOString()
  month.setUTCMonth(month.getUTCMonth() + 1)
  const end = month.toISOString()
  return {
    id: accountId,
    name: 'Larkspur',
    plan: { id: 'essentials', name: 'Essentials' },
    purchasing: { mode: 'self-serve', adminsCanRequestQuote: false },
    contacts: { accountManager: { name: 'Ada', email: 'ada@vendor.example' } },
    owners: [{ name: 'Olive' }],
    billing: {
      frequency: 'monthly',
      currency: 'USD',
      period: { start, end },
      nextInvoiceDate: end.slice(0, 10),
      timeZone: 'UTC',
      seats: { standardLicenses: 12, additionalUsers: 3 },
    },
    payment: { label: 'Visa ending 4242' },
  }
}
