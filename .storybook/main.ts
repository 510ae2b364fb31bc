import type { StorybookConfig } from '@storybook/react-vite'
import { mergeConfig } from 'vite'
import { cssTarget } from '../.ci/cssTarget.js'

const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['../stories/**/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  staticDirs: [{ from: '../node_modules/msw/lib/mockServiceWorker.js', to: '/mockServiceWorker.js' }],
  features: { sidebarOnboardingChecklist: false },
  // Of the project's own settings Storybook leaves this one out.
  viteFinal: (config) => mergeConfig(config, { build: { cssTarget } }),
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
}

export default config
