import type { Messages } from '../messages/Messages.js'

/** The catalogues, each a file of its own that is fetched when a page asks for its language. */
const catalogues: Record<string, () => Promise<Messages>> = {
  ar: async () => (await import('../locales/ar.js')).ar,
  de: async () => (await import('../locales/de.js')).de,
  es: async () => (await import('../locales/es.js')).es,
  fr: async () => (await import('../locales/fr.js')).fr,
  ja: async () => (await import('../locales/ja.js')).ja,
  pt: async () => (await import('../locales/pt-BR.js')).ptBR,
}

/** The texts of a locale, by its language; `undefined`, which is English, for a language that the kit does not speak. */
export async function loadMessages(locale: string | undefined): Promise<Messages | undefined> {
  try {
    return await catalogues[locale?.split('-')[0]?.toLowerCase() ?? '']?.()
  } catch (error) {
    console.error(`addon-kit: the texts of “${locale}” could not be loaded.`, error)
    return undefined
  }
}
