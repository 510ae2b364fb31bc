// Vitest writes PNGs twice as large as they need be, and git keeps each for good. No pixel changes.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { PNG } from 'pngjs'

const folder = path.join(import.meta.dirname, '../test/visual/baselines')

for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  if (!name.endsWith('.png')) continue
  const file = path.join(folder, name)
  const png = PNG.sync.read(readFileSync(file))
  writeFileSync(file, PNG.sync.write(png, { colorType: 2, filterType: 0, deflateStrategy: 0 }))
}
