'use client'

import { type ComponentPropsWithoutRef, useLayoutEffect, useRef } from 'react'

/** A box that goes when a press in it has helped: the focus that was in it goes to the plan tab. */
export function HandsOver(props: ComponentPropsWithoutRef<'div'>) {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const going = box.current
    const tab = going?.closest<HTMLElement>('[data-slot="plan-tab"]')
    return () => {
      if (!tab || !going?.contains(document.activeElement)) return
      tab.tabIndex = -1
      tab.focus()
    }
  }, [])
  return <div {...props} ref={box} />
}
