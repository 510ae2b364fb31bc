import { afterEach as runAxe } from '@storybook/addon-a11y/preview'
import type { Preview } from '@storybook/react-vite'
import { untilStill } from './untilStill.js'

/** For `npm run test:a11y`: has axe look at a story as it is mounted, too, before its play function. */
export const beforeEach: Preview['beforeEach'] = (context) => {
  const { mount } = context
  context.mount = async (...args) => {
    const canvas = await mount(...args)
    await untilStill()
    await runAxe(context)
    return canvas
  }
}
