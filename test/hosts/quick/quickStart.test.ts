import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { beforeAll, expect, inject, test } from 'vitest'
import { buildApp } from '../buildApp.js'
import { accents, connectBrowser, HostPage, serve } from '../HostPage.js'
import { root } from '../installApp.js'
import { run } from '../run.js'

const require = createRequire(import.meta.url)
// Beside the packages that the app has.
const folder = path.join(inject('app'), 'quickStart')

connectBrowser()

beforeAll(async () => {
  mkdirSync(folder)
  writeFileSync(
    path.join(folder, 'main.page.tsx'),
    `import { createRoot } from 'react-dom/client'
import App from './App.tsx'
createRoot(document.getElementById('root')).render(<App />)`,
  )
  writeFileSync(path.join(folder, 'App.tsx'), quickStart())
  await buildApp(folder)
})

const origin = serve(() => path.join(folder, 'dist/production'))

test.each(['bundler', 'nodenext'])('the quick start passes tsc with moduleResolution %s', (resolution) => {
  const settings = {
    compilerOptions: {
      target: 'ES2023',
      lib: ['ES2023', 'DOM', 'DOM.Iterable'],
      module: resolution === 'bundler' ? 'esnext' : 'nodenext',
      moduleResolution: resolution,
      jsx: 'react-jsx',
      strict: true,
      noUncheckedSideEffectImports: true,
      noEmit: true,
    },
    include: ['App.tsx'],
  }
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(settings))
  const tsc = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin/tsc')
  expect(run(folder, process.execPath, [tsc, '-p', folder])).toBe('')
})

test('the README’s quick start buys an add-on in the built app, and asks no other host for anything', async () => {
  const host = await HostPage.open(`${origin()}/main.html`)
  expect(await host.accent()).toBe(accents.light)
  await host.buy()
  expect(host.urls.length).toBeGreaterThan(0)
  expect(host.urls.filter((url) => /^(https?|wss?):/.test(url) && new URL(url).origin !== origin())).toEqual([])
  expect(host.complaints).toEqual([])
})

function quickStart(): string {
  const block = readFileSync(path.join(root, 'README.md'), 'utf8').match(/^```tsx\n(.*?)^```/ms)?.[1]
  if (!block) throw new Error('README.md has no ```tsx block: its first one is the quick start that this test runs.')
  return block
}
