import type { Seats } from 'addon-kit'
import type { NextPurchase } from 'addon-kit/demo'
import type { AddOnRecord } from 'addon-kit/server'
import * as v from 'valibot'
import { expectedPurchaseSchema, purchasePreviewSchema } from '../../src/protocol/schemas.js'
import { nextPurchase } from '../toolbar/Toolbar.js'

/** A mock account's whole state: what its store has recorded, and what the demo's backend has made of it. */
export interface AccountState {
  readonly records: Readonly<Record<string, AddOnRecord>>
  readonly seats?: Seats | undefined
  readonly met?: NextPurchase | undefined
}

const optional = v.exactOptional(v.string())

const record: v.GenericSchema<unknown, AddOnRecord> = v.object({
  sale: v.nullable(
    v.object({
      since: v.string(),
      by: optional,
      seats: v.exactOptional(v.number()),
      receiptUrl: optional,
      reference: optional,
    }),
  ),
  trial: v.nullable(v.object({ startedAt: v.string(), endsAt: v.string() })),
  pending: v.nullable(
    v.object({
      attemptId: v.string(),
      idempotencyKey: v.string(),
      viewerId: v.string(),
      viewerName: v.string(),
      viewerRole: v.string(),
      preview: v.pipe(v.unknown(), v.transform(purchasePreviewSchema)),
      expected: v.pipe(v.unknown(), v.transform(expectedPurchaseSchema)),
      state: v.picklist(['processing', 'action-needed']),
      action: v.exactOptional(v.looseObject({ type: v.string() })),
      startedAt: v.string(),
      leaseUntil: v.nullable(v.string()),
    }),
  ),
  quoteRequest: v.nullable(v.object({ requestedAt: v.string(), requestedBy: v.string(), message: optional })),
  featureRequests: v.array(
    v.object({
      viewerId: v.string(),
      name: v.string(),
      requestedAt: v.string(),
      askAgainAt: v.string(),
      note: optional,
    }),
  ),
  notifiedAt: v.nullable(v.string()),
})

const state: v.GenericSchema<unknown, AccountState & { storyId: string }> = v.object({
  storyId: v.string(),
  records: v.record(v.string(), record),
  seats: v.optional(v.object({ standardLicenses: v.number(), additionalUsers: v.number() })),
  met: v.optional(nextPurchase),
})

/** No longer than every browser, and every chat that a link is pasted into, can take. */
const maxLength = 6000

/**
 * An account's state in letters that Storybook lets into an address.
 * @throws RangeError where so much has happened that no address holds it.
 */
export async function writeAccount(storyId: string, account: AccountState): Promise<string> {
  const text = new Blob([JSON.stringify({ storyId, ...account })]).stream()
  const bytes = await new Response(text.pipeThrough(new CompressionStream('deflate-raw'))).bytes()
  const written = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
  if (written.length > maxLength) throw new RangeError('Too much has happened to this account for a link.')
  return written
}

/**
 * What a link says of this story's account; nothing where it is another story's.
 * @throws SyntaxError saying in words how the link is damaged.
 */
export async function parseAccount(storyId: string, written: unknown): Promise<AccountState | undefined> {
  if (written === '' || written === undefined) return undefined
  const told = v.safeParse(state, await inflate(String(written)))
  if (!told.success) {
    const [issue] = told.issues
    throw new SyntaxError(`its account has a wrong “${v.getDotPath(issue) ?? 'form'}”`)
  }
  const { storyId: of, ...account } = told.output
  return of === storyId ? account : undefined
}

async function inflate(written: string): Promise<unknown> {
  try {
    const bytes = Uint8Array.from(atob(written.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
    const text = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
    return await new Response(text).json()
  } catch (cause) {
    throw new SyntaxError('a part of it is missing or altered', { cause })
  }
}
