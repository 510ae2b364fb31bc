import path from 'node:path'
import type { StorybookConfig } from '@storybook/react-vite'
import { mergeConfig } from 'vite'
import { cssTarget } from '../.ci/cssTarget.js'
import { docgen } from './docgen.js'

const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['../stories/**/*.mdx', '../stories/**/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  staticDirs: [{ from: '../node_modules/msw/lib/mockServiceWorker.js', to: '/mockServiceWorker.js' }],
  // The toolbar's room belongs to what QA chooses.
  features: { sidebarOnboardingChecklist: false, measure: false, outline: false },
  previewAnnotations: (entries = []) =>
    process.env.A11Y === 'all' ? [...entries, path.join(import.meta.dirname, 'axeBeforePlay.ts')] : entries,
  // Of the project's own settings Storybook leaves this one out.
  viteFinal: (config) => mergeConfig(config, { build: { cssTarget }, plugins: [docgen()] }),
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  // Its own does not see through `contained()`; ours does.
  typescript: { reactDocgen: false },
}

export default config
