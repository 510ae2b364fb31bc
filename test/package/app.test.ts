import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import react from '@vitejs/plugin-react'
import { type Browser, chromium, type Page } from 'playwright'
import { build, type InlineConfig, type PreviewServer, preview } from 'vite'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { chromiumArgs, findChromium } from '../../.ci/chromium.js'
import manifest from '../../package.json' with { type: 'json' }

const root = path.resolve(import.meta.dirname, '../..')
const require = createRequire(import.meta.url)
const app = mkdtempSync(path.join(os.tmpdir(), 'addon-kit-app-'))

let server: PreviewServer
let browser: Browser

beforeAll(async () => {
  writeApp(pack())
  npm(app, 'install', '--prefer-offline', '--ignore-scripts')
  // The tests' own NODE_ENV would bring React's development build.
  vi.stubEnv('NODE_ENV', 'production')
  const shared: InlineConfig = { root: app, configFile: false, logLevel: 'warn', plugins: [react()] }
  await build(shared)
  server = await preview({ ...shared, preview: { host: '127.0.0.1', port: 0 } })
  const executablePath = await findChromium()
  browser = await chromium.launch({ args: chromiumArgs, ...(executablePath && { executablePath }) })
})

afterAll(async () => {
  vi.unstubAllEnvs()
  await browser?.close()
  await server?.close()
  rmSync(app, { recursive: true, force: true })
})

test.each(['bundler', 'nodenext'])('the quick start passes tsc with moduleResolution %s', (resolution) => {
  writeJson('tsconfig.json', {
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
    include: ['src/App.tsx'],
  })
  const tsc = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin/tsc')
  expect(run(app, process.execPath, [tsc, '-p', app])).toBe('')
})

test('the README’s quick start buys an add-on in the built app, and asks no other host for anything', async () => {
  const page = await browser.newPage()
  const seen = watch(page)
  const origin = new URL(server.resolvedUrls?.local[0] ?? '').origin

  await page.goto(origin)
  await page.getByRole('heading', { name: 'Essentials' }).first().waitFor()
  await page.getByRole('button', { name: 'Subscribe now, Analytics+', exact: true }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Subscribe for/ })
    .click()
  await page.getByRole('heading', { name: 'Analytics+ is ready' }).waitFor()

  expect(seen.urls.length).toBeGreaterThan(0)
  expect(seen.urls.filter((url) => /^(https?|wss?):/.test(url) && new URL(url).origin !== origin)).toEqual([])
  expect(seen.errors).toEqual([])
})

function watch(page: Page) {
  const seen = { urls: [] as string[], errors: [] as string[] }
  page.setDefaultTimeout(15_000)
  page.context().on('request', (request) => seen.urls.push(request.url()))
  page.on('websocket', (socket) => seen.urls.push(socket.url()))
  page.on('pageerror', (error) => seen.errors.push(error.message))
  page.on('console', (message) => {
    const { url } = message.location()
    // Playwright itself answers Chromium's request for an icon, with a 404.
    if (message.type() === 'error' && !url.endsWith('/favicon.ico')) seen.errors.push(`${message.text()} (${url})`)
  })
  return seen
}

/** The tarball that `npm publish` would send. */
function pack(): string {
  const [packed] = JSON.parse(npm(root, 'pack', '--json', '--ignore-scripts', '--pack-destination', app))
  return path.join(app, packed.filename)
}

/** An empty app, with the versions that this repository works with. */
function writeApp(tarball: string) {
  const names = ['react', 'react-dom', '@tanstack/react-query', '@types/react', ...Object.keys(manifest.dependencies)]
  writeJson('package.json', {
    name: 'app',
    private: true,
    type: 'module',
    dependencies: {
      [manifest.name]: `file:${tarball}`,
      ...Object.fromEntries(names.map((name) => [name, installedVersion(name)])),
    },
  })
  mkdirSync(path.join(app, 'src'))
  writeFileSync(
    path.join(app, 'index.html'),
    '<div id="root"></div><script type="module" src="/src/main.tsx"></script>',
  )
  writeFileSync(
    path.join(app, 'src/main.tsx'),
    `import { createRoot } from 'react-dom/client'
import App from './App.tsx'
createRoot(document.getElementById('root')).render(<App />)`,
  )
  writeFileSync(path.join(app, 'src/App.tsx'), quickStart())
}

function quickStart(): string {
  const block = readFileSync(path.join(root, 'README.md'), 'utf8').match(/^```tsx\n(.*?)^```/ms)?.[1]
  if (!block) throw new Error('README.md has no ```tsx block: its first one is the quick start that this test runs.')
  return block
}

function installedVersion(name: string): string {
  return JSON.parse(readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8')).version
}

function writeJson(file: string, value: unknown) {
  writeFileSync(path.join(app, file), JSON.stringify(value, null, 2))
}

function npm(cwd: string, ...args: string[]): string {
  const script = process.env.npm_execpath
  const quiet = [...args, '--no-audit', '--no-fund', '--loglevel=error']
  return script ? run(cwd, process.execPath, [script, ...quiet]) : run(cwd, 'npm', quiet)
}

/** Runs a program and returns what it printed; its output is the message where it fails. */
function run(cwd: string, command: string, args: string[]): string {
  // `npm test` tells its children about this repository: another npm must not take the app for it.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_(package|lifecycle|config_local)|NODE_ENV$|VITEST)/.test(name),
    ),
  )
  try {
    return execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`${path.basename(command)} ${args.join(' ')} failed:\n${stdout}${stderr}`)
  }
}
