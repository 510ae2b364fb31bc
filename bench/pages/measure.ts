import { answeredAt } from './answer.js'
import type { Contender } from './Contender.js'

/** What one measurement took, in milliseconds. */
export interface Sample {
  readonly time: number
  /** How long tasks of 50 ms and more kept the page busy meanwhile. */
  readonly blocked: number
}

/** What the bench calls in a page. */
export interface Measurements extends Omit<Contender, 'show'> {
  show(count: number): Promise<Sample>
  /** Measures from the next click to the price on screen. */
  open(): Promise<Sample>
  /** Measures from the backend's answer to the card that shows it. */
  apply(): Promise<Sample>
}

declare global {
  interface Window {
    bench: Measurements
  }
}

const longTasks: PerformanceEntry[] = []
const observer = new PerformanceObserver((list) => longTasks.push(...list.getEntries()))
observer.observe({ type: 'longtask' })

/** The end of the frame in which something is painted: a task after the next frame’s callbacks. */
const painted = () =>
  new Promise<number>((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve(performance.now())
      port2.postMessage(null)
    })
  })

/** Waits until the page has changed so that something is so. */
const until = (isSo: () => boolean) =>
  new Promise<void>((resolve) => {
    if (isSo()) return resolve()
    const changes = new MutationObserver(() => {
      if (!isSo()) return
      changes.disconnect()
      resolve()
    })
    changes.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  })

async function sampleSince(start: () => number, isSo: () => boolean): Promise<Sample> {
  await until(isSo)
  const end = await painted()
  // Long tasks are told of later.
  await new Promise((resolve) => setTimeout(resolve, 100))
  longTasks.push(...observer.takeRecords())
  const during = longTasks.filter(({ startTime, duration }) => startTime + duration > start() && startTime < end)
  return { time: end - start(), blocked: during.reduce((sum, { duration }) => sum + duration, 0) }
}

const isThere = (selector = '') => document.querySelector(selector) !== null

/** Gives a page its measurements. */
export function measure(contender: Contender): void {
  const root = document.querySelector<HTMLElement>('#root')
  if (!root) throw new Error('There is no #root.')
  window.bench = {
    ...contender,
    async show(count) {
      await document.fonts.ready
      await painted()
      const start = performance.now()
      contender.show(root, count)
      const cards = root.getElementsByTagName('*')
      return sampleSince(
        () => start,
        () => cards.length > count && root.querySelectorAll(contender.cards).length >= count,
      )
    },
    async open() {
      let start = 0
      window.addEventListener('click', ({ timeStamp }) => (start = timeStamp), { capture: true, once: true })
      return sampleSince(
        () => start,
        () => isThere(contender.price),
      )
    },
    apply: () =>
      sampleSince(
        () => answeredAt,
        () => isThere(contender.bought),
      ),
  }
}
