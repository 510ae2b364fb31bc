'use client'

import { useAddOnContext } from '../../data/AddOnContext.js'
import { useMessages } from '../../data/useMessages.js'
import { directionOf } from '../../messages/format.js'

/** What marks the root of a surface of the kit: its theme, and the language and direction of its texts. */
export function useSurface() {
  const { theme } = useAddOnContext()
  const lang = useMessages().t('lang')
  return { 'data-addon-kit': '', 'data-theme': theme, lang, dir: directionOf(lang) } as const
}
