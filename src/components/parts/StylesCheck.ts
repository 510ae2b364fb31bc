'use client'

import { useEffect } from 'react'

/** How long styles may take to load, in milliseconds. */
const patience = 1000

/** In development, says in the console that the kit's styles are missing, or that a reset beats them. */
export function StylesCheck() {
  useEffect(() => {
    const timer = setTimeout(() => {
      const region = document.querySelector('[data-addon-kit][data-slot="live-region"]')
      // Hooks alone need no styles.
      if (!region || !document.querySelector('[data-addon-kit]:not([data-slot="live-region"])')) return
      // No host can give this part a class name: what it looks like is what the stylesheet says, or somebody's reset.
      const { position, marginTop } = getComputedStyle(region)
      if (position !== 'absolute') {
        console.warn("addon-kit: its styles are not on this page. Import them once: import 'addon-kit/styles.css'")
      } else if (marginTop !== '-1px') {
        console.warn(
          "addon-kit: a reset on this page beats the kit's styles. Name the layers before any styles are loaded, e.g. for Tailwind 4: @layer theme, base, addon-kit, components, utilities; where the reset is in no layer: import 'addon-kit/guard.css'",
        )
      }
    }, patience)
    return () => clearTimeout(timer)
  }, [])
  return null
}
