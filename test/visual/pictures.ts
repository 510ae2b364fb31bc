import type { viewports } from '../../stories/toolbar/menus.js'

/** How a story is looked at. */
export interface Look {
  readonly theme: 'light' | 'dark'
  readonly locale: 'en' | 'en-rtl' | 'de' | 'ar'
  readonly viewport: keyof typeof viewports
}

/** Stories that are looked at in the same ways. */
interface Pictures {
  readonly title: 'AddOnCard' | 'AddOnNavItem' | 'Dashboard' | 'PlanTab' | 'PurchaseDialog' | 'RequestFeatureButton'
  readonly stories: readonly string[]
  readonly looks: readonly Look[]
}

/** Each theme in each direction. */
const all = (...viewports: readonly Look['viewport'][]): readonly Look[] =>
  viewports.flatMap((viewport) =>
    (['light', 'dark'] as const).flatMap((theme) =>
      (['en', 'en-rtl'] as const).map((locale) => ({ theme, locale, viewport })),
    ),
  )

/** Both themes and both directions, once each. */
const both = (...viewports: readonly Look['viewport'][]): readonly Look[] =>
  all(...viewports).filter(({ theme, locale }) => (theme === 'dark') === (locale === 'en-rtl'))

const translated = (locale: 'de' | 'ar', ...viewports: readonly Look['viewport'][]): readonly Look[] =>
  viewports.map((viewport) => ({ theme: 'light', locale, viewport }))

/** What is looked at, besides each step of the dialog on its own. No story with the real time or a random reference is. */
export const pictures: readonly Pictures[] = [
  {
    title: 'AddOnCard',
    stories: ['Available', 'Trialing', 'Active', 'TeammatesAsked', 'BeingBoughtByTheViewer'],
    looks: all('small-phone'),
  },
  { title: 'AddOnCard', stories: ['AdminWhoMayRequestQuotes', 'Loading', 'Failed'], looks: both('small-phone') },
  { title: 'AddOnCard', stories: ['Trialing', 'Active'], looks: translated('ar', 'small-phone') },
  { title: 'AddOnNavItem', stories: ['Locked', 'OnTrial', 'PurchaseUnderWay'], looks: both('small-phone') },
  { title: 'RequestFeatureButton', stories: ['Idle', 'AlreadySent', 'Failed'], looks: both('small-phone') },
  { title: 'PlanTab', stories: ['Owner', 'ManyStates'], looks: all('phone', 'desktop') },
  { title: 'PlanTab', stories: ['LargeValues'], looks: both('phone', 'desktop') },
  {
    title: 'PlanTab',
    stories: ['Supervisor', 'Loading', 'Failed', 'Empty', 'NoAccess'],
    looks: both('desktop'),
  },
  { title: 'PlanTab', stories: ['ManyStates'], looks: translated('ar', 'phone', 'desktop') },
  { title: 'PlanTab', stories: ['Owner'], looks: translated('de', 'narrow', 'desktop') },
  { title: 'PurchaseDialog', stories: ['Review', 'AlreadyPurchased'], looks: all('phone', 'desktop') },
  { title: 'PurchaseDialog', stories: ['Declined', 'PriceChanged', 'Feature'], looks: both('desktop') },
  { title: 'PurchaseDialog', stories: ['Review'], looks: translated('ar', 'phone', 'desktop') },
  { title: 'PurchaseDialog', stories: ['Review'], looks: translated('de', 'small-phone') },
  { title: 'Dashboard', stories: ['BusyAccount'], looks: both('phone', 'desktop') },
]

/** The phones on which every step and ending of the dialog is looked at. */
export const phones = ['small-phone', 'phone'] as const

/** The baseline of a picture. */
export function nameOf(title: string, story: string, { theme, locale, viewport }: Look): string {
  return `${title}/${[story.replaceAll(/\W+/g, '-'), theme, locale, viewport].join('-')}`
}
