import type { StorybookConfig } from '@storybook/react-vite'
import { mergeConfig } from 'vite'
import { docgen } from './docgen.js'

const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['../stories/**/*.mdx', '../stories/**/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  staticDirs: [{ from: '../node_modules/msw/lib/mockServiceWorker.js', to: '/mockServiceWorker.js' }],
  features: { sidebarOnboardingChecklist: false },
  viteFinal: (config) => mergeConfig(config, { plugins: [docgen()] }),
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  // Its own does not see through `contained()`; ours does.
  typescript: { reactDocgen: false },
}

export default config
