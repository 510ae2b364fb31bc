import { type ReactNode, useState } from 'react'
import { lookOf } from '../lookOf.js'
import { baseUrl, scopeOf, type Toolbar, toolbarAccount } from '../toolbar.js'
import { Dashboard } from './Dashboard.js'
import { DemoBar } from './DemoBar.js'

/** The dashboard of whomever the toolbar signs in, with the one account that all of them share. */
export function ToolbarDashboard({ toolbar, children }: { toolbar: Toolbar; children?: ReactNode }) {
  const [resets, setResets] = useState(0)
  return (
    <Dashboard
      connection={{ baseUrl }}
      scope={`${scopeOf(toolbar)} ${resets}`}
      {...lookOf(toolbar)}
      demoBar={
        <DemoBar text="Choose role, plan and purchasing mode in Storybook's toolbar: everybody sees the same account.">
          {children}
          <button
            type="button"
            onClick={() => {
              toolbarAccount.reset()
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
