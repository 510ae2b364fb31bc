import { KitBackend } from '../contract/KitBackend.js'
import { kitHarness } from '../contract/kitHarness.js'

/** What `--adapter` is given: a world made anew for each test, with some of its levers. */
export function createWorld() {
  const backend = new KitBackend()
  const { people } = kitHarness(backend)
  const { charges, addSeats } = backend.levers
  return { people, levers: { charges, addSeats } }
}

// biome-ignore lint/style/noDefaultExport: what --adapter asks for
export { createWorld as default }
