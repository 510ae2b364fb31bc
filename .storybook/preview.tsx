import type { Decorator, Preview } from '@storybook/react-vite'
import { setupWorker } from 'msw/browser'
import { mswLoader } from 'msw-storybook-addon/csf3'
import { configure } from 'storybook/test'
import { DamagedLink } from '../stories/bugs/DamagedLink.js'
import { openLink } from '../stories/bugs/linked.js'
import { answerManager, beginWatching } from '../stories/bugs/watched.js'
import { pageDirectionOf, themeOf } from '../stories/lookOf.js'
import { isOwnTale } from '../stories/toolbar/isOwnTale.js'
import { initialGlobals, menus, viewports } from '../stories/toolbar/menus.js'
import { followToolbarOffline } from '../stories/toolbar/network.js'
import { playOwnTaleOnly } from '../stories/toolbar/playOwnTaleOnly.js'
import { showLook } from '../stories/toolbar/showLook.js'
import { readChoices, readLook, toolbar } from '../stories/toolbar/Toolbar.js'
import { resetToolbarAccount, toolbarHandlers } from '../stories/toolbar.js'
import 'addon-kit/styles.css'
import '../stories/brands/shadcn.css'
import '../stories/brands/dark-dense.css'
import '../stories/brands/custom.css'
import '../stories/brands/high-contrast.css'
import '../stories/brands/density.css'
import './preview.css'

// A part that loads later may take a while the first time, on a machine that does other work.
configure({ asyncUtilTimeout: 5000 })

followToolbarOffline()
answerManager()

/** Relative to the page, so that a built Storybook also works below a sub-path. */
async function startWorker() {
  const worker = setupWorker(...toolbarHandlers)
  const url = new URL(`${import.meta.env.BASE_URL}mockServiceWorker.js`, window.location.href).href
  await worker.start({ quiet: true, onUnhandledRequest: 'bypass', serviceWorker: { url } })
  return worker
}

const withCanvas: Decorator = (Story, { globals, viewMode }) => {
  const look = readLook(globals)
  return (
    <div className="canvas" data-theme={themeOf(look)} dir={pageDirectionOf(look)}>
      {viewMode === 'story' && <DamagedLink />}
      <Story />
    </div>
  )
}

const preview: Preview = {
  loaders: [mswLoader(startWorker)],
  async beforeEach(context) {
    const { id, globals } = context
    // Every story has a backend of its own: a purchase that another one left open is none of its business.
    for (const name of Object.keys(localStorage)) if (name.startsWith('addon-kit/')) localStorage.removeItem(name)
    const look = readLook(globals)
    showLook(look)
    toolbar.current = readChoices(globals)
    const state = await openLink(id, globals.account)
    if (state) resetToolbarAccount(state)
    beginWatching(context)
    playOwnTaleOnly(isOwnTale(globals))
  },
  decorators: [withCanvas],
  globalTypes: menus,
  initialGlobals,
  parameters: {
    // The theme colours the canvas.
    backgrounds: { disable: true },
    controls: { expanded: true },
    viewport: { options: viewports },
    options: {
      storySort: {
        includeNames: true,
        order: [
          'Introduction',
          ['Embedding in five minutes', 'Who may do what', 'Theming', 'Writing an adapter'],
          'Dashboard',
          ['Default', '*'],
          'PlanTab',
          'AddOnCard',
          'AddOnNavItem',
          'RequestFeatureButton',
          'PurchaseDialog',
          'ContactSheet',
          'AddOnProvider',
          'OwnDialog',
          'RoleMatrix',
        ],
      },
    },
    a11y: {
      test: 'error',
      // axe ships its one WCAG 2.2 rule switched off, and those it tries out.
      config: {
        rules: ['target-size', 'label-content-name-mismatch', 'css-orientation-lock'].map((id) => ({
          id,
          enabled: true,
        })),
      },
    },
  },
}

export default preview
