import type { Decorator, Preview } from '@storybook/react-vite'
import { setupWorker } from 'msw/browser'
import { mswLoader } from 'msw-storybook-addon/csf3'
import { configure } from 'storybook/test'
import { readToolbar, toolbar, toolbarHandlers } from '../stories/toolbar.js'
import 'addon-kit/styles.css'
import './preview.css'

// A part that loads later may take a while the first time, on a machine that does other work.
configure({ asyncUtilTimeout: 5000 })

/** Relative to the page, so that a built Storybook also works below a sub-path. */
async function startWorker() {
  const worker = setupWorker(...toolbarHandlers)
  const url = new URL(`${import.meta.env.BASE_URL}mockServiceWorker.js`, window.location.href).href
  await worker.start({ quiet: true, onUnhandledRequest: 'bypass', serviceWorker: { url } })
  return worker
}

const withCanvas: Decorator = (Story, { globals }) => (
  <div className="canvas" data-theme={readToolbar(globals).theme}>
    <Story />
  </div>
)

const preview: Preview = {
  loaders: [mswLoader(startWorker)],
  beforeEach({ globals }) {
    // Every story has a backend of its own: a purchase that another one left open is none of its business.
    for (const name of Object.keys(localStorage)) if (name.startsWith('addon-kit/')) localStorage.removeItem(name)
    toolbar.current = readToolbar(globals)
  },
  decorators: [withCanvas],
  globalTypes: {
    role: {
      description: 'Who is signed in',
      toolbar: {
        icon: 'user',
        dynamicTitle: true,
        items: [
          { value: 'owner', title: 'Owner' },
          { value: 'admin', title: 'Admin' },
          { value: 'supervisor', title: 'Supervisor' },
          { value: 'agent', title: 'Agent' },
          { value: 'contractor', title: 'Contractor (a role nobody mapped)' },
        ],
      },
    },
    plan: {
      description: "The account's plan",
      toolbar: {
        icon: 'document',
        dynamicTitle: true,
        items: [
          { value: 'essentials', title: 'Essentials' },
          { value: 'professional', title: 'Professional' },
        ],
      },
    },
    mode: {
      description: 'Purchasing mode',
      toolbar: {
        icon: 'credit',
        dynamicTitle: true,
        items: [
          { value: 'self-serve', title: 'Self-serve' },
          { value: 'quote', title: 'By quote' },
        ],
      },
    },
    adminQuotes: {
      description: 'Whether Admins may request quotes',
      toolbar: {
        icon: 'commentadd',
        dynamicTitle: true,
        items: [
          { value: 'off', title: 'Admins: no quotes' },
          { value: 'on', title: 'Admins may request quotes' },
        ],
      },
    },
    locale: {
      description: 'Language',
      toolbar: {
        icon: 'globe',
        dynamicTitle: true,
        items: [
          { value: 'en', title: 'English' },
          { value: 'de', title: 'Deutsch' },
          { value: 'fr', title: 'Français' },
          { value: 'es', title: 'Español' },
          { value: 'pt-BR', title: 'Português (Brasil)' },
          { value: 'ja', title: '日本語' },
          { value: 'ar', title: 'العربية' },
        ],
      },
    },
    theme: {
      description: 'Theme',
      toolbar: {
        icon: 'mirror',
        dynamicTitle: true,
        items: [
          { value: 'light', title: 'Light' },
          { value: 'dark', title: 'Dark' },
          { value: 'system', title: 'As the system' },
        ],
      },
    },
  },
  initialGlobals: {
    role: 'owner',
    plan: 'essentials',
    mode: 'self-serve',
    adminQuotes: 'off',
    locale: 'en',
    theme: 'light',
  },
  parameters: {
    // The theme colours the canvas.
    backgrounds: { disable: true },
    controls: { expanded: true },
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
      // axe ships its one WCAG 2.2 rule switched off.
      config: { rules: [{ id: 'target-size', enabled: true }] },
    },
  },
}

export default preview
