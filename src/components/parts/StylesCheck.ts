'use client'

import { useEffect } from 'react'

/** How long styles may take to load, in milliseconds. */
const patience = 1000

/** In development, says in the console that the kit's styles are missing, or that a reset beats them. */
export function StylesCheck() {
  useEffect(() => {
    const timer = setTimeout(() => {
      // Hooks alone need no styles.
      if (!document.querySelector('[data-addon-kit]:not([data-slot="live-region"])')) return
      const surface = document.createElement('div')
      const button = document.createElement('button')
      surface.hidden = true
      surface.dataset.addonKit = ''
      button.dataset.slot = 'button'
      surface.append(button)
      document.body.append(surface)
      const isStyled = getComputedStyle(surface).getPropertyValue('--_accent') !== ''
      const { borderTopWidth, paddingLeft, fontSize } = getComputedStyle(button)
      // On some screens a pixel of border is less than one.
      const isBeaten = borderTopWidth === '0px' || paddingLeft !== fontSize
      surface.remove()
      if (!isStyled) {
        console.warn("addon-kit: its styles are not on this page. Import them once: import 'addon-kit/styles.css'")
      } else if (isBeaten) {
        console.warn(
          "addon-kit: a reset on this page beats the kit's styles. Name the layers before any styles are loaded, e.g. for Tailwind 4: @layer theme, base, addon-kit, components, utilities; where the reset is in no layer: import 'addon-kit/guard.css'",
        )
      }
    }, patience)
    return () => clearTimeout(timer)
  }, [])
  return null
}
