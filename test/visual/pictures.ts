import type { viewports } from '../../stories/toolbar/menus.js'

/** How a story is looked at. */
export interface Look {
  readonly theme: 'light' | 'dark' | 'high-contrast'
  readonly locale: 'en' | 'en-rtl' | 'de' | 'ar'
  readonly viewport: keyof typeof viewports
  /** A host's theme. */
  readonly brand?: 'shadcn' | 'dark-dense'
  /** The reader's text size. */
  readonly text?: '200%'
  /** How many pixels of the page a phone's keyboard covers. */
  readonly keyboard?: 260
}

/** Stories that are looked at in the same ways. */
interface Pictures {
  readonly title:
    | 'AddOnCard'
    | 'AddOnNavItem'
    | 'Dashboard'
    | 'OwnDialog'
    | 'PlanTab'
    | 'PurchaseDialog'
    | 'RequestFeatureButton'
    | 'RoleMatrix'
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

/** In the themes of hosts, and with high contrast. */
const branded = (viewport: Look['viewport']): readonly Look[] => [
  { theme: 'light', locale: 'en', viewport, brand: 'shadcn' },
  { theme: 'dark', locale: 'en', viewport, brand: 'shadcn' },
  { theme: 'dark', locale: 'en', viewport, brand: 'dark-dense' },
  { theme: 'high-contrast', locale: 'en', viewport },
]

/** With text of twice the size. */
const enlarged = (...viewports: readonly Look['viewport'][]): readonly Look[] =>
  viewports.map((viewport) => ({ theme: 'light', locale: 'en', viewport, text: '200%' }))

const translated = (locale: 'de' | 'ar', ...viewports: readonly Look['viewport'][]): readonly Look[] =>
  viewports.map((viewport) => ({ theme: 'light', locale, viewport }))

/** What is looked at, besides each step of the dialog on its own. No story with the real time or a random reference is. */
export const pictures: readonly Pictures[] = [
  {
    title: 'AddOnCard',
    stories: ['Available', 'Trialing', 'Active', 'TeammatesAsked', 'BeingBoughtByTheViewer'],
    looks: all('small-phone', 'desktop'),
  },
  { title: 'AddOnCard', stories: ['AdminWhoMayRequestQuotes', 'Loading', 'Failed'], looks: all('small-phone') },
  { title: 'AddOnCard', stories: ['Trialing', 'Active'], looks: translated('ar', 'small-phone') },
  { title: 'AddOnCard', stories: ['Trialing'], looks: [...branded('small-phone'), ...enlarged('small-phone')] },
  { title: 'AddOnNavItem', stories: ['Locked', 'OnTrial', 'PurchaseUnderWay'], looks: all('small-phone') },
  { title: 'RequestFeatureButton', stories: ['Idle', 'AlreadySent', 'Failed'], looks: all('small-phone') },
  { title: 'PlanTab', stories: ['Owner', 'ManyStates'], looks: all('phone', 'desktop') },
  { title: 'PlanTab', stories: ['ManyStates'], looks: [...branded('desktop'), ...enlarged('phone', 'desktop')] },
  { title: 'PlanTab', stories: ['LargeValues'], looks: all('phone', 'desktop') },
  {
    title: 'PlanTab',
    stories: ['Supervisor', 'Loading', 'Failed', 'Empty', 'NoAccess'],
    looks: both('phone', 'desktop'),
  },
  { title: 'PlanTab', stories: ['ManyStates'], looks: translated('ar', 'phone', 'desktop') },
  { title: 'PlanTab', stories: ['Owner'], looks: translated('de', 'narrow', 'desktop') },
  { title: 'PurchaseDialog', stories: ['Review', 'AlreadyPurchased'], looks: all('phone', 'desktop') },
  {
    title: 'PurchaseDialog',
    stories: ['Declined', 'PriceChanged', 'Overview', 'Quote', 'Trial', 'Feature'],
    looks: both('desktop'),
  },
  { title: 'PurchaseDialog', stories: ['Review'], looks: [...branded('desktop'), ...enlarged('phone')] },
  {
    title: 'PurchaseDialog',
    stories: ['Feature'],
    looks: [
      { theme: 'light', locale: 'en', viewport: 'small-phone', keyboard: 260 },
      { theme: 'light', locale: 'en', viewport: 'phone', keyboard: 260 },
    ],
  },
  { title: 'PurchaseDialog', stories: ['Review'], looks: translated('ar', 'phone', 'desktop') },
  { title: 'PurchaseDialog', stories: ['Review'], looks: translated('de', 'small-phone') },
  { title: 'Dashboard', stories: ['BusyAccount'], looks: both('phone', 'desktop') },
  {
    title: 'OwnDialog',
    stories: ['ReviewWithConsent'],
    looks: all('phone', 'desktop').filter(({ locale }) => locale === 'en'),
  },
  { title: 'RoleMatrix', stories: ['CardsWithReasons', 'RequestButtons'], looks: both('desktop') },
]

/** The phones on which every step and ending of the dialog is looked at. */
export const phones = ['small-phone', 'phone'] as const

/** The baseline of a picture. */
export function nameOf(title: string, story: string, look: Look): string {
  const { theme, locale, viewport, brand, text, keyboard } = look
  const words = [story.replaceAll(/\W+/g, '-'), brand, theme, locale, viewport]
  return `${title}/${[...words, text && 'large-text', keyboard && 'keyboard'].filter(Boolean).join('-')}`
}
