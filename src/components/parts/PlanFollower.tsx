'use client'

import { useEffect, useLayoutEffect, useRef } from 'react'
import { useAddOnContext } from '../../data/AddOnContext.js'
import { keptNames } from '../../data/keptNames.js'
import { openChannel } from '../../data/openChannel.js'
import { cachedPlan, refreshPlan } from '../../data/queries.js'
import { useFlow } from '../../data/useFlow.js'
import { useServerNow } from '../../data/useServerNow.js'
import type { PlanOverview } from '../../domain/planOverview.js'
import { loadDialogCode } from './loadDialogCode.js'

/** Props of what follows a plan. */
export interface PlanFollowerProps {
  /** The plan as it was read last. */
  plan: PlanOverview | undefined
}

/** The longest time a timer takes, in milliseconds. */
const longest = 2 ** 31 - 1

/**
 * What a plan leads to: purchases follow it, and it is read again when a trial in it ends, or when other tabs and providers
 * tell of a change. Nothing of this is needed before a plan is shown.
 */
export function PlanFollower({ plan }: PlanFollowerProps) {
  const context = useAddOnContext()
  const { store } = context
  const serverNow = useServerNow()

  // What listens outlives the context, which a host may make anew at every render.
  const latest = useRef(context)
  useEffect(() => {
    latest.current = context
  }, [context])
  useEffect(() => {
    const channel = openChannel()
    store.channel = channel
    channel?.addEventListener('message', ({ data }) => {
      if (data === cachedPlan(latest.current)?.account.id) refreshPlan(latest.current)
    })
    return () => {
      store.channel = undefined
      channel?.close()
    }
  }, [store])

  // What had the focus goes with the note it was in, or with its card, which stands in another list once it is bought.
  useFlow(({ purchases }) => purchases)
  const focused = document.activeElement
  const addOnId = focused?.closest<HTMLElement>('[data-slot="card"]')?.dataset.addOn
  useLayoutEffect(() => {
    if (!addOnId || focused?.isConnected || document.activeElement !== document.body) return
    document.querySelector<HTMLElement>(`[data-add-on="${CSS.escape(addOnId)}"] [data-slot="card-title"]`)?.focus()
  })

  /** What purchases have followed: nothing where what does it could not be fetched, or the page was hidden meanwhile. */
  const followed = useRef<PlanOverview>(undefined)
  useEffect(
    () => () => {
      followed.current = undefined
    },
    [],
  )
  useEffect(() => {
    if (!plan) followed.current = undefined
    if (!plan) return
    if (keptNames().length > 0 || Object.keys(store.getState().purchases).length > 0) {
      loadDialogCode()
        .then(({ followPlan }) => {
          // Somebody else's by now.
          if (store.over.signal.aborted) return
          followPlan(context, followed.current, plan)
          followed.current = plan
        })
        // Nothing is lost: what is kept stays kept, and the next plan makes up for it.
        .catch(() => undefined)
    } else followed.current = plan
    const ends = plan.addOns.map(({ status }) => (status.kind === 'trialing' ? Date.parse(status.endsAt) : Infinity))
    const left = Math.min(...ends) - serverNow()
    if (!(left > 0 && left < Infinity)) return
    const timer = setTimeout(() => refreshPlan(context), Math.min(left, longest))
    return () => clearTimeout(timer)
  }, [plan, context, store, serverNow])

  return null
}
