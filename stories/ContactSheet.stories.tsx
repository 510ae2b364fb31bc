import type { Meta, StoryContext, StoryObj } from '@storybook/react-vite'
import { expect, waitFor } from 'storybook/test'
import { ContactSheet } from './contactSheet/ContactSheet.js'
import { readCells } from './contactSheet/cells.js'
import { initialGlobals } from './toolbar/menus.js'
import { readChoices, readLook } from './toolbar/Toolbar.js'

/** Every step and ending of the dialog at once, each frozen: nothing waits, asks or moves. */
const meta = {
  title: 'ContactSheet',
  component: ContactSheet,
  parameters: { layout: 'fullscreen', controls: { disable: true } },
  loaders: [async ({ globals }) => ({ rows: await readCells(readChoices(globals)) })],
  render: (size, { loaded, globals }) => <ContactSheet {...size} rows={loaded.rows} look={readLook(globals)} />,
  args: { rows: [], look: readLook(initialGlobals) },
} satisfies Meta<typeof ContactSheet>

export default meta
type Story = StoryObj<typeof meta>

/** Each picture shows the step that stands below it, and none takes the focus. */
async function allFrozen({ canvasElement }: Pick<StoryContext, 'canvasElement'>) {
  const frames = [...canvasElement.querySelectorAll('iframe')]
  await expect(frames).toHaveLength(36)
  await waitFor(() => {
    for (const { title, contentDocument, parentElement } of frames) {
      const step = contentDocument?.querySelector<HTMLElement>('dialog[open] [data-slot="step"]')
      const said = parentElement?.nextElementSibling?.textContent
      expect(`${title} ${step?.dataset.step}`).toBe(said)
      expect(step?.querySelector('h2')?.textContent).not.toBe('')
    }
  })
  await expect(document.activeElement).toBe(document.body)
}

/** As on a large screen. */
export const Wide: Story = {
  args: { width: 560, height: 700, shortHeight: 440, scale: 0.7 },
  play: allFrozen,
}

/** As on a phone of 390 × 844: the sheet. */
export const Phones: Story = {
  args: { width: 390, height: 844, shortHeight: 844, scale: 0.75 },
  play: allFrozen,
}
