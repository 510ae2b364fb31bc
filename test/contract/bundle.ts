import path from 'node:path'
import { build } from 'esbuild'

const root = path.resolve(import.meta.dirname, '../..')

/** Bundles a TypeScript file into one that Node runs by itself. */
export async function bundle(entry: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [path.join(root, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    alias: { 'addon-kit/testing': path.join(root, 'src/testing/index.ts') },
    external: ['esbuild'],
    logLevel: 'error',
  })
}
