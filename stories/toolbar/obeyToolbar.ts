import type { DemoOptions, DemoValue, NextPurchase } from 'addon-kit/demo'
import type { StoryAccount } from '../bugs/StoryAccount.js'
import { toolbar } from './Toolbar.js'

/** The moment in which every story is told: 8 of November's 30 days are left. */
export const storyTime = () => new Date('2026-11-23T00:00:00Z')

/** How a story sets up the demo's backend. */
export interface Told extends Omit<DemoOptions, 'now' | 'store' | 'nextPurchase'> {
  nextPurchase?: NextPurchase | undefined
}

/** What the toolbar names, else what the story tells, else the demo's own; asked on each request. */
function chosenOr<T extends string | number | boolean>(
  chosen: () => T | undefined,
  told: DemoValue<T> | undefined,
  otherwise: T,
): () => T {
  return () => chosen() ?? (typeof told === 'function' ? told() : told) ?? otherwise
}

/** A story's backend, which follows the toolbar wherever that names a value. */
export function obeyToolbar(told: Told, account: StoryAccount): DemoOptions {
  const chosen = () => toolbar.current
  return {
    ...told,
    store: account.store,
    seats: account.seats ?? told.seats,
    role: chosenOr<string>(() => chosen().role, told.role, 'owner'),
    plan: chosenOr(() => chosen().plan, told.plan, 'essentials'),
    mode: chosenOr(() => chosen().mode, told.mode, 'self-serve'),
    adminsCanRequestQuote: chosenOr(
      () => chosen().adminQuotes && chosen().adminQuotes === 'on',
      told.adminsCanRequestQuote,
      false,
    ),
    frequency: chosenOr(() => chosen().frequency, told.frequency, 'monthly'),
    currency: chosenOr<string>(() => chosen().currency, told.currency, 'USD'),
    latency: chosenOr(() => (chosen().network === 'slow' ? 2000 : undefined), told.latency, 0),
    now: () => new Date(chosen().clock ?? storyTime()),
    nextPurchase: () => {
      const next = chosen().nextPurchase ?? told.nextPurchase
      // It is the next one's, not every one's.
      if (next === account.met) return undefined
      account.met = next
      return next
    },
  }
}
