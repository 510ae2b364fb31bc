'use client'

import { type ComponentPropsWithoutRef, useLayoutEffect, useRef } from 'react'

/**
 * A box that goes when a press in it has helped. The focus that was in it goes to the surface around it; from a remark at
 * the page's foot to the next one, else to the plan tab, else to the page's `main`.
 */
export function HandsOver(props: ComponentPropsWithoutRef<'div'>) {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const going = box.current
    return () => {
      if (!going?.contains(document.activeElement)) return
      const find = (selector: string) => document.querySelector<HTMLElement>(selector)
      const next =
        going.parentElement?.closest<HTMLElement>('[data-addon-kit]') ??
        find('[data-slot="toast"]:not(:focus-within) > button') ??
        find('[data-slot="plan-tab"]') ??
        find('main')
      if (!next) return
      // A button keeps its place on the way of Tab.
      if (next.tabIndex < 0) next.tabIndex = -1
      next.focus()
    }
  }, [])
  return <div {...props} ref={box} />
}
