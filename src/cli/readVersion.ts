import { createRequire } from 'node:module'
import * as v from 'valibot'

/** The version of this package, as its manifest says it. */
export function readVersion(): string {
  // From `src/cli` and from `dist/cli` it is the same way.
  const manifest: unknown = createRequire(import.meta.url)('../../package.json')
  return v.parse(v.object({ version: v.string() }), manifest).version
}
