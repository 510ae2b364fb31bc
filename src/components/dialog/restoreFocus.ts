import type { ReturnFocus } from '../../data/flowStore.js'

const controls = ':is(a[href], button:not([aria-disabled]))'

/** What is around an element, from near to far; to be asked while it is in the page. */
export function placesAround(element: Element | null | undefined): Element[] {
  const parent = element?.parentElement
  return parent ? [parent, ...placesAround(parent)] : [document.documentElement]
}

/**
 * Brings focus back when the dialog has closed: to what opened it, else to what replaced that for the same add-on or to the
 * card's heading, the nearest first, else to `returnFocus`, else to the page's `main`.
 */
export function restoreFocus(
  addOnId: string,
  opener: Element | null | undefined,
  places: readonly Element[],
  returnFocus: ReturnFocus | undefined,
) {
  // Somebody else has it by now, e.g. the bank's page.
  if (document.activeElement !== document.body) return
  const surface = `[data-add-on="${CSS.escape(addOnId)}"]`
  const isNavItem = opener?.matches('[data-slot="nav-item"]')
  const replacements = [
    isNavItem ? `${surface}[data-slot="nav-item"]` : `${surface} [data-slot="card-actions"] ${controls}`,
    `${surface} [data-slot="card-title"]`,
  ]
  const candidates = [
    () => (opener === document.body ? null : opener),
    ...places.flatMap((place) => replacements.map((selector) => () => place.querySelector(selector))),
    () => (typeof returnFocus === 'function' ? returnFocus() : returnFocus),
    () => makeFocusable(document.querySelector<HTMLElement>('main, [role="main"]')),
  ]
  for (const candidate of candidates) {
    const element = candidate()
    if (!(element instanceof HTMLElement)) continue
    element.focus()
    if (document.activeElement === element) return
  }
}

function makeFocusable(element: HTMLElement | null): HTMLElement | null {
  if (element && !element.hasAttribute('tabindex')) {
    element.tabIndex = -1
    element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true })
  }
  return element
}
