import type { MessageOverrides, Theme } from 'addon-kit'
import { ar } from 'addon-kit/locales/ar'
import { de } from 'addon-kit/locales/de'
import { es } from 'addon-kit/locales/es'
import { fr } from 'addon-kit/locales/fr'
import { ja } from 'addon-kit/locales/ja'
import { ptBR } from 'addon-kit/locales/pt-BR'

/** The kit's texts in each language that Storybook's toolbar offers; English needs none. */
const locales: Readonly<Record<string, MessageOverrides>> = {
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

/** The provider's props for how the toolbar wants the kit to look and to read, whoever is signed in. */
export function lookOf({ theme, locale }: { theme: Theme; locale: string }) {
  // Its amounts stay plain English, without the mark that Arabic ends them with: they are found by name.
  return { theme, messages: locales[locale], ...(locale === 'en-rtl' && { locale: 'en' }) }
}
