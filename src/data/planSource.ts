import { notifyManager, QueryObserver, type QueryObserverResult } from '@tanstack/react-query'
import type { PlanOverview } from '../domain/planOverview.js'
import type { AddOnContextValue } from './AddOnContext.js'
import { freshFor, planQuery } from './queries.js'

/** The plan as it is read, for everything below one provider to look at. */
export interface PlanView {
  /** Tells of every change. */
  subscribe(onChange: () => void): () => void
  read(): QueryObserverResult<PlanOverview>
  /** What was known before anything was asked for: what a server renders. */
  readonly first: QueryObserverResult<PlanOverview>
}

/** The one reader of a provider's plan. */
export interface PlanSource {
  /** Reads the plan as soon as somebody listens, and again where it is stale when another one begins to. */
  readonly asking: PlanView
  /** Tells of what others have read, and asks for nothing. */
  readonly looking: PlanView
  /** Goes on with what the host gave last. */
  update(context: AddOnContextValue): void
}

/** Two observers for all parts of the page, however many there are: each part only picks what it shows. */
export function createPlanSource(context: AddOnContextValue): PlanSource {
  const optionsOf = (given: AddOnContextValue, enabled: boolean) => ({ ...planQuery(given), enabled })
  const observe = (enabled: boolean) => new QueryObserver(context.queryClient, optionsOf(context, enabled))
  const listeners = new Set<() => void>()
  // All at once: two parts of one screen must not show two plans.
  const tell = notifyManager.batchCalls(() => {
    for (const listener of listeners) listener()
  })
  const viewOf = (observer: ReturnType<typeof observe>): PlanView => {
    let count = 0
    let stop = () => {}
    return {
      subscribe(onChange) {
        listeners.add(onChange)
        count += 1
        if (count === 1) stop = observer.subscribe(tell)
        // Whoever begins to look later wants what is not stale, too.
        else if (observer.options.enabled && observer.getCurrentQuery().isStaleByTime(freshFor))
          void observer.refetch({ cancelRefetch: false })
        return () => {
          listeners.delete(onChange)
          count -= 1
          if (count === 0) stop()
        }
      },
      read: () => observer.getCurrentResult(),
      first: observer.getCurrentResult(),
    }
  }
  const asking = observe(true)
  const looking = observe(false)
  return {
    asking: viewOf(asking),
    looking: viewOf(looking),
    update(given) {
      asking.setOptions(optionsOf(given, true))
      looking.setOptions(optionsOf(given, false))
    },
  }
}
