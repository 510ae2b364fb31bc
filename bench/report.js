import os from 'node:os'
import { contenders } from './contenders.js'

/** @typedef {import('./run.js').Measured} Measured */
/** @typedef {{ browser: string, rounds: number, counts: number[], load: number[], peers: Record<string, string> }} Circumstances */

/** @type {readonly { step: Measured['step'], title: string, figure: 'time' | 'cpu' }[]} */
const tables = [
  { step: 'show', title: 'Show them: from the render call to the end of the frame that paints them', figure: 'time' },
  {
    step: 'show',
    title: 'Show them: the work of the page’s main thread, whatever else the machine does',
    figure: 'cpu',
  },
  {
    step: 'open',
    title: 'Open the dialog: from the click to its price on the screen, its code fetched on hover',
    figure: 'time',
  },
  { step: 'apply', title: 'Apply a purchase: from the backend’s answer to the card that says so', figure: 'time' },
]

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

/**
 * The median, and the middle half.
 * @param {readonly number[]} values
 * @param {number} digits
 */
function spread(values, digits) {
  const at = (/** @type {number} */ part) => quantile(values, part).toFixed(digits)
  return `${at(0.5)} (${at(0.25)}–${at(0.75)})`
}

/** How many times the plain cards’ time the goal allows. */
const goal = 1.5

/**
 * What a contender took at one size in each round.
 * @param {readonly Measured[]} measured
 * @param {Measured['step']} step
 * @param {string} contender
 * @param {number} count
 * @param {'time' | 'cpu' | 'blocked'} figure
 */
function figuresOf(measured, step, contender, count, figure) {
  return measured
    .filter((one) => one.step === step && one.contender === contender && one.count === count)
    .map(({ sample }) => sample[figure] ?? Number.NaN)
}

/**
 * Round by round: both were measured within seconds of each other, and what else the machine did weighs on both.
 * @param {readonly number[]} own
 * @param {readonly number[]} plain
 */
const ratiosOf = (own, plain) => own.map((one, round) => one / (plain[round] ?? Number.NaN))

/**
 * Whether one table meets the goal, and at which sizes it does not.
 * @param {readonly Measured[]} measured
 * @param {typeof tables[number]} table
 * @param {readonly number[]} counts
 */
function verdictOf(measured, { step, figure }, counts) {
  const list = new Intl.ListFormat('en-GB')
  const at = (/** @type {readonly number[]} */ sizes) => `at ${list.format(sizes.map(String))}`
  /** @param {string} contender @param {number} count */
  const own = (contender, count) => figuresOf(measured, step, contender, count, figure)
  const median = (/** @type {readonly number[]} */ values) => quantile(values, 0.5)
  const tooSlow = counts.filter((count) => !(median(ratiosOf(own('kit', count), own('plain', count))) <= goal))
  const ahead = contenders
    .filter(({ isPeer }) => isPeer)
    .map(({ name, title }) => ({
      title,
      sizes: counts.filter((count) => median(own(name, count)) <= median(own('kit', count))),
    }))
    .filter(({ sizes }) => sizes.length > 0)
  const missed = counts.filter((count) => tooSlow.includes(count) || ahead.some(({ sizes }) => sizes.includes(count)))
  if (missed.length === 0) return `**The goal is met** ${at(counts)}.`
  const met = counts.filter((count) => !missed.includes(count))
  return [
    `**The goal is not met** ${at(missed)}${met.length > 0 ? `; it is ${at(met)}` : ''}.`,
    ...(tooSlow.length > 0 ? [`addon-kit takes more than ${goal}× the plain cards’ time ${at(tooSlow)}.`] : []),
    ...ahead.map(({ title, sizes }) => `${title}, whose page holds less, is ahead of it ${at(sizes)}.`),
  ].join(' ')
}

/**
 * One table’s rows: a contender’s median at each size with its middle half, and how it compares round by round.
 * @param {readonly Measured[]} measured
 * @param {typeof tables[number]} table
 * @param {readonly number[]} counts
 */
function rowsOf(measured, { step, figure }, counts) {
  return contenders.flatMap(({ name, title }) => {
    if (figuresOf(measured, step, name, counts[0] ?? 0, figure).length === 0) return []
    const cells = counts.flatMap((count) => {
      const own = figuresOf(measured, step, name, count, figure)
      const plain = figuresOf(measured, step, 'plain', count, figure)
      return [
        spread(own, 1),
        name === 'plain' ? '1' : spread(ratiosOf(own, plain), 2),
        ...(figure === 'time' ? [quantile(figuresOf(measured, step, name, count, 'blocked'), 0.5).toFixed(0)] : []),
      ]
    })
    return [[title, ...cells]]
  })
}

/**
 * The tables for the console, and the page that holds them.
 * @param {readonly Measured[]} measured
 * @param {Circumstances} circumstances
 */
export function report(measured, { browser, rounds, counts, load, peers }) {
  const table = tables
    .map((one) => {
      const head = counts.flatMap((count) => [
        `${count}: ms`,
        'to plain',
        ...(one.figure === 'time' ? ['long tasks, ms'] : []),
      ])
      const rows = [['', ...head], ['---', ...head.map(() => '---:')], ...rowsOf(measured, one, counts)]
      const lines = rows.map((row) => `| ${row.join(' | ')} |`).join('\n')
      return `### ${one.title}\n\n${lines}\n\n${verdictOf(measured, one, counts)}`
    })
    .join('\n\n')
  const cores = os.availableParallelism()
  const [least, most] = [Math.min(...load), Math.max(...load)].map((one) => one.toFixed(1))
  const busy =
    Math.max(...load) > cores
      ? ' **The machine was busy with other work: the ratios and the main thread’s work say more than the times.**'
      : ''
  const page = `# Performance

Written by \`npm run bench\`, which shows every page in one run of one browser, in turns, each visit in a fresh context and each
page with one add-on catalogue. Times are medians in milliseconds, with the middle half of the rounds in brackets. A ratio is
the median of each round’s time over the plain cards’ time of the same round. Long tasks are those of 50 ms and more that
kept the page busy meanwhile, in all. Who is missing from a table was not measured there: see what each page holds.

The goal: within ${goal}× of the plain cards, and ahead of every peer at each size. Below each table stands, by its medians,
whether addon-kit meets it with the plan at hand.

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

## What moves

After the plan is there nothing moves by itself, also within the half second after a press that the metric leaves out:
not when a dialog opens, its price comes, it is confirmed, sent or closed, and not when a request takes its button's place.
\`test/components/shifts.browser.test.tsx\` measures it at three widths, in English. What moves all the same:

- a card whose add-on the account has from now on goes to “Your add-ons”, behind the dialog that says so
- a card that stands in a row says more below its text while its purchase is under way
- a button whose word changes from “Cancel” to “Close”, and one that follows words which change, by the difference
- on a phone, the upper edge of a sheet for a step that is higher than all before it, e.g. a price that has changed
- where labels are so long that buttons stood one above the other, the room of those that have gone
- what is below a request button with a note, when the note's field has gone, or when it says what went wrong
- the plan tab, by the line that says that it is stale
`
  return { table, page }
}
