'use client'

import { useState } from 'react'
import type { FlowState } from '../../data/flowStore.js'
import { useFlow } from '../../data/useFlow.js'
import { useMessages } from '../../data/useMessages.js'
import { usePlanData } from '../../data/usePlan.js'
import type { PlanOverview } from '../../domain/planOverview.js'
import { Boundary } from './Boundary.js'
import { ownNotes } from './PurchaseNote.js'

const addOnsOf = ({ addOns }: PlanOverview) => addOns

/** Reads out what happens; mounted before there is anything to say, and still there after a text that crashes. */
export function LiveRegion() {
  const said = useFlow((state) => state.announcement)
  // What was said before a dialog opened has been heard.
  const [heard] = useState(said)
  return (
    <div data-addon-kit="" data-slot="live-region" role="status" aria-live="polite">
      <Boundary key={JSON.stringify(said)} fallback={null}>
        <Said said={said === heard ? '' : said} />
      </Boundary>
    </div>
  )
}

function Said({ said }: { said: FlowState['announcement'] }) {
  const addOns = usePlanData(addOnsOf, false)
  const { t } = useMessages()
  const lang = t('lang')
  if (typeof said === 'string') return said && <span lang={lang}>{said}</span>
  const name = addOns?.find(({ id }) => id === said.addOnId)?.name
  const isThere = said.step === 'done' || said.step === 'already-purchased'
  const action = t(isThere ? 'status.active' : (ownNotes[said.step] ?? 'card.unfinished'))
  return name && <span lang={lang}>{t('action.for', { action, name })}</span>
}
