import type { Seats } from 'addon-kit'
import { createMemoryStore, demoAccountId, demoAddOns, type MemoryStore, type NextPurchase } from 'addon-kit/demo'
import type { AddOnRecord } from 'addon-kit/server'
import * as v from 'valibot'
import { StoryBank } from '../StoryBank.js'
import type { AccountState } from './AccountState.js'

const seats = v.object({ standardLicenses: v.number(), additionalUsers: v.number() })
const planAnswer = v.object({ account: v.object({ billing: v.object({ seats }) }) })
const refusalAnswer = v.object({ preview: v.object({ seats }) })

/** What has become of a story's account since it began. */
export interface StoryAccount {
  readonly store: MemoryStore
  /** As they were last told, where they are not as they were. */
  seats: Seats | undefined
  /** The turn that a purchase has taken already. */
  met: NextPurchase | undefined
  /** What its bank was told on this page. */
  readonly bank: StoryBank
}

/** An account as a story begins, or as a bug link left it. */
export function createStoryAccount(
  records: Readonly<Record<string, Partial<AddOnRecord>>> = {},
  linked?: AccountState,
): StoryAccount {
  return {
    store: createMemoryStore({ [demoAccountId]: linked?.records ?? records }),
    seats: linked?.seats,
    met: linked?.met,
    bank: new StoryBank(),
  }
}

/** Everything that is recorded of an account. */
export async function readAccount({ store, seats, met }: Omit<StoryAccount, 'bank'>): Promise<AccountState> {
  const records = await store.transaction(demoAccountId, async (read) =>
    Object.fromEntries(await Promise.all(demoAddOns.map(async ({ id }) => [id, await read.readAddOn(id)] as const))),
  )
  return { records, seats, met }
}

/** Remembers the seats that an answer tells of, in a plan or in the price that has become another. */
export async function noteSeats(account: StoryAccount, response: Response): Promise<void> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined)
  const plan = v.safeParse(planAnswer, body)
  if (plan.success) account.seats = plan.output.account.billing.seats
  const refusal = v.safeParse(refusalAnswer, body)
  if (refusal.success) account.seats = refusal.output.preview.seats
}
