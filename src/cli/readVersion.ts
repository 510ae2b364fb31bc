import { createRequire } from 'node:module'
import { object, text } from '../protocol/forms.js'

const manifestSchema = object({ version: text })

/** The version of this package, as its manifest says it. */
export function readVersion(): string {
  // From `src/cli` and from `dist/cli` it is the same way.
  return manifestSchema(createRequire(import.meta.url)('../../package.json')).version
}
