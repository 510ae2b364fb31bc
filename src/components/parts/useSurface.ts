'use client'

import { useAddOnContext } from '../../data/AddOnContext.js'
import { directionOf } from '../../messages/format.js'

/** What marks the root of a surface of the kit: its theme, language and direction. */
export function useSurface() {
  const { theme, locale } = useAddOnContext()
  return { 'data-addon-kit': '', 'data-theme': theme, lang: locale, dir: directionOf(locale) } as const
}
