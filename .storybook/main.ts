import path from 'node:path'
import type { StorybookConfig } from '@storybook/react-vite'

const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['../stories/**/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  staticDirs: [{ from: '../node_modules/msw/lib/mockServiceWorker.js', to: '/mockServiceWorker.js' }],
  features: { sidebarOnboardingChecklist: false },
  previewAnnotations: (entries = []) =>
    process.env.A11Y === 'all' ? [...entries, path.join(import.meta.dirname, 'axeBeforePlay.ts')] : entries,
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
}

export default config
