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

/** In at least this share of many runs something must be reached, or the model looks where nothing happens. */
const shares = {
  charged: 0.15,
  done: 0.1,
  checking: 0.2,
  unresolved: 0.03,
  processing: 0.005,
  'action-needed': 0.03,
  'price-changed': 0.06,
  expired: 0.1,
  declined: 0.02,
  'already-purchased': 0.04,
  'purchase-pending': 0.03,
  'not-allowed': 0.06,
  'closed with an open attempt': 0.03,
  challenge: 0.015,
  'the person answers': 0.005,
  'lose request: purchase': 0.04,
  'lose answer: purchase': 0.04,
  'delay request: purchase': 0.04,
  'delay answer: purchase': 0.04,
  'told: trial-started': 0.01,
  'told: feature-requested': 0.01,
  'failed: offline': 0.03,
  'failed: unauthenticated': 0.02,
} as const

test('whatever happens, money moves once at most, for what was shown, and by whom it may be moved', async () => {
  const stats = new Stats()
  let trace: string[] = []
  const property = fc.asyncProperty(setups, steps, async (setup, some) => {
    const world = new World(setup, frames, stats)
    stats.begin()
    try {
      await world.begin()
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
  if (path !== undefined || runs < 300) return
  for (const [what, share] of Object.entries(shares)) {
    expect(stats.runsWith.get(what) ?? 0, what).toBeGreaterThanOrEqual(share * runs)
  }
}, 0)
