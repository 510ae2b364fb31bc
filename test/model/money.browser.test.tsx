import fc from 'fast-check'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { Frame } from './Frame.js'
import { Stats } from './Stats.js'
import { setups, steps } from './steps.js'
import { World } from './World.js'

const { runs, seed, path } = inject('model')
const frames = [new Frame(), new Frame(), new Frame()]

beforeAll(async () => {
  for (const frame of frames) await frame.load()
})
afterAll(() => {
  for (const frame of frames) frame.remove()
})

test('whatever happens, money moves once at most, for what was shown, and by whom it may be moved', async () => {
  const stats = new Stats()
  let trace: string[] = []
  const property = fc.asyncProperty(setups, steps, async (setup, some) => {
    const world = new World(setup, frames, stats)
    stats.begin()
    try {
      for (const tab of world.tabs.slice(0, setup.tabs)) tab.open()
      await world.settle()
      for (const step of some) await world.run(step)
      await world.finish()
    } catch (failure) {
      trace = world.trace
      throw failure
    } finally {
      await world.end()
    }
  })
  const start = performance.now()
  const details = await fc.check(property, {
    numRuns: runs,
    ...(seed !== undefined && { seed }),
    ...(path !== undefined && { path }),
  })
  console.info(`Seed ${details.seed}: ${stats} ${Math.round((performance.now() - start) / 1000)} s.`)
  if (details.failed) {
    const replay = `npm run test:model -- --seed=${details.seed} --path=${details.counterexamplePath}`
    expect.fail(
      `${details.errorInstance}\n${fc.defaultReportMessage(details)}\n${trace.join('\n')}\nReplay it: ${replay}`,
    )
  }
}, 0)
