import type { ReturnFocus } from '../../data/flowStore.js'

const controls = ':is(a[href], button:not([aria-disabled]))'

/**
 * Brings focus back when the dialog has closed: to what opened it, else to what replaced that for the same add-on, else
 * to the card's heading, else to `returnFocus`, else to the page's `main`.
 */
export function restoreFocus(
  addOnId: string,
  opener: Element | null | undefined,
  returnFocus: ReturnFocus | undefined,
) {
  // Somebody else has it by now, e.g. the bank's page.
  if (document.activeElement !== document.body) return
  const surface = `[data-add-on="${CSS.escape(addOnId)}"]`
  const isNavItem = opener?.matches('[data-slot="nav-item"]')
  const find = (selector: string) => document.querySelector<HTMLElement>(selector)
  const candidates = [
    () => (opener === document.body ? null : opener),
    () => find(isNavItem ? `${surface}[data-slot="nav-item"]` : `${surface} [data-slot="card-actions"] ${controls}`),
    () => find(`${surface} [data-slot="card-title"]`),
    () => (typeof returnFocus === 'function' ? returnFocus() : returnFocus),
    () => makeFocusable(find('main, [role="main"]')),
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
