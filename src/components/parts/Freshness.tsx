'use client'

import { type ComponentType, useEffect, useRef, useState } from 'react'
import { useAddOnContext } from '../../data/AddOnContext.js'
import { refreshPlan } from '../../data/queries.js'
import { usePlanData } from '../../data/usePlan.js'
import type { PlanOverview } from '../../domain/planOverview.js'
import { loadPlanFollower } from './loadPlanFollower.js'
import type { PlanFollowerProps } from './PlanFollower.js'

const whole = (plan: PlanOverview) => plan

/**
 * Keeps what the page shows from becoming old: a page that comes back from the browser's back/forward cache reads again.
 * Tells when the plan turns out to be somebody else's. What else a plan leads to, once it is here, loads later.
 */
export function Freshness({ onOtherViewer }: { onOtherViewer: () => void }) {
  const context = useAddOnContext()
  const { store } = context
  const plan = usePlanData(whole, false)

  useEffect(() => {
    const onShow = ({ persisted }: PageTransitionEvent) => persisted && refreshPlan(context)
    window.addEventListener('pageshow', onShow)
    return () => window.removeEventListener('pageshow', onShow)
  }, [context])

  const [Follower, setFollower] = useState<ComponentType<PlanFollowerProps>>()
  const last = useRef<PlanOverview>(undefined)
  useEffect(() => {
    const before = last.current
    last.current = plan
    if (before && plan && (before.account.id !== plan.account.id || before.viewer.id !== plan.viewer.id)) {
      // At once: an answer that comes now is nobody's.
      store.end()
      onOtherViewer()
    }
    if (Follower) return
    loadPlanFollower()
      .then(({ PlanFollower }) => setFollower(() => PlanFollower))
      // Nothing of it is lost: the next plan tries again.
      .catch(() => undefined)
  }, [Follower, plan, store, onOtherViewer])
  return Follower && <Follower plan={plan} />
}
