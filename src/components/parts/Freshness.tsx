'use client'

import { useEffect, useRef } from 'react'
import { useAddOnContext } from '../../data/AddOnContext.js'
import { openChannel } from '../../data/channel.js'
import { keptNames } from '../../data/keptAttempts.js'
import { cachedPlan, refreshPlan } from '../../data/queries.js'
import { usePlanData } from '../../data/usePlan.js'
import { useServerNow } from '../../data/useServerNow.js'
import type { PlanOverview } from '../../domain/planOverview.js'
import { loadDialogCode } from './loadDialogCode.js'

const whole = (plan: PlanOverview) => plan

/** The longest time a timer takes, in milliseconds. */
const longest = 2 ** 31 - 1

/**
 * Keeps what the page shows from becoming old: other tabs and providers tell of changes, a page that comes back from the
 * browser's back/forward cache reads again, and so does one on which a trial ends. Lets purchases follow the plan, and
 * tells when it turns out to be somebody else's.
 */
export function Freshness({ onOtherViewer }: { onOtherViewer: () => void }) {
  const context = useAddOnContext()
  const { store } = context
  const plan = usePlanData(whole, false)
  const serverNow = useServerNow()

  // What listens outlives the context, which a host may make anew at every render.
  const latest = useRef(context)
  useEffect(() => {
    latest.current = context
  }, [context])
  useEffect(() => {
    const onShow = ({ persisted }: PageTransitionEvent) => persisted && refreshPlan(latest.current)
    window.addEventListener('pageshow', onShow)
    const channel = openChannel()
    store.channel = channel
    channel?.addEventListener('message', ({ data }) => {
      if (data === cachedPlan(latest.current)?.account.id) refreshPlan(latest.current)
    })
    return () => {
      window.removeEventListener('pageshow', onShow)
      store.channel = undefined
      channel?.close()
    }
  }, [store])

  const last = useRef<PlanOverview>(undefined)
  /** What purchases have followed: nothing where what does it could not be fetched, or the page was hidden meanwhile. */
  const followed = useRef<PlanOverview>(undefined)
  useEffect(
    () => () => {
      followed.current = undefined
    },
    [],
  )
  useEffect(() => {
    const before = last.current
    last.current = plan
    if (!plan) followed.current = undefined
    if (!plan) return
    if (before && (before.account.id !== plan.account.id || before.viewer.id !== plan.viewer.id)) {
      // At once: an answer that comes now is nobody's.
      store.end()
      return onOtherViewer()
    }
    if (keptNames().length > 0 || Object.keys(store.getState().purchases).length > 0) {
      loadDialogCode()
        .then(({ followPlan }) => {
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
  }, [plan, context, store, serverNow, onOtherViewer])

  return null
}
