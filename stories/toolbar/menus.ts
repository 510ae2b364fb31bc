type Titles = readonly (readonly [value: string, title: string])[]

/** What a story's backend goes by: the story's own affair until the panel “Account” names a value. */
function factor<const T extends Titles>(label: string, description: string, titles: T) {
  return { label, description, titles, values: titles.map(([value]): T[number][0] => value) }
}

/** The panel “Account”: who looks, at which account, when, and over which network. */
export const factors = {
  role: factor('Role', 'Who is signed in', [
    ['owner', 'Owner'],
    ['admin', 'Admin'],
    ['supervisor', 'Supervisor'],
    ['agent', 'Agent'],
    ['contractor', 'Contractor (a role nobody mapped)'],
  ]),
  plan: factor('Plan', 'The account’s plan', [
    ['essentials', 'Essentials'],
    ['professional', 'Professional'],
  ]),
  mode: factor('Purchasing mode', 'Whether the account buys by itself or asks sales', [
    ['self-serve', 'Self-serve'],
    ['quote', 'By quote'],
  ]),
  adminQuotes: factor('Quotes for Admins', 'Whether Admins may request quotes', [
    ['off', 'Admins request no quotes'],
    ['on', 'Admins may request quotes'],
  ]),
  frequency: factor('Frequency', 'Billing frequency', [
    ['monthly', 'Monthly'],
    ['annual', 'Annual'],
  ]),
  currency: factor('Currency', 'Billing currency', [
    ['USD', 'US dollars'],
    ['EUR', 'Euros'],
    ['JPY', 'Yen (no minor units)'],
    ['KWD', 'Kuwaiti dinars (three decimals)'],
  ]),
  clock: factor('Clock', 'The present instant', [
    ['20261130T235900Z', 'A minute before the month ends'],
    ['20261201T000000Z', 'The next month has begun'],
    ['20261204T120000Z', 'The last day of a trial under way'],
    ['20261205T120000Z', 'The day after that trial'],
    ['20261231T235900Z', 'A minute before the year ends'],
  ]),
  nextPurchase: factor('Next purchase', 'What the next purchase comes to', [
    ['declined', 'Declined'],
    ['price-changed', 'Price changed'],
    ['expired', 'Expired'],
    ['action-needed', 'Action needed'],
    ['processing', 'Processing'],
    ['lost-answer', 'Lost answer'],
    ['bought-by-other', 'Bought by another Owner'],
  ]),
  network: factor('Network', 'What becomes of every request', [
    ['normal', 'Normal'],
    ['slow', 'Slow'],
    ['offline', 'Offline'],
    ['forbidden', '403 to everything'],
    ['outage', '500 to everything'],
    ['malformed', 'Malformed answers'],
  ]),
}

/** One of Storybook's toolbar menus, and the values it names. */
function menu<const T extends Titles, const Icon extends string>(
  title: string,
  icon: Icon,
  titles: T,
  description = title,
) {
  const items = titles.map(([value, title]) => ({ type: 'item' as const, value, title }))
  return {
    description,
    toolbar: { icon, title, dynamicTitle: true, items },
    values: titles.map(([value]): T[number][0] => value),
  }
}

/** Storybook's toolbar: how the kit looks and reads. */
export const menus = {
  locale: menu(
    'Language',
    'globe',
    [
      ['en', 'English'],
      ['de', 'Deutsch'],
      ['fr', 'Français'],
      ['es', 'Español'],
      ['pt-BR', 'Português (Brasil)'],
      ['ja', '日本語'],
      ['ar', 'العربية (right to left)'],
      ['en-rtl', 'Layout check (RTL)'],
    ],
    'Language; the layout check is pseudo: English text from right to left',
  ),
  theme: menu('Theme', 'mirror', [
    ['light', 'Light'],
    ['dark', 'Dark'],
    ['system', 'System theme'],
    ['high-contrast', 'High contrast'],
  ]),
  density: menu('Density', 'listunordered', [
    ['brand', 'Brand’s density'],
    ['comfortable', 'Comfortable'],
    ['compact', 'Compact'],
  ]),
  brand: menu(
    'Brand',
    'paintbrush',
    [
      ['plain', 'Plain brand'],
      ['shadcn', 'shadcn-like'],
      ['dark-dense', 'Dark and dense'],
      ['custom', 'Custom brand'],
    ],
    'Brand; the custom one is made in the panel “Brand”',
  ),
}

/** The fonts of the custom brand. */
export const fonts = [
  ['sans', 'The system’s'],
  ['serif', 'Serif'],
  ['mono', 'Monospaced'],
  ['rounded', 'Rounded'],
] as const

/** Before anybody has touched anything; below the factors and the menus, what other places set. */
export const initialGlobals = {
  role: 'story',
  plan: 'story',
  mode: 'story',
  adminQuotes: 'story',
  frequency: 'story',
  currency: 'story',
  clock: 'story',
  nextPurchase: 'story',
  network: 'story',
  locale: 'en',
  theme: 'light',
  density: 'brand',
  brand: 'plain',
  // The panel “Brand”.
  accent: '#8b5cf6',
  radius: 6,
  font: 'serif',
  // A bug link.
  account: '',
}

const size = (name: string, width: number, height: number) => ({
  name,
  styles: { width: `${width}px`, height: `${height}px` },
})

/** The widths that the kit is looked at in. */
export const viewports = {
  narrow: size('Narrowest', 320, 800),
  'small-phone': size('Small phone', 320, 568),
  phone: size('Phone', 390, 844),
  tablet: size('Tablet', 768, 1024),
  laptop: size('Laptop', 1024, 768),
  desktop: size('Desktop', 1280, 800),
  wide: size('Wide', 1600, 1000),
}
