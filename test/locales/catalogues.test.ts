import type { Messages } from 'addon-kit'
import { ar } from 'addon-kit/locales/ar'
import { de } from 'addon-kit/locales/de'
import { es } from 'addon-kit/locales/es'
import { fr } from 'addon-kit/locales/fr'
import { ja } from 'addon-kit/locales/ja'
import { ptBR } from 'addon-kit/locales/pt-BR'
import { describe, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { en } from '../../src/messages/en.js'
import { createFormatter, directionOf, type Formatter } from '../../src/messages/format.js'

const locales: Readonly<Record<string, Messages>> = { de, fr, es, 'pt-BR': ptBR, ja, ar }

/** Texts that are the same word, or no words at all, in English and in that language. */
const sameAsEnglish: Readonly<Record<string, readonly string[]>> = {
  de: [
    'action.for',
    'contact.named',
    'nav.also',
    'field.optional',
    'review.period',
    'action.in',
    'role.admin',
    'role.supervisor',
    'role.agent',
  ],
  fr: [
    'action.for',
    'contact.named',
    'nav.also',
    'review.period',
    'request-quote.field',
    'request-feature.field',
    'role.admin',
    'role.agent',
  ],
  es: ['action.for', 'contact.named', 'nav.also', 'review.period', 'role.supervisor'],
  'pt-BR': ['action.for', 'contact.named', 'nav.also', 'review.period', 'role.supervisor'],
  ja: [],
  ar: ['review.period'],
}

/** Numbers of every plural category that any of the languages has. */
const counts = [0, 1, 2, 3, 10, 11, 21, 99, 100, 102, 1000, 1_000_000]

/** The forms of one plural, by category. */
type Forms = Parameters<Formatter['plural']>[1]

interface Written {
  text: string
  /** What stands in braces, each name once. */
  names: string[]
  plurals: Forms[]
}

/** A text of a catalogue as it is written for a number, before its parameters are put into it. */
function write(messages: Messages, key: string, count: number, locale = String(messages.lang)): Written {
  const plurals: Forms[] = []
  const real = createFormatter(locale, 'UTC')
  const format: Formatter = {
    ...real,
    plural: (number, forms) => {
      plurals.push(forms)
      return real.plural(number, forms)
    },
  }
  const message: unknown = new Map(Object.entries(messages)).get(key)
  const made: unknown =
    typeof message === 'function' ? message({ count, standard: count, additional: count }, format) : message
  const text = String(made)
  return { text, names: [...new Set(text.match(/\{\w+\}/g))].sort(), plurals }
}

/** Whether the language has a form for this number alone, which then need not name it: Arabic's dual, German's singular. */
function isAlone(locale: string, count: number): boolean {
  const rules = new Intl.PluralRules(locale)
  const category = rules.select(count)
  return [...Array(200).keys(), ...counts].every((other) => other === count || rules.select(other) !== category)
}

const keys = Object.keys(en).filter((key) => key !== 'lang')

test('the package has an entry for every catalogue', () => {
  const entries = Object.keys(manifest.exports).filter((entry) => entry.startsWith('./locales/'))
  expect(entries.sort()).toEqual(
    Object.keys(locales)
      .map((locale) => `./locales/${locale}`)
      .sort(),
  )
})

test('a script says more of the direction than a language', () => {
  expect(['en', 'en-Arab', 'ku', 'ku-Arab', 'ar-EG', 'fr-FR'].map(directionOf)).toEqual([
    'ltr',
    'rtl',
    'ltr',
    'rtl',
    'rtl',
    'ltr',
  ])
})

describe.each(Object.entries(locales))('%s', (locale, messages) => {
  const written = (key: string, count = 3) => write(messages, key, count)

  test('names its language and is written in its direction', () => {
    expect(messages.lang).toBe(locale)
    expect(directionOf(locale)).toBe(locale === 'ar' ? 'rtl' : 'ltr')
  })

  test('has exactly the texts of the English catalogue, and none of them is empty', () => {
    expect(Object.keys(messages).sort()).toEqual(Object.keys(en).sort())
    expect(keys.filter((key) => !written(key).text.trim())).toEqual([])
  })

  test('puts exactly the parameters of the English text into each, for every number', () => {
    const wrong = keys.flatMap((key) => {
      // English spells out "your one seat": what it takes is seen with other numbers.
      const wanted = write(en, key, 3, 'en').names
      return counts.flatMap((count) => {
        const { names, plurals } = written(key, count)
        const mayBeSpeltOut = plurals.length > 0 && isAlone(locale, count)
        const isRight = mayBeSpeltOut ? names.every((name) => wanted.includes(name)) : names.join() === wanted.join()
        return isRight ? [] : [`${key} (${count}): ${names} instead of ${wanted}`]
      })
    })
    expect(wrong).toEqual([])
  })

  test('has a form of its own for each plural category of its language wherever English has a plural', () => {
    const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions()
    const wrong = keys.flatMap((key) => {
      const { plurals } = written(key)
      const wanted = write(en, key, 3, 'en').plurals.map(() => [...pluralCategories].sort())
      const found = plurals.map((forms) => Object.keys(forms).sort())
      const isDistinct = plurals.every((forms) => new Set(Object.values(forms)).size === Object.keys(forms).length)
      return isDistinct && JSON.stringify(found) === JSON.stringify(wanted) ? [] : [`${key}: ${found.join(' and ')}`]
    })
    expect(wrong).toEqual([])
  })

  test('leaves no text in English', () => {
    const same = keys.filter((key) => written(key).text.replaceAll('\u00a0', ' ') === write(en, key, 3, 'en').text)
    expect(same.sort()).toEqual([...(sameAsEnglish[locale] ?? [])].sort())
  })

  test('is set with the right quotes and spaces', () => {
    const wrong = keys.filter((key) => {
      const { text } = written(key)
      if (locale === 'fr' && /(^|[^\u00a0\u202f])[;:!?»]|«(?![\u00a0\u202f])/.test(text)) return true
      // The product's own help writes its action with a plain one.
      const isNamedByHelp = locale === 'fr' && key === 'action.subscribe'
      return !isNamedByHelp && /['"]|\.\.\.| {2}|^\s|\s$/.test(text)
    })
    expect(wrong).toEqual([])
  })
})

test('French names the actions and the roles as the product’s own help does', () => {
  const { 'action.subscribe': subscribe, 'action.request-quote': quote, 'action.start-trial': trial } = fr
  expect([subscribe, quote, trial, fr['action.request-feature']]).toEqual([
    "S'abonner maintenant",
    'Demander un devis',
    'Essayer gratuitement',
    'Demander la fonctionnalité',
  ])
  expect([fr['role.owner'], fr['role.admin'], fr['role.supervisor'], fr['role.agent']]).toEqual([
    'Propriétaire',
    'Admin',
    'Superviseur',
    'Agent',
  ])
})
