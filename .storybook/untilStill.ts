/** Waits until what a story loads is there and has faded in, and nothing has changed for a while. */
export function untilStill(): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      if (document.getAnimations().some(isEntering)) return restart()
      observer.disconnect()
      resolve()
    }
    let timer = setTimeout(done, 200)
    const restart = () => {
      clearTimeout(timer)
      timer = setTimeout(done, 200)
    }
    const observer = new MutationObserver(restart)
    observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
  })
}

/** A skeleton's shimmer never ends. */
const isEntering = ({ effect }: Animation) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY
