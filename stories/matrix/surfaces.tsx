import { AddOnCard, AddOnNavItem, PlanTab, PurchaseDialog, RequestFeatureButton } from 'addon-kit'
import type { ReactNode } from 'react'
import type { Expectation } from '../../test/matrix/Expectations.js'
import { matrixAddOnId } from '../../test/matrix/matrix.js'
import type { Cell, MatrixSettings, Surface } from './MatrixSettings.js'

/** A part of the kit in a cell, and how what is seen of it is put into words. */
export interface SurfaceView {
  readonly label: string
  render(cell: Cell, settings: MatrixSettings): ReactNode
  /** What the page shows, read from the page; nothing while it is still on its way. */
  read(element: Element): string | undefined
  /** The same as expected.csv would have it. */
  expected(expectation: Expectation, cell: Cell, settings: MatrixSettings): string
}

const nothing = 'nothing'

/** The step that each action opens the dialog with, and its title. */
const firstSteps: Readonly<Record<MatrixSettings['opensWith'], string>> = {
  'no action': 'overview “Analytics+”',
  subscribe: 'review “Subscribe to Analytics+”',
  'request-quote': 'request-quote “Request a quote for Analytics+”',
  'start-trial': 'start-trial “Try Analytics+ for free”',
  'request-feature': 'request-feature “Request Analytics+”',
}

/** The parts of the kit that decide by role. */
export const surfaces: Readonly<Record<Surface, SurfaceView>> = {
  card: {
    label: 'Add-on card',
    render: () => <AddOnCard addOnId={matrixAddOnId} />,
    read: (element) => {
      const card = element.querySelector('article')
      if (!card) return nothing
      const actions = actionsIn(card)
      // The one button beside the notes, whatever the language calls it.
      const goesOn = [...card.querySelectorAll('[data-slot="note"] button')].map(() => 'Continue')
      return [...actions, ...goesOn].join(' ') || 'no action'
    },
    expected: ({ card, actions }, { isBuying }) => {
      if (card === 'nothing') return nothing
      return isBuying ? 'Continue' : actions.join(' ') || 'no action'
    },
  },
  sidebar: {
    label: 'Sidebar entry',
    render: () => (
      <div className="host-side">
        <AddOnNavItem addOnId={matrixAddOnId} classNames={{ 'nav-item': 'host-entry' }} />
      </div>
    ),
    read: (element) => {
      const entry = element.querySelector('[data-slot="nav-item"]')
      if (!entry) return nothing
      if (entry.matches('a[href]')) return 'link'
      return entry.textContent?.endsWith('locked') ? 'locked' : 'the way back into the purchase'
    },
    expected: ({ sidebar }, { isBuying }) =>
      isBuying && sidebar === 'locked' ? 'the way back into the purchase' : sidebar,
  },
  summary: {
    label: 'Account summary',
    render: ({ key }) => <PlanTab aria-label={`Current plan, as seen by the ${key.role}`} />,
    read: (element) => {
      if (element.querySelector('[data-slot="no-access"]')) return 'sentence'
      const summary = element.querySelector('[data-slot="summary"]')
      return summary ? (summary.querySelector('dl') ? 'billing' : 'plan') : nothing
    },
    expected: ({ summary }) => summary,
  },
  request: {
    label: 'Request button',
    render: () => <RequestFeatureButton addOnId={matrixAddOnId} />,
    read: (element) => {
      const root = element.querySelector<HTMLElement>('[data-slot="request-feature"]')
      if (!root) return nothing
      return root.querySelector('button') ? 'button' : (root.dataset.state ?? nothing)
    },
    expected: ({ card, 'request-feature': outcome }) => {
      if (card === 'nothing') return nothing
      return { offered: 'button', 'already-requested': 'requested' }[String(outcome)] ?? nothing
    },
  },
  dialog: {
    label: 'First step of the dialog',
    render: ({ decided, plan }, { opensWith }) =>
      decided.hasAccess &&
      plan.addOns.length > 0 && (
        <PurchaseDialog addOnId={matrixAddOnId} action={opensWith === 'no action' ? undefined : opensWith} open />
      ),
    read: (element) => {
      // It is not in the page before its code is.
      if (!element.querySelector('[data-slot="dialog"]'))
        return element.matches('[data-has-dialog]') ? undefined : nothing
      const step = element.querySelector<HTMLElement>('[data-slot="step"]:not([aria-busy])')
      if (!step) return undefined
      const title = step.querySelector('[data-slot="dialog-title"]')?.textContent
      const actions = step.dataset.step === 'overview' ? `, ${actionsIn(step).join(' ') || 'no action'}` : ''
      return `${step.dataset.step} “${title}”${actions}`
    },
    expected: (expectation, { isBuying }, { opensWith }) => {
      if (expectation.card === 'nothing') return nothing
      const first = firstSteps[opensWith]
      if (opensWith === 'no action') return `${first}, ${expectation.actions.join(' ') || 'no action'}`
      if (isBuying && opensWith === 'subscribe') return 'processing “Your purchase is being processed”'
      return expectation[opensWith] === 'offered' ? first : 'withheld “Analytics+”'
    },
  },
}

function actionsIn(element: Element): string[] {
  return [...element.querySelectorAll<HTMLElement>('button[data-action]')].map(({ dataset }) => dataset.action ?? '')
}
