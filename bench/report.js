import os from 'node:os'
import { contenders } from './contenders.js'

/** @typedef {import('./run.js').Measured} Measured */
/** @typedef {{ browser: string, rounds: number, counts: number[], load: number[], peers: Record<string, string> }} Circumstances */

const steps = /** @type {const} */ ([
  ['show', 'Show them: from the render call to the end of the frame that paints them'],
  ['open', 'Open the dialog: from the click to its price on the screen, its code fetched on hover'],
  ['apply', 'Apply a purchase: from the backend’s answer to the card that says so'],
])

/**
 * @param {readonly number[]} values
 * @param {number} part
 */
function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (sorted.length - 1) * part
  const low = sorted[Math.floor(at)] ?? Number.NaN
  return low + ((sorted[Math.ceil(at)] ?? low) - low) * (at % 1)
}

/** @param {readonly number[]} values */
const spread = (values) =>
  `${quantile(values, 0.5).toFixed(1)} (${quantile(values, 0.25).toFixed(1)}–${quantile(values, 0.75).toFixed(1)})`

/**
 * One step’s rows: a contender’s median at each size with its middle half, and how it compares round by round.
 * @param {readonly Measured[]} measured
 * @param {Measured['step']} step
 * @param {readonly number[]} counts
 */
function rowsOf(measured, step, counts) {
  /** @param {string} contender @param {number} count */
  const samples = (contender, count) =>
    measured.filter((one) => one.step === step && one.contender === contender && one.count === count)
  return contenders.flatMap(({ name, title }) => {
    const cells = counts.map((count) => {
      const times = samples(name, count).map(({ sample }) => sample.time)
      if (times.length === 0) return undefined
      const plain = samples('plain', count).map(({ sample }) => sample.time)
      // Both were measured within seconds of each other: what else the machine did weighs on both.
      const ratios = times.map((time, round) => time / (plain[round] ?? Number.NaN))
      const blocked = quantile(
        samples(name, count).map(({ sample }) => sample.blocked),
        0.5,
      )
      const ratio = `${quantile(ratios, 0.5).toFixed(2)}× (${quantile(ratios, 0.25).toFixed(2)}–${quantile(ratios, 0.75).toFixed(2)})`
      return [spread(times), name === 'plain' ? '1' : ratio, blocked.toFixed(0)]
    })
    return cells.some((cell) => cell) ? [[title, ...cells.flatMap((cell) => cell ?? ['', '', ''])]] : []
  })
}

/**
 * The tables for the console, and the page that holds them.
 * @param {readonly Measured[]} measured
 * @param {Circumstances} circumstances
 */
export function report(measured, { browser, rounds, counts, load, peers }) {
  const head = counts.flatMap((count) => [`${count}: ms`, `to plain`, `long tasks, ms`])
  const tables = steps.map(([step, title]) => {
    const rows = [['', ...head], ['---', ...head.map(() => '---:')], ...rowsOf(measured, step, counts)]
    return `### ${title}\n\n${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}`
  })
  const table = tables.join('\n\n')
  const cores = os.availableParallelism()
  const [least, most] = [Math.min(...load), Math.max(...load)].map((one) => one.toFixed(1))
  const busy =
    Math.max(...load) > cores ? ' **The machine was busy with other work: read the ratios, not the times.**' : ''
  const page = `# Performance

Written by \`npm run bench\`, which shows every page in one run of one browser, in turns, each visit in a fresh context and each
page with one add-on catalogue. Times are medians in milliseconds, with the middle half of the rounds in brackets. A ratio is
the median of each round’s time over the plain cards’ time of the same round. Long tasks are those of 50 ms and more that
kept the page busy meanwhile, in all. Empty cells were not measured: see what each page holds.

The goal: within 1.5× of the plain cards, and ahead of every peer at each size.

${table}

## How it was measured

- ${new Date().toISOString().slice(0, 10)}, \`npm run bench -- --rounds ${rounds}\`, ${rounds} rounds after one that is not counted
- ${cores} cores (${os.cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(os.totalmem() / 2 ** 30)} GB of memory, ${os.platform()}
- Chromium ${browser}, headless, 1280 × 900; all pages built for production by Vite, with one React
- load average from ${least} to ${most} on ${cores} cores.${busy}
- ${Object.entries(peers)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')}

## What each page holds

${contenders.map(({ title, holds }) => `- **${title}**: ${holds}`).join('\n')}

Every add-on has a name, a text of one sentence and a price in dollars, and can be bought. Pages show what their component
shows of that; the kit and the plain cards also link to more and offer a trial.
`
  return { table, page }
}
