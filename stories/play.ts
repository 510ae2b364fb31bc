import type { StoryContext } from '@storybook/react-vite'
import { expect, screen, waitFor } from 'storybook/test'

/** The accessible names of the buttons in a story, in their order. */
export function buttonNames(canvas: StoryContext['canvas']): (string | null)[] {
  return canvas.queryAllByRole('button').map((button) => button.getAttribute('aria-label') ?? button.textContent)
}

/** Waits until the plan has arrived. */
export async function whenLoaded({ canvas, canvasElement }: Pick<StoryContext, 'canvas' | 'canvasElement'>) {
  await waitFor(() => expect(canvasElement.querySelector('[data-skeleton]')).toBeNull())
  return canvas
}

/** The dialog with this heading, once it is there and has faded in. */
export async function findDialog(name: string | RegExp): Promise<HTMLElement> {
  const dialog = await screen.findByRole('dialog', { name })
  await waitFor(() => expect(dialog).toBeVisible())
  return dialog
}

/** A button, once it takes presses: the one that buys does not in its first second. */
export async function findPressable(name: string | RegExp): Promise<HTMLElement> {
  const button = await screen.findByRole('button', { name })
  await waitFor(() => expect(button).not.toHaveAttribute('aria-disabled'), { timeout: 3000 })
  return button
}
