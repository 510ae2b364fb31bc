import type { StorybookConfig } from '@storybook/react-vite'
import { docgen } from './docgen.js'

const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['../stories/**/*.mdx', '../stories/**/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  staticDirs: [{ from: '../node_modules/msw/lib/mockServiceWorker.js', to: '/mockServiceWorker.js' }],
  features: { sidebarOnboardingChecklist: false },
  // Storybook's own does not see through `contained()`.
  typescript: { reactDocgen: false },
  viteFinal: (config) => ({ ...config, plugins: [...(config.plugins ?? []), docgen()] }),
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
}

export default config
