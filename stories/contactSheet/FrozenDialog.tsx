import { QueryClient } from '@tanstack/react-query'
import type { AddOnAction, AddOnAdapter, PlanOverview, PurchaseState } from 'addon-kit'
import { useEffect, useState } from 'react'
import { CheckedAdapter } from '../../src/adapter/CheckedAdapter.js'
import { FlowDialog } from '../../src/components/dialog/FlowDialog.js'
import { AddOnContext, type AddOnContextValue } from '../../src/data/AddOnContext.js'
import { createFlowStore, purchaseKey } from '../../src/data/flowStore.js'
import { createPlanSource } from '../../src/data/planSource.js'
import { withMessages } from '../../src/data/useMessages.js'
import { enView } from '../../src/messages/enView.js'
import { lookOf } from '../lookOf.js'
import { never } from '../scenarios.js'
import type { Look } from '../toolbar/Toolbar.js'

/** Props of a dialog that stands still. */
export interface FrozenDialogProps {
  addOnId: string
  action: AddOnAction | undefined
  /** Where its purchase stands. */
  state: PurchaseState
  plan: PlanOverview
  /** Answers the short requests. */
  adapter: AddOnAdapter
  /** Sends the short request at once. */
  isSent: boolean
  look: Look
  container: HTMLElement
}

/**
 * The kit's own dialog in one of its steps. The parts of the provider that ask, wait and listen are not there: what it is
 * given is what it shows, for as long as it stands.
 */
export function FrozenDialog({ addOnId, action, state, plan, adapter, isSent, look, container }: FrozenDialogProps) {
  const { theme, messages, locale } = lookOf(look)
  const [fixed] = useState(() => {
    const store = createFlowStore()
    store.setState({ purchases: { [purchaseKey(plan.account.id, addOnId)]: state } })
    const queryClient = new QueryClient()
    return { store, queryClient, adapter: new CheckedAdapter(adapter) }
  })
  const texts = { ...enView, ...messages }
  const value: AddOnContextValue = {
    ...fixed,
    host: { current: { onUpdatePaymentMethod: never } },
    emit: () => {},
    scope: undefined,
    session: 0,
    initialPlan: plan,
    policy: undefined,
    locale: locale ?? String(texts.lang),
    formats: locale,
    messages: texts,
    theme,
    container,
    linkComponent: 'a',
  }
  const [planSource] = useState(() => createPlanSource(value))
  const zone = plan.account.billing?.timeZone ?? 'UTC'
  useEffect(() => {
    if (!isSent) return
    container.querySelector<HTMLElement>('[data-slot="dialog-actions"] [data-variant="primary"]')?.click()
  }, [isSent, container])
  return (
    <AddOnContext.Provider value={withMessages({ ...value, planSource, zone }, texts)}>
      <FlowDialog addOnId={addOnId} action={action} open onOpenChange={() => {}} onAction={() => {}} />
    </AddOnContext.Provider>
  )
}
