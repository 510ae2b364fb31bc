import '@fontsource-variable/inter/standard.css'
import '@fontsource-variable/noto-sans-arabic/wght.css'
import { composeStories, composeStory, setProjectAnnotations } from '@storybook/react-vite'
import { render } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import preview from '../../.storybook/preview.js'
import { untilStill } from '../../.storybook/untilStill.js'
import * as AddOnCard from '../../stories/AddOnCard.stories.js'
import * as AddOnNavItem from '../../stories/AddOnNavItem.stories.js'
import { readCells } from '../../stories/contactSheet/cells.js'
import { Frame } from '../../stories/contactSheet/Frame.js'
import { FrozenDialog } from '../../stories/contactSheet/FrozenDialog.js'
import * as Dashboard from '../../stories/Dashboard.stories.js'
import * as OwnDialog from '../../stories/OwnDialog.stories.js'
import * as PlanTab from '../../stories/PlanTab.stories.js'
import * as PurchaseDialog from '../../stories/PurchaseDialog.stories.js'
import * as RequestFeatureButton from '../../stories/RequestFeatureButton.stories.js'
import * as RoleMatrix from '../../stories/RoleMatrix.stories.js'
import { initialGlobals, viewports } from '../../stories/toolbar/menus.js'
import { readLook } from '../../stories/toolbar/Toolbar.js'
import { nameOf, phones, pictures } from './pictures.js'
import './pictures.css'

setProjectAnnotations(preview)

// A story stays until the next one loads, and would move or cover what is not one.
const nothing = composeStory({ render: () => <></> }, {})
afterEach(async () => {
  document.documentElement.style.removeProperty('font-size')
  if (window.visualViewport) Reflect.deleteProperty(window.visualViewport, 'height')
  await nothing.load()
})

const modules = {
  AddOnCard,
  AddOnNavItem,
  Dashboard,
  OwnDialog,
  PlanTab,
  PurchaseDialog,
  RequestFeatureButton,
  RoleMatrix,
}

const told = pictures.flatMap(({ title, stories, looks }) =>
  stories.flatMap((story) => looks.map((look) => ({ title, story, look, name: nameOf(title, story, look) }))),
)

// What a step has sent stays sent: each phone has its own.
const frozen = (
  await Promise.all(
    phones.map(async (viewport) =>
      (
        await readCells({})
      ).flatMap(({ cells }) =>
        cells.map((cell) => ({
          ...{ cell, viewport },
          name: nameOf('ContactSheet', cell.name, { theme: 'light', locale: 'en', viewport }),
        })),
      ),
    ),
  )
).flat()

for (const { title, story, look, name } of told) {
  test(`${title}/${story} looks as in ${name}`, async () => {
    const { theme, locale, viewport, brand = 'plain', text, keyboard } = look
    const { width, height } = sizeOf(viewport)
    await page.viewport(width, height)
    if (text) document.documentElement.style.fontSize = text
    const stories: Record<string, ReturnType<typeof composeStory> | undefined> = composeStories(modules[title], {
      initialGlobals: { theme, locale, brand },
    })
    const Story = stories[story]
    if (!Story) throw new Error(`There is no story ${title}/${story}.`)
    document.body.dataset.layout = Story.parameters.layout
    if (locale === 'en' || locale === 'en-rtl') {
      await Story.run()
    } else {
      // Play functions are written in English.
      await Story.load()
      render(<Story />)
    }
    if (keyboard) cover(keyboard)
    await untilStill()
    const isModal = document.querySelector('dialog[open]') !== null
    if (isModal) await whenPressable()
    else await page.viewport(width, document.documentElement.scrollHeight)
    await expectPicture(document.body, name)
  })
}

for (const { cell, viewport, name } of frozen) {
  test(`ContactSheet’s “${cell.name}” looks as in ${name}`, async () => {
    const size = sizeOf(viewport)
    await page.viewport(size.width, size.height)
    const { container } = render(
      <Frame title={cell.name} theme="light" scale={1} {...size}>
        {(body) => <FrozenDialog {...cell} look={readLook(initialGlobals)} container={body} />}
      </Frame>,
    )
    const frame = container.querySelector('iframe')
    if (!frame) throw new Error('There is no frame.')
    await vi.waitFor(() => {
      const step = frame.contentDocument?.querySelector<HTMLElement>('dialog[open] [data-slot="step"]')
      expect(step?.dataset.step).toBe(cell.step)
    })
    await expectPicture(frame, name)
  })
}

test('every baseline is of a picture that is taken', () => {
  const baselines = Object.keys(import.meta.glob('./baselines/**/*.png')).map((file) => file.slice(12, -4))
  const taken = [...told, ...frozen].map(({ name }) => name)
  expect(baselines.filter((name) => !taken.includes(name))).toEqual([])
})

async function expectPicture(element: HTMLElement, name: string) {
  const { fonts } = (element instanceof HTMLIFrameElement && element.contentDocument) || document
  await fonts.ready
  await expect.element(page.elementLocator(element)).toMatchScreenshot(name)
}

function sizeOf(viewport: keyof typeof viewports) {
  const { width, height } = viewports[viewport].styles
  return { width: Number.parseInt(width, 10), height: Number.parseInt(height, 10) }
}

/** Opens a phone's keyboard, which covers the page without making it smaller. */
function cover(pixels: number) {
  const view = window.visualViewport
  if (!view) throw new Error('There is no visual viewport.')
  Object.defineProperty(view, 'height', { configurable: true, value: window.innerHeight - pixels })
  view.dispatchEvent(new Event('resize'))
}

/** The button that buys takes no presses in its first second, and looks it. */
async function whenPressable() {
  await vi.waitFor(
    () => expect(document.querySelector('[data-slot="dialog-actions"] [aria-disabled]')).toBeNull(),
    5000,
  )
}
