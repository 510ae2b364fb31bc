import type { MessageOverrides, Theme } from 'addon-kit'
import { ar } from 'addon-kit/locales/ar'
import { de } from 'addon-kit/locales/de'
import { es } from 'addon-kit/locales/es'
import { fr } from 'addon-kit/locales/fr'
import { ja } from 'addon-kit/locales/ja'
import { ptBR } from 'addon-kit/locales/pt-BR'
import { directionOf } from '../src/messages/format.js'
import type { Look } from './toolbar/Toolbar.js'

/** The kit's texts in each language that Storybook's toolbar offers; English needs none. */
const locales: Readonly<Record<Look['locale'], MessageOverrides>> = {
  en: {},
  // English in Arabic script: a right-to-left page that every reviewer, and every test, can read.
  'en-rtl': { lang: 'en-Arab' },
  de,
  fr,
  es,
  'pt-BR': ptBR,
  ja,
  ar,
}

/** The theme that the kit, and the page around it, are shown in: a dark brand has no light one. */
export function themeOf({ theme, brand }: Look): Theme {
  if (theme === 'high-contrast') return 'system'
  return brand === 'dark-dense' ? 'dark' : theme
}

/** The direction in which a host's page in the toolbar's language is written. */
export function pageDirectionOf({ locale }: Look): 'ltr' | 'rtl' {
  return directionOf(String(locales[locale].lang ?? locale))
}

/** The provider's props for how the toolbar wants the kit to look and to read, whoever is signed in. */
export function lookOf(look: Look) {
  const { locale } = look
  // Its amounts stay plain English, without the mark that Arabic ends them with: they are found by name.
  return { theme: themeOf(look), messages: locales[locale], ...(locale === 'en-rtl' && { locale: 'en' }) }
}
