import * as v from 'valibot'
import { createLedgerBilling } from '../../src/server/index.js'
import type { Fault, Handle } from './KitBackend.js'

type Body = Record<string, unknown>

const objectSchema = v.record(v.string(), v.unknown())

async function bodyOf(message: Request | Response): Promise<Body> {
  return v.parse(objectSchema, await message.clone().json())
}

/** A backend whose answers of a path are changed. */
function answers(segment: string, change: (body: Body) => Body): Fault {
  return {
    handle: async (handle, request) => {
      const answer = await handle(request)
      if (!request.url.endsWith(`/${segment}`) || !answer.ok) return answer
      return Response.json(change(await bodyOf(answer)), { status: answer.status })
    },
  }
}

/** A backend that mends what it is sent before it looks at it. */
function mends(change: (body: Body) => Body): Fault {
  return {
    handle: async (handle, request) => {
      if (request.method !== 'POST') return handle(request)
      const body = JSON.stringify(change(await bodyOf(request)))
      return handle(new Request(request.url, { method: 'POST', headers: request.headers, body }))
    },
  }
}

const refusal = (code: string, status: number, reason?: string) => Response.json({ code, status, reason }, { status })

async function plan(handle: Handle, { url, headers }: Request): Promise<Body> {
  const address = url.replace(/\/add-ons\/[^/]+\/[^/]+$/, '/plan')
  return bodyOf(await handle(new Request(address, { headers })))
}

/** Smaller things that go wrong, each with the groups of the contract that it concerns. */
export const slips = {
  'forgets quote requests': {
    only: ['idempotency', 'requests'],
    store: (store) => ({
      ...store,
      transaction: (account, work) =>
        store.transaction(account, (records) =>
          work({
            ...records,
            readAddOn: async (id) => ({ ...(await records.readAddOn(id)), quoteRequest: null }),
          }),
        ),
    }),
  },
  'forgets trials': {
    only: ['trial'],
    store: (store) => ({
      ...store,
      transaction: (account, work) =>
        store.transaction(account, (records) =>
          work({ ...records, readAddOn: async (id) => ({ ...(await records.readAddOn(id)), trial: null }) }),
        ),
    }),
  },
  'records a sale at the preview': {
    only: ['price lock'],
    handle: async (handle, request, backend) => {
      const answer = await handle(request)
      if (!request.url.endsWith('/purchase-previews') || !answer.ok) return answer
      const { accountId, addOnId } = await bodyOf(answer)
      await backend.store.recordSale(String(accountId), String(addOnId), { since: backend.now })
      return answer
    },
  },
  'grants what the account withholds': {
    only: ['policy', 'trial'],
    handle: async (handle, request) => {
      const answer = await handle(request)
      if (answer.status !== 403 || !/factor|no-trial/.test(await answer.clone().text())) return answer
      const { addOns } = await plan(handle, request)
      const [addOn] = v.parse(v.array(objectSchema), addOns)
      const quoteRequest = { requestedAt: '2026-03-07T10:20:30.000Z', requestedBy: 'Olive' }
      return Response.json({ addOn, quoteRequest }, { status: 201 })
    },
  },
  'answers an unknown id as forbidden': {
    only: ['tenancy', 'malformed input'],
    handle: async (handle, request) => {
      const answer = await handle(request)
      return answer.status === 404 ? refusal('forbidden', 403) : answer
    },
  },
  'refuses every POST': {
    only: ['policy'],
    handle: async (handle, request) =>
      request.method === 'POST' ? refusal('forbidden', 403, 'role') : handle(request),
  },
  'lets everybody ask for a feature': {
    only: ['policy'],
    identify: (identity, request) =>
      request.url.endsWith('/feature-requests') ? { ...identity, role: 'supervisor' } : identity,
  },
  'tells Owners nothing of the billing': {
    only: ['who is told what'],
    ...answers('plan', (body) => ({ ...body, account: { ...v.parse(objectSchema, body.account), billing: null } })),
  },
  'has another clock for previews': {
    only: ['shape'],
    ...answers('purchase-previews', (body) => ({ ...body, serverTime: '2026-03-07T11:20:30.000Z' })),
  },
  'locks a price for a day': {
    only: ['shape'],
    ...answers('purchase-previews', (body) => ({ ...body, expiresAt: '2026-03-08T10:20:30.000Z' })),
  },
  'previews other seats': {
    only: ['shape'],
    ...answers('purchase-previews', (body) => ({
      ...body,
      seats: { standardLicenses: 1, additionalUsers: 1, total: 2 },
    })),
  },
  'gives every preview the same id': {
    only: ['shape'],
    ...answers('purchase-previews', (body) => ({ ...body, previewId: 'preview' })),
  },
  'mixes currencies': {
    only: ['shape'],
    ...answers('purchase-previews', (body) => ({
      ...body,
      nextInvoice: { addOnAmount: { amount: 1, currency: 'CHF' }, date: '2026-04-01' },
    })),
  },
  'adds a cent': {
    only: ['money'],
    billing: (bank) => {
      const ledger = createLedgerBilling()
      return {
        preview: async (input) => {
          const { lines } = await ledger.preview(input)
          return {
            lines: lines.map((line) => ({ ...line, amount: { ...line.amount, amount: line.amount.amount + 1 } })),
          }
        },
        charge: (input) => bank.charge(input),
        lookup: (attemptId) => bank.lookup(attemptId),
        cancel: (attemptId) => bank.cancel(attemptId),
      }
    },
  },
  'makes up a missing key': {
    only: ['malformed input'],
    handle: (handle, request) => {
      const headers = new Headers(request.headers)
      if (!headers.has('Idempotency-Key')) headers.set('Idempotency-Key', crypto.randomUUID())
      return handle(new Request(request, { headers }))
    },
  },
  'takes silence for consent': {
    only: ['malformed input'],
    ...mends((body) => ({ ...body, ...('acceptedFinalSale' in body && { acceptedFinalSale: true }) })),
  },
  'reads an account out of a list': {
    only: ['malformed input'],
    ...mends((body) => ({ ...body, accountId: Array.isArray(body.accountId) ? body.accountId[0] : body.accountId })),
  },
  'cuts long messages': {
    only: ['malformed input'],
    ...mends((body) => ({ ...body, ...(typeof body.message === 'string' && { message: body.message.slice(0, 99) }) })),
  },
  'has no rate limit': { only: ['errors'], store: (store) => ({ ...store, countPost: async () => 0 }) },
} satisfies Record<string, Fault & { only: readonly string[] }>
