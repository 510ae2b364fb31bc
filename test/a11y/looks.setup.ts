import { afterEach, expect, inject, type TestContext } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    'storybook/test-initial-globals': Record<string, unknown>
  }
  interface TestContext {
    story?: { globals: Record<string, unknown>; tags: string[] }
  }
}

// Storybook's own name for them may change: a story that was told in another look than its test says would still pass.
afterEach(({ story }: TestContext) => {
  if (story?.tags.includes('own-look')) return
  expect(story?.globals).toMatchObject(inject('storybook/test-initial-globals'))
})
