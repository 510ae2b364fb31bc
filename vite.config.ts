import { createReadStream } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import type { BuildEnvironmentOptions, Plugin } from 'vite'
import type { ProvidedContext } from 'vitest'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import type { BrowserInstanceOption } from 'vitest/node'
import { chromiumArgs, findChromium } from './.ci/chromium.js'
import { cssTarget } from './.ci/cssTarget.js'
import manifest from './package.json' with { type: 'json' }

const root = import.meta.dirname
const require = createRequire(import.meta.url)

/** The entry that pages without a bundler take. */
const elementEntry = manifest.exports['./element'].default

/** How stories are looked at: `npm test` takes the first two of them, `npm run test:a11y` all. */
const looks = [
  { name: 'stories, light, left to right', globals: { theme: 'light', locale: 'en' } },
  { name: 'stories, dark, right to left', globals: { theme: 'dark', locale: 'en-rtl' } },
  { name: 'stories, light, right to left', globals: { theme: 'light', locale: 'en-rtl' } },
  { name: 'stories, dark, left to right', globals: { theme: 'dark', locale: 'en' } },
  { name: 'stories, like shadcn, light', globals: { brand: 'shadcn', theme: 'light', locale: 'en' } },
  { name: 'stories, like shadcn, dark', globals: { brand: 'shadcn', theme: 'dark', locale: 'en' } },
  { name: 'stories, dark and dense', globals: { brand: 'dark-dense', theme: 'dark', locale: 'en' } },
  { name: 'stories, high contrast', globals: { theme: 'high-contrast', locale: 'en' } },
]

export default defineConfig(async ({ mode }) => ({
  plugins: [react()],
  resolve: {
    // Tests, stories and the README import the kit by its name, as a host does.
    alias: [
      { find: /^addon-kit$/, replacement: path.join(root, 'src/index.ts') },
      { find: /^addon-kit\/(.+\.css)$/, replacement: path.join(root, 'src/styles/$1') },
      { find: /^addon-kit\/(locales\/.+)$/, replacement: path.join(root, 'src/$1.ts') },
      { find: /^addon-kit\/(.+)$/, replacement: path.join(root, 'src/$1/index.ts') },
    ],
  },
  // A package found only while tests run makes Vite reload the page under them.
  optimizeDeps: {
    include: [
      '@guidepup/virtual-screen-reader',
      '@storybook/addon-a11y/preview',
      '@tanstack/react-query',
      '@testing-library/react',
      '@testing-library/user-event',
      'axe-core',
      'fast-check',
      'msw',
      'msw/browser',
      'react',
      'react-dom',
      'react-dom/client',
      'react-dom/server.browser',
      'react/jsx-dev-runtime',
      'react/jsx-runtime',
      'valibot',
    ],
  },
  build: mode === 'element' ? elementBuild() : libraryBuild(),
  ...(mode === 'element' && { base: './', define: { 'process.env.NODE_ENV': '"production"' } }),
  // Loading Storybook for its test project takes seconds that a build need not spend.
  test: mode === 'test' ? { projects: await testProjects() } : {},
}))

/** One file per module: only so does each keep its own `"use client"`. */
function libraryBuild(): BuildEnvironmentOptions {
  const outside = Object.keys(manifest.peerDependencies)
  return {
    target: 'es2022',
    cssTarget,
    minify: false,
    copyPublicDir: false,
    // Each stylesheet entry becomes one file of its own, with no script beside it.
    cssCodeSplit: true,
    lib: { entry: entries(), formats: ['es'] },
    rolldownOptions: {
      external: new RegExp(`^(node:|(${outside.join('|')})(/|$))`),
      output: { preserveModules: true, preserveModulesRoot: 'src' },
    },
  }
}

/** The custom elements, for pages without a bundler: React and all is in them, and what is not needed at once comes later. */
function elementBuild(): BuildEnvironmentOptions {
  return {
    target: 'es2022',
    copyPublicDir: false,
    // Beside the library, which was built before.
    emptyOutDir: false,
    modulePreload: false,
    rolldownOptions: {
      input: { index: path.join(root, 'src/element/index.ts') },
      // A page that asks for `index.js?v=2` must not get all of it twice, once more by what comes later.
      preserveEntrySignatures: 'strict',
      output: {
        dir: 'dist/element',
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
      },
    },
  }
}

/** The entries and programs of package.json: `./dist/server/index.js` is built from `src/server/index.ts`. */
function entries(): Record<string, string> {
  const entryFiles = Object.values(manifest.exports).flatMap((target) =>
    typeof target === 'string' ? [] : [target.default],
  )
  // Bundled for itself.
  const files = [...entryFiles, ...Object.values(manifest.bin)].filter((file) => file !== elementEntry)
  return Object.fromEntries(
    files.map((file) => {
      const { dir, name, ext } = path.posix.parse(path.posix.relative('dist', file))
      const entry = path.posix.join(dir, name)
      return [entry, ext === '.css' ? `src/styles/${entry}.css` : `src/${entry}.ts`]
    }),
  )
}

