// biome-ignore-all format: the README's own lines, to the letter
import type { HostAccount } from 'addon-kit/server'

/** An account as your database knows it; every field is checked, and a wrong one is named in your log. */
export async function accountOf(accountId: string): Promise<HostAccount | null> {
  return {
    id: accountId,
    name: 'Larkspur',
    plan: { id: 'essentials', name: 'Essentials' }, // the id is what the catalogue's `plans` go by
    purchasing: { mode: 'self-serve', adminsCanRequestQuote: false }, // or mode 'quote': Owners ask for a quote
    contacts: {
      accountManager: { name: 'Ada', email: 'ada@vendor.example' }, // for licence numbers and billing terms
      customerSuccess: { name: 'Customer success', url: 'https://vendor.example/help' },
    },
    owners: [{ name: 'Olive' }, { name: 'Otto' }], // whom Supervisors and Admins ask
    billing: {
      frequency: 'monthly', // or 'annual'
      currency: 'USD',
      period: { start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' },
      nextInvoiceDate: '2026-12-01',
      timeZone: 'Europe/Paris', // in which billing dates are read
      seats: { standardLicenses: 12, additionalUsers: 3 }, // an add-on is billed for both
    },
    payment: { label: 'Visa ending 4242' }, // null: none on file, nothing can be bought; left out: "Invoice"
  }
}
