import { expect, test } from 'vitest'
import { report } from '../../bench/report.js'

type Times = Readonly<Record<string, readonly [three: number, thirty: number]>>

/** What the page says below its first table, where each was measured once at two sizes. */
function verdict(times: Times): string | undefined {
  const counts = [3, 30]
  const measured = Object.entries(times).flatMap(([contender, each]) =>
    each.map((time, index) => ({
      contender,
      count: counts[index] ?? 0,
      step: 'show' as const,
      sample: { time, cpu: time, blocked: 0 },
    })),
  )
  const { page } = report(measured, { browser: '1', rounds: 1, counts, load: [0], peers: {} })
  return /^\*\*The goal .+$/m.exec(page)?.[0]
}

test.each<[string, Times, string]>([
  [
    'within the goal',
    { plain: [10, 10], kit: [15, 15], schematic: [16, 16], autumn: [20, 15.1] },
    '**The goal is met** at 3 and 30.',
  ],
  [
    'too slow at one size',
    { plain: [10, 10], kit: [15.1, 15], schematic: [16, 16] },
    '**The goal is not met** at 3; it is at 30. addon-kit takes more than 1.5× the plain cards’ time at 3.',
  ],
  [
    'behind a peer',
    { plain: [10, 10], kit: [12, 15], schematic: [16, 16], autumn: [13, 15] },
    '**The goal is not met** at 30; it is at 3. Autumn, whose page holds less, is ahead of it at 30.',
  ],
  [
    'both',
    { plain: [10, 10], kit: [16, 16], schematic: [15, 17], autumn: [9, 9] },
    '**The goal is not met** at 3 and 30. addon-kit takes more than 1.5× the plain cards’ time at 3 and 30. Schematic, whose page holds less, is ahead of it at 3. Autumn, whose page holds less, is ahead of it at 3 and 30.',
  ],
])('the page about speed says plainly what the numbers say of the goal: %s', (_, times, said) => {
  expect(verdict(times)).toBe(said)
})
