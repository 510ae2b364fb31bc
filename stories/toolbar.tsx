import type { Decorator, StoryContext } from '@storybook/react-vite'
import { AddOnProvider, type PurchasingMode, type Theme } from 'addon-kit'
import type { DemoPlan } from 'addon-kit/demo'
import { createAddOnHandlers, createMemoryStore } from 'addon-kit/msw'
import { lookOf } from './lookOf.js'
import { now } from './scenarios.js'

/** What Storybook's toolbar says. */
export interface Toolbar {
  role: string
  plan: DemoPlan
  mode: PurchasingMode
  adminsCanRequestQuote: boolean
  theme: Theme
  /** The language of the kit's texts. */
  locale: string
}

/** The toolbar, as a story is given it. */
export function readToolbar({ role, plan, mode, adminQuotes, theme, locale }: StoryContext['globals']): Toolbar {
  return { role, plan, mode, adminsCanRequestQuote: adminQuotes === 'on', theme, locale }
}

/** What the toolbar says now; the handlers look at it on each request. */
export const toolbar: { current: Toolbar } = {
  current: {
    role: 'owner',
    plan: 'essentials',
    mode: 'self-serve',
    adminsCanRequestQuote: false,
    theme: 'light',
    locale: 'en',
  },
}

/** The one account of everybody whom the toolbar signs in: what one has done is there when the next one looks. */
export const toolbarAccount = createMemoryStore()

/** Where the toolbar's account is served. */
export const baseUrl = '/api/add-ons'

export const toolbarHandlers = createAddOnHandlers({
  baseUrl,
  now,
  // Where the clock stands still, the minute in which posts are counted never ends.
  store: { ...toolbarAccount, countPost: () => Promise.resolve(1) },
  role: () => toolbar.current.role,
  plan: () => toolbar.current.plan,
  mode: () => toolbar.current.mode,
  adminsCanRequestQuote: () => toolbar.current.adminsCanRequestQuote,
})

/** Names the viewer: when it changes, the kit drops all that belongs to the one before. */
export function scopeOf({ theme: _theme, locale: _locale, ...viewer }: Toolbar): string {
  return Object.values(viewer).join()
}

/** Shows a story to whomever the toolbar signs in. */
export const withToolbar: Decorator = (Story, { globals }) => {
  const viewer = readToolbar(globals)
  return (
    <AddOnProvider baseUrl={baseUrl} scope={scopeOf(viewer)} {...lookOf(viewer)}>
      <Story />
    </AddOnProvider>
  )
}
