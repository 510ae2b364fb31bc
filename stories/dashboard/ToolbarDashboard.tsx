import { type ReactNode, useState } from 'react'
import { lookOf } from '../lookOf.js'
import { type Choices, type Look, scopeOf } from '../toolbar/Toolbar.js'
import { baseUrl, resetToolbarAccount, toolbarBackend } from '../toolbar.js'
import { Dashboard } from './Dashboard.js'
import { DemoBar } from './DemoBar.js'

export interface ToolbarDashboardProps {
  choices: Choices
  look: Look
  children?: ReactNode
}

/** The dashboard of whomever the toolbar signs in, with the one account that all of them share. */
export function ToolbarDashboard({ choices, look, children }: ToolbarDashboardProps) {
  const [resets, setResets] = useState(0)
  return (
    <Dashboard
      connection={{ baseUrl }}
      account={toolbarBackend.current.account}
      scope={`${scopeOf(choices)} ${resets}`}
      {...lookOf(look)}
      demoBar={
        <DemoBar text="Choose role, plan and purchasing mode in Storybook's panel “Account”: everybody sees the same account.">
          {children}
          <button
            type="button"
            onClick={() => {
              resetToolbarAccount()
              setResets(resets + 1)
            }}
          >
            Reset the account
          </button>
        </DemoBar>
      }
    />
  )
}
