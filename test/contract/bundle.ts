import path from 'node:path'
import { build } from 'esbuild'

const root = path.resolve(import.meta.dirname, '../..')

/** Bundles TypeScript files into modules that Node runs by itself; what they share they keep sharing. */
export async function bundle(entries: Readonly<Record<string, string>>, folder: string): Promise<void> {
  await build({
    entryPoints: Object.entries(entries).map(([out, file]) => ({ in: path.join(root, file), out })),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    alias: { 'addon-kit/testing': path.join(root, 'src/testing/index.ts') },
    logLevel: 'error',
  })
}
