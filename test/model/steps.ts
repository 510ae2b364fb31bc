import fc from 'fast-check'
import type { BankMood } from '../server/FakeBilling.js'
import type { Person, Role } from './Shop.js'
import type { Fault } from './World.js'

const second = 1000
const minute = 60 * second
const day = 24 * 60 * minute

/** What differs between runs from their beginning. */
export interface Setup {
  /** Browsers without Web Locks exist. */
  readonly hasLocks: boolean
  readonly isStrict: boolean
  /** How many tabs are open to begin with. */
  readonly tabs: number
  /** The first tab shows a price to begin with. */
  readonly isPriced: boolean
  /** What the bank does until it is told otherwise. */
  readonly mood: BankMood
  /** The host shows the bank's questions. */
  readonly asksPerson: boolean
  /** By how much the first browser's clock is wrong, in milliseconds. */
  readonly skew: number
  /** What the bank decides in the end about what it left open. */
  readonly isPaidInTheEnd: boolean
  /** Whoever lost a role has it back in the end. */
  readonly isPromotedInTheEnd: boolean
}

/** One thing that happens. Tabs 0 and 1 are of one browser, Olive's; tab 2 is of another, Otto's. */
export type Step =
  | {
      readonly do:
        | 'cancel'
        | 'open tab'
        | 'close tab'
        | 'reopen tab'
        | 'leave page'
        | 'come back to page'
        | 'look at tab'
        | 'back from cache'
        | 'expire preview'
        | 'person finishes'
        | 'person fails'
        | 'person abandons'
      readonly tab: number
    }
  /** Something goes wrong on the way with what this press sends. */
  | { readonly do: 'click' | 'double click'; readonly tab: number; readonly fault: Fault | undefined }
  | { readonly do: 'press'; readonly tab: number; readonly which: number }
  | { readonly do: 'go offline' | 'go online' | 'sign out' | 'sign in'; readonly device: number }
  | { readonly do: 'sign in as'; readonly device: number; readonly who: Person }
  | { readonly do: 'fault'; readonly fault: Fault; readonly on: 'purchase' | 'any' }
  | { readonly do: 'deliver'; readonly which: number }
  | { readonly do: 'other Owner buys' | 'replay' | 'bank pays' | 'bank declines' | 'bank holds' | 'bank releases' }
  | { readonly do: 'price'; readonly price: number }
  | { readonly do: 'seats'; readonly count: number }
  | { readonly do: 'mode'; readonly isQuote: boolean; readonly adminsMayAsk: boolean }
  | { readonly do: 'role'; readonly who: Person; readonly role: Role }
  | { readonly do: 'wait'; readonly milliseconds: number }
  | { readonly do: 'mood'; readonly mood: BankMood }
  | { readonly do: 'bank down'; readonly lookup: boolean; readonly cancel: boolean }

const tab = fc.constantFrom(0, 0, 0, 0, 1, 1, 2, 2)
const device = fc.constantFrom(0, 0, 1)
const who = fc.constantFrom<Person>('olive', 'olive', 'otto')
const which = fc.nat(3)

const fault = fc.constantFrom<Fault>(
  'lose request',
  'lose answer',
  'delay request',
  'delay answer',
  'unavailable',
  'garble answer',
  'fail after',
)
const mood = fc.constantFrom<BankMood>(
  'paid',
  'paid',
  'paid',
  'processing',
  'action-needed',
  'action-needed',
  'action-needed',
  'action-needed',
  'declined',
  'none',
  'throw-before',
  'throw-after',
)

export const setups: fc.Arbitrary<Setup> = fc.record({
  hasLocks: fc.boolean(),
  isStrict: fc.boolean(),
  tabs: fc.constantFrom(1, 2, 3),
  isPriced: fc.boolean(),
  mood,
  asksPerson: fc.constantFrom(true, true, true, false),
  skew: fc.constantFrom(0, 0, day, -day),
  isPaidInTheEnd: fc.boolean(),
  isPromotedInTheEnd: fc.boolean(),
})

/** Each thing as often as it is worth among the others. */
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 36,
    arbitrary: fc.record({
      do: fc.constantFrom('click', 'click', 'click', 'double click'),
      tab,
      fault: fc.option(fault, { nil: undefined, freq: 2 }),
    }),
  },
  { weight: 12, arbitrary: fc.record({ do: fc.constant('press'), tab, which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cancel'), tab }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom('open tab', 'close tab', 'reopen tab', 'reopen tab', 'leave page', 'come back to page'),
      tab,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('look at tab', 'back from cache'), tab }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('fault'), fault, on: fc.constantFrom('purchase', 'any') }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('deliver'), which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('go offline', 'go online', 'go online'), device }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('sign out', 'sign in', 'sign in'), device }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sign in as'), device, who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('other Owner buys', 'replay') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('price'), price: fc.constantFrom(1500, 1700, 0) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('seats'), count: fc.integer({ min: 1, max: 20 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('mode'), isQuote: fc.boolean(), adminsMayAsk: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('role'),
      who,
      role: fc.constantFrom<Role>('owner', 'owner', 'admin', 'supervisor', 'agent'),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('wait'),
      milliseconds: fc.constantFrom(
        1,
        second,
        1100,
        4 * second,
        35 * second,
        65 * second,
        16 * minute,
        31 * minute,
        day,
        31 * day,
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('expire preview'), tab }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('mood'), mood }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('bank down'), lookup: fc.boolean(), cancel: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('bank pays', 'bank pays', 'bank declines', 'bank holds', 'bank releases', 'bank releases'),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constantFrom('person finishes', 'person finishes', 'person fails', 'person abandons'),
      tab,
    }),
  },
)

/** What happens in one run. Without bias: short runs, and the same again and again, reach little. */
export const steps: fc.Arbitrary<Step[]> = fc.noBias(fc.array(step, { minLength: 1, maxLength: 60, size: 'max' }))
