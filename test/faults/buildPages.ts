import path from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'

/** The builds of the host's page; `strict`: React's development build in StrictMode. */
export const pageNames = ['react-19', 'react-18', 'react-19-strict', 'react-18-strict'] as const

/** The name of a build of the host's page. */
export type PageName = (typeof pageNames)[number]

/** Builds the host's page from the sources, once for each version of React and each mode, below one folder. */
export async function buildPages(folder: string): Promise<void> {
  const { NODE_ENV } = process.env
  try {
    for (const name of pageNames) await buildPage(name, path.join(folder, name))
  } finally {
    process.env.NODE_ENV = NODE_ENV
  }
}

async function buildPage(name: PageName, outDir: string): Promise<void> {
  const mode = name.endsWith('-strict') ? 'development' : 'production'
  // Vite keeps the one it finds, here the tests' own.
  process.env.NODE_ENV = mode
  const is18 = name.startsWith('react-18')
  await build({
    root: path.join(import.meta.dirname, 'page'),
    base: './',
    mode,
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    resolve: {
      tsconfigPaths: true,
      alias: is18 ? [{ find: /^react(-dom)?(?=\/|$)/, replacement: 'react$1-18' }] : [],
    },
    build: { outDir, emptyOutDir: true, minify: mode === 'production' },
  })
}
