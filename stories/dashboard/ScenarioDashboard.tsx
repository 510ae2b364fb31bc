import type { AddOnProviderProps } from 'addon-kit'
import { useState } from 'react'
import type { lookOf } from '../lookOf.js'
import { createScenario, type Scenario } from '../scenarios.js'
import { Dashboard } from './Dashboard.js'
import { DemoBar, SignIn } from './DemoBar.js'

export interface ScenarioDashboardProps {
  /** What the story is about. */
  text: string
  scenario?: Scenario
  /** Who can be signed in; the first one is. */
  roles: readonly [string, ...string[]]
  /** Is told of each request, e.g. "POST /add-ons/ai-assist/trials". */
  onRequest: (request: string) => void
  onEvent: AddOnProviderProps['onEvent']
  look?: ReturnType<typeof lookOf>
}

/** The dashboard with an account of its own, in which one story is told. */
export function ScenarioDashboard({ text, scenario, roles, onRequest, onEvent, look }: ScenarioDashboardProps) {
  const [role, setRole] = useState(roles[0])
  const [backend] = useState(() => {
    const viewer = { role: roles[0] }
    return { viewer, adapter: createScenario({ ...scenario, role: () => viewer.role, onRequest }) }
  })
  return (
    <Dashboard
      connection={{ adapter: backend.adapter }}
      scope={role}
      {...look}
      onEvent={onEvent}
      demoBar={
        <DemoBar text={text}>
          {roles.length > 1 && (
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
