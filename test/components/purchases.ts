import { screen } from '@testing-library/react'
import type { AddOnError } from 'addon-kit'
import type { NextPurchase } from 'addon-kit/demo'
import { type Override, openPurchase, pressConfirm, show } from './harness.js'

/** A purchase that comes to what the demo's backend is told, up to its confirm button. */
export async function confirm(nextPurchase?: NextPurchase, options: Parameters<typeof show>[0] = {}) {
  const page = show({ nextPurchase, ...options })
  await openPurchase()
  await pressConfirm()
  return page
}

/** What the dialog says now. */
export const dialog = () => screen.getByRole('dialog')

export const purchaseRejects = (...errors: AddOnError[]): Override => {
  const left = [...errors]
  return (demo) => ({
    purchase: async (...call) => {
      const error = left.shift()
      if (error) throw error
      return demo.purchase(...call)
    },
  })
}

/** The dialog gives the focus back a task after it has gone. */
export const nextTask = () => new Promise((resolve) => setTimeout(resolve))
