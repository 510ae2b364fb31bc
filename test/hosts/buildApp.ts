import { readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import react from '@vitejs/plugin-react'
import { build, type PluginOption } from 'vite'

/** The page of an entry: what any bundler's template holds. */
const html = (entry: string) => `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Northwind</title></head>
  <body><div id="root"></div><script type="module" src="./${entry}"></script></body>
</html>
`

interface BuildOptions {
  /** @default 'production' */
  mode?: 'production' | 'development'
  plugins?: PluginOption[]
}

/** Builds each entry of an app, a file `x.page.tsx`, as the page `x.html`; and says where to. */
export async function buildApp(app: string, options: BuildOptions = {}): Promise<string> {
  const { mode = 'production', plugins = [] } = options
  const outDir = path.join(app, 'dist', mode)
  const { NODE_ENV } = process.env
  // Vite keeps the one it finds, here the tests' own.
  process.env.NODE_ENV = mode
  try {
    for (const entry of readdirSync(app).filter((file) => file.endsWith('.page.tsx'))) {
      const page = path.join(app, entry.replace('.page.tsx', '.html'))
      writeFileSync(page, html(entry))
      // Pages that are built together share stylesheets, in an order that is no page's own.
      await build({
        root: app,
        mode,
        configFile: false,
        logLevel: 'warn',
        plugins: [react(), ...plugins],
        html: { cspNonce: 'north' },
        build: { outDir, emptyOutDir: false, rolldownOptions: { input: page }, minify: mode === 'production' },
      })
    }
  } finally {
    process.env.NODE_ENV = NODE_ENV
  }
  return outDir
}
