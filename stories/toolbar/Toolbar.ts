import * as v from 'valibot'
import { factors, fonts, menus } from './menus.js'

/** An instant as it can stand in an address: ISO 8601 without its separators. */
const instant = v.pipe(
  v.string(),
  v.regex(/^\d{8}T\d{6}Z$/),
  v.transform((text) => text.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z')),
  v.check((text) => !Number.isNaN(Date.parse(text))),
)

/** A value that is named, or else nothing: then a story tells its own. */
const named = <T>(schema: v.GenericSchema<unknown, T>) => v.fallback(v.optional(schema), undefined)

/** What a purchase can come to. */
export const nextPurchase = v.picklist(factors.nextPurchase.values)

const choices = v.object({
  role: named(v.picklist(factors.role.values)),
  plan: named(v.picklist(factors.plan.values)),
  mode: named(v.picklist(factors.mode.values)),
  adminQuotes: named(v.picklist(factors.adminQuotes.values)),
  frequency: named(v.picklist(factors.frequency.values)),
  currency: named(v.picklist(factors.currency.values)),
  clock: named(instant),
  nextPurchase: named(nextPurchase),
  network: named(v.picklist(factors.network.values)),
})

const look = v.object({
  locale: v.picklist(menus.locale.values),
  theme: v.picklist(menus.theme.values),
  density: v.picklist(menus.density.values),
  brand: v.picklist(menus.brand.values),
  accent: v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/i)),
  radius: v.pipe(v.number(), v.minValue(0)),
  font: v.picklist(fonts.map(([value]) => value)),
})

/**
 * What the toolbar, with its panel “Account”, names of what a story's backend goes by. What is not there is as the story
 * tells it.
 */
export type Choices = v.InferOutput<typeof choices>

/** How the toolbar wants the kit to look and to read. */
export type Look = v.InferOutput<typeof look>

/** The choices, as a story is given them. */
export function readChoices(globals: unknown): Choices {
  return v.parse(choices, globals)
}

/** The toolbar's look, as a story is given it. */
export function readLook(globals: unknown): Look {
  return v.parse(look, globals)
}

/** What the toolbar names now; backends look at it on each request. */
export const toolbar: { current: Choices } = { current: {} }

/** Whether the account is another than the story's own: what is written for that one does not hold of it. */
export function isOverridden(choices: Choices): boolean {
  return Object.values(choices).some((choice) => choice !== undefined && choice !== 'normal')
}

/** Whether English names are to be found, in whichever direction. */
export function isEnglish({ locale }: Look): boolean {
  return locale === 'en' || locale === 'en-rtl'
}

/** Names whoever looks, and at what: when it changes, the kit drops all that belongs to the one before. */
export function scopeOf({ nextPurchase: _, ...choices }: Choices): string {
  return JSON.stringify(choices)
}
