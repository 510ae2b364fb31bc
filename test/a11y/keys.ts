import { screen, waitFor, within } from '@testing-library/react'
import { expect } from 'vitest'
import { userEvent } from 'vitest/browser'

type Role = 'button' | 'checkbox' | 'link' | 'textbox'

/** Presses Tab until something of this name has the focus, and sees at every stop on the way where the focus is. */
export async function tabTo(role: Role, name: string | RegExp): Promise<HTMLElement> {
  const target = await screen.findByRole(role, { name })
  await tabToElement(target)
  return target
}

/** The same for what has no role to be found by. */
export async function tabToElement(target: Element): Promise<void> {
  for (let stop = 0; stop < 40; stop += 1) {
    if (document.activeElement === target) return
    await userEvent.tab()
    expectVisibleFocus()
  }
  throw new Error(`Tab does not reach ${target.outerHTML.slice(0, 80)}.`)
}

/** Whatever has the focus shows it. While the browser's own controls have it, nothing in the page does. */
export function expectVisibleFocus(): void {
  const focused = document.activeElement
  if (!focused || focused === document.body) return
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(focused)
  const place = focused.outerHTML.slice(0, 80)
  expect(outlineStyle, place).not.toBe('none')
  expect(Number.parseFloat(outlineWidth), place).toBeGreaterThanOrEqual(2)
  expect(outlineColor, place).not.toMatch(/transparent|[,/] ?0\)$/)
}

/** The dialog's step with this heading, which has the focus. */
export async function findStep(name: string | RegExp): Promise<HTMLElement> {
  const dialog = await screen.findByRole('dialog', { name })
  await waitFor(() => expect(within(dialog).getByRole('heading', { name })).toHaveFocus())
  return dialog
}

/** Waits until this has the focus, and no dialog is there any more. */
export async function expectReturn(find: () => HTMLElement): Promise<void> {
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await waitFor(() => expect(find()).toHaveFocus())
}
