import type { AddOnProviderProps } from 'addon-kit'
import { useState } from 'react'
import { createBackend, type Scenario } from '../createBackend.js'
import type { lookOf } from '../lookOf.js'
import { type Choices, scopeOf } from '../toolbar/Toolbar.js'
import { Dashboard } from './Dashboard.js'
import { DemoBar, SignIn } from './DemoBar.js'

export interface ScenarioDashboardProps {
  /** What the story is about. */
  text: string
  scenario?: Scenario
  /** Who can be signed in, unless the toolbar says who is; the first one is. */
  roles: readonly [string, ...string[]]
  /** Is told of each request, e.g. "POST /add-ons/ai-assist/trials". */
  onRequest: (request: string) => void
  onEvent: AddOnProviderProps['onEvent']
  look?: ReturnType<typeof lookOf>
  choices?: Choices
}

/** The dashboard with an account of its own, in which one story is told. */
export function ScenarioDashboard(props: ScenarioDashboardProps) {
  const { text, scenario, roles, onRequest, onEvent, look, choices = {} } = props
  const [role, setRole] = useState(roles[0])
  const [backend] = useState(() => {
    const viewer = { role: roles[0] }
    return { viewer, ...createBackend({ ...scenario, role: () => viewer.role, onRequest }) }
  })
  return (
    <Dashboard
      connection={{ adapter: backend.adapter }}
      account={backend.account}
      scope={`${role} ${scopeOf(choices)}`}
      {...look}
      onEvent={onEvent}
      demoBar={
        <DemoBar text={text}>
          {roles.length > 1 && !choices.role && (
            <SignIn
              roles={roles}
              role={role}
              onChange={(next) => {
                backend.viewer.role = next
                setRole(next)
              }}
            />
          )}
        </DemoBar>
      }
    />
  )
}
