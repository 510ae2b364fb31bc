'use client'

import { useStore } from 'zustand'
import { useAddOnContext } from '../../data/AddOnContext.js'
import { useMessages } from '../../data/useMessages.js'
import { usePlanData } from '../../data/usePlan.js'
import type { PlanOverview } from '../../domain/planOverview.js'
import { ownNotes } from './PurchaseNote.js'

const addOnsOf = ({ addOns }: PlanOverview) => addOns

/** Reads out what happens; mounted before there is anything to say. */
export function LiveRegion() {
  const { store } = useAddOnContext()
  const said = useStore(store, (state) => state.announcement)
  const addOns = usePlanData(addOnsOf, false)
  const { t } = useMessages()
  const text = () => {
    if (typeof said === 'string') return said
    const name = addOns?.find(({ id }) => id === said.addOnId)?.name
    const isThere = said.step === 'done' || said.step === 'already-purchased'
    const action = t(isThere ? 'status.active' : (ownNotes[said.step] ?? 'card.unfinished'))
    return name && t('action.for', { action, name })
  }
  return (
    <div data-addon-kit="" data-slot="live-region" role="status" aria-live="polite">
      {text()}
    </div>
  )
}
