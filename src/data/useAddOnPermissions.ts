'use client'

import { useCallback } from 'react'
import type { PlanOverview } from '../domain/planOverview.js'
import type { ActionDecisions } from '../domain/policy.js'
import type { AddOnId } from '../domain/Register.js'
import { useAddOnContext } from './AddOnContext.js'
import { permissionsOf } from './permissions.js'
import { usePlanData } from './usePlan.js'

/** What the viewer may do with an add-on. */
export interface AddOnPermissions extends Omit<ActionDecisions, 'decisions'> {
  /** `undefined` until the plan is known. */
  readonly role: string | undefined
  readonly decisions: ActionDecisions['decisions'] | undefined
}

/** The viewer's role and what it may do with an add-on; nothing until the plan is known. */
export function useAddOnPermissions(addOnId: AddOnId): AddOnPermissions {
  const { policy } = useAddOnContext()
  const select = useCallback(
    (plan: PlanOverview) => {
      const addOn = plan.addOns.find(({ id }) => id === addOnId)
      return { role: plan.viewer.role, ...permissionsOf(plan, addOn, policy) }
    },
    [addOnId, policy],
  )
  return usePlanData(select) ?? unknown
}

const unknown: AddOnPermissions = { role: undefined, hasAccess: false, actions: [], decisions: undefined }
