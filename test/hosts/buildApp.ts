import { existsSync, readdirSync, writeFileSync } from 'node:fs'
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
  const entries = readdirSync(app).filter((file) => file.endsWith('.page.tsx'))
  const input = entries.map((entry) => {
    const page = path.join(app, entry.replace('.page.tsx', '.html'))
    if (!existsSync(page)) writeFileSync(page, html(entry))
    return page
  })
  const outDir = path.join(app, 'dist', mode)
  const { NODE_ENV } = process.env
  // Vite keeps the one it finds, here the tests' own.
  process.env.NODE_ENV = mode
  try {
    await build({
      root: app,
      mode,
      configFile: false,
      logLevel: 'warn',
      plugins: [react(), ...plugins],
      // The kit finds everything it needs in the app's own folder.
      html: { cspNonce: 'north' },
      build: { outDir, rolldownOptions: { input }, minify: mode === 'production' },
    })
  } finally {
    process.env.NODE_ENV = NODE_ENV
  }
  return outDir
}