async function testProjects(): Promise<TestProjectInlineConfiguration[]> {
  const executablePath = await findChromium()
  // A factory: two projects that share one browser object fail as nested projects. Most run in a group of their own:
  // too many pages at once on two cores make tests time out.
  const browser = (args: readonly string[] = [], viewport?: { width: number; height: number }) => ({
    enabled: true,
    headless: true,
    screenshotFailures: false,
    provider: playwright({
      launchOptions: { args: [...chromiumArgs, ...args], ...(executablePath && { executablePath }) },
      ...(viewport && { contextOptions: { viewport } }),
    }),
    instances: [{ browser: 'chromium' as const }],
  })
  return [
    {
      extends: true,
      test: {
        name: 'node',
        include: ['test/**/*.test.ts'],
        exclude: [
          'test/package/**',
          'test/hosts/**',
          'test/faults/**',
          'test/storybook/**',
          'test/**/*.browser.test.*',
        ],
        // By itself Vitest leaves one core to itself, and there may be two.
        maxWorkers: availableParallelism(),
      },
    },
    {
      extends: true,
      plugins: [serviceWorker()],
      test: {
        name: 'browser',
        include: ['test/**/*.browser.test.tsx'],
        exclude: ['test/model/**', 'test/visual/**'],
        setupFiles: ['test/browser.setup.ts'],
        browser: browser(),
        // Most of what these tests do is to wait: a price takes no presses in its first second.
        maxWorkers: 3,
        sequence: { groupOrder: 1 },
      },
    },
    {
      extends: true,
      plugins: [serviceWorker(), storybookTest({ configDir: path.join(root, '.storybook') })],
      test: {
        name: 'storybook',
        setupFiles: ['test/a11y/looks.setup.ts'],
        browser: { ...browser(), instances: storyInstances() },
        sequence: { groupOrder: 2 },
      },
    },
    {
      extends: true,
      plugins: [serviceWorker()],
      optimizeDeps: {
        include: ['@storybook/react-vite', 'msw-storybook-addon/csf3', 'storybook/preview-api', 'storybook/test'],
      },
      test: {
        name: 'visual',
        include: ['test/visual/**/*.browser.test.tsx'],
        setupFiles: ['test/browser.setup.ts'],
        browser: {
          // A frame that is larger than its page is shrunk.
          ...browser(['--disable-lcd-text', '--font-render-hinting=none'], { width: 1280, height: 4000 }),
          expect: {
            toMatchScreenshot: {
              // Two runs of one Chromium differ by nothing; what is smoothed is most of a text, and is compared, too.
              comparatorOptions: { threshold: 0.004, includeAA: true, allowedMismatchedPixels: 0 },
              resolveScreenshotPath: ({ arg }) => path.join(root, `test/visual/baselines/${arg}.png`),
              resolveDiffPath: ({ arg }) => path.join(root, `reports/visual/${arg}.png`),
            },
          },
        },
        testTimeout: 15_000,
        sequence: { groupOrder: 2 },
      },
    },
    {
      extends: true,
      test: {
        name: 'model',
        include: ['test/model/**/*.browser.test.tsx'],
        browser: browser(),
        // Beside the faults, which wait for most of their time: a group has one number of workers.
        maxWorkers: 3,
        sequence: { groupOrder: 4 },
        provide: { model: modelOptions() },
      },
    },
    {
      extends: true,
      test: {
        name: 'faults',
        include: ['test/faults/**/*.test.ts'],
        globalSetup: ['test/faults/setup.ts'],
        testTimeout: 60_000,
        maxWorkers: 3,
        // Loading Playwright takes longer than many a test.
        isolate: false,
        sequence: { groupOrder: 4 },
      },
    },
    {
      test: {
        name: 'storybook-build',
        include: ['test/storybook/**/*.test.ts'],
        testTimeout: 240_000,
        hookTimeout: 240_000,
      },
    },
    {
      test: {
        name: 'package',
        include: ['test/package/**/*.test.ts'],
        testTimeout: 120_000,
      },
    },
    {
      test: {
        name: 'hosts',
        include: ['test/hosts/**/*.test.ts'],
        globalSetup: ['test/hosts/setup.ts'],
        testTimeout: 120_000,
        hookTimeout: 240_000,
        // Each builds, serves or looks: two at once on two cores only take turns.
        maxWorkers: 1,
        isolate: false,
        sequence: { groupOrder: 6 },
      },
    },
  ]
}

/** Stories wait more than they work, so two looks at once take little longer than one; four would time out. */
function storyInstances(): BrowserInstanceOption[] {
  return looks.slice(0, process.env.A11Y === 'all' ? looks.length : 2).map(({ name, globals }, index) => ({
    browser: 'chromium',
    name,
    // Two projects with `storybookTest({ initialGlobals })` would load Storybook twice.
    provide: { 'storybook/test-initial-globals': globals },
    sequence: { groupOrder: 2 + 10 * Math.floor(index / 2) },
  }))
}

/** How many runs the model makes, or which one it makes again: what `npm run test:model` was given. */
function modelOptions(): ProvidedContext['model'] {
  const { MODEL_RUNS = '300', MODEL_SEED, MODEL_PATH } = process.env
  return {
    runs: Number(MODEL_RUNS),
    ...(MODEL_SEED && { seed: Number(MODEL_SEED) }),
    ...(MODEL_PATH && { path: MODEL_PATH }),
  }
}

/** Storybook's test plugin serves folders only, not the one file that `staticDirs` names. */
function serviceWorker(): Plugin {
  const file = require.resolve('msw/mockServiceWorker.js')
  return {
    name: 'addon-kit:service-worker',
    configureServer(server) {
      server.middlewares.use('/mockServiceWorker.js', (_request, response) => {
        response.setHeader('content-type', 'text/javascript')
        createReadStream(file).pipe(response)
      })
    },
  }
}
