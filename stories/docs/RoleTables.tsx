import {
  type AddOnAction,
  type AddOnStatus,
  type Decision,
  type DecisionInput,
  decideActions,
  standardPolicy,
} from 'addon-kit'
import { enDialog } from '../../src/messages/enDialog.js'
import { enView } from '../../src/messages/enView.js'
import { Table } from './Table.js'

const actions = ['subscribe', 'request-quote', 'start-trial', 'request-feature'] as const satisfies AddOnAction[]

/** The statuses as people say them, each with one that the policy can look at. */
const statuses: readonly (readonly [name: string, status: AddOnStatus])[] = [
  ['Available', { kind: 'available' }],
  ['On trial', { kind: 'trialing', startedAt: '2026-11-05T00:00:00Z', endsAt: '2026-12-05T00:00:00Z' }],
  ['Trial ended', { kind: 'trial-ended', endedAt: '2026-11-05T00:00:00Z' }],
  ['Active', { kind: 'active', since: '2026-11-05T00:00:00Z' }],
  ['Included in the plan', { kind: 'included' }],
  ['Not offered', { kind: 'unavailable' }],
]

const addOn: DecisionInput['addOn'] = {
  unitPrice: { amount: 1500, currency: 'USD' },
  trial: { days: 30 },
  status: { kind: 'available' },
  pendingPurchase: null,
  quoteRequest: null,
  featureRequests: { count: 0, from: [], byViewer: null },
}

/** The name of a standard role, in the product's own words. */
const nameOf = (role: string) => Object.entries(enDialog).find(([key]) => key === `role.${role}`)?.[1] ?? role

/** Which grants each standard role has. */
export function GrantTable() {
  return (
    <Table
      label="Grants by role"
      head={['Role', 'Grants']}
      rows={[...standardPolicy.roles].map(([role, grants]) => [
        String(nameOf(role)),
        grants.length > 0 ? grants.map((grant) => <code key={grant}>{grant} </code>) : 'none: no access to the flow',
      ])}
    />
  )
}

/** What the policy decides for each role and status, for one setup of the account. */
export function RoleTable(purchasing: DecisionInput['account']['purchasing']) {
  const roles = [...standardPolicy.roles.keys()]
  const decide = (role: string, status: AddOnStatus) =>
    decideActions({ viewer: { role }, account: { purchasing }, addOn: { ...addOn, status }, policy: standardPolicy })
  return (
    <Table
      label={`Roles and statuses, ${purchasing.mode}, ${purchasing.adminsCanRequestQuote ? 'with' : 'without'} quotes for Admins`}
      head={['Status', ...roles.map((role) => String(nameOf(role)))]}
      rows={statuses.map(([name, status]) => [
        name,
        ...roles.map((role) => <Decided key={role} {...decide(role, status)} />),
      ])}
    />
  )
}

function Decided({ hasAccess, actions: offered, decisions }: ReturnType<typeof decideActions>) {
  if (!hasAccess) return <span className="docs-none">no access</span>
  return (
    <>
      {offered.map((action, index) => (
        <span key={action} className="docs-action" data-primary={index === 0 || undefined}>
          {enView[`action.${action}`]}
        </span>
      ))}
      {offered.length === 0 && <span className="docs-none">none</span>}
      <details>
        <summary>why not</summary>
        <ul>
          {actions.map((action) => (
            <Withheld key={action} action={action} decision={decisions[action]} />
          ))}
        </ul>
      </details>
    </>
  )
}

function Withheld({ action, decision }: { action: AddOnAction; decision: Decision }) {
  if (decision.allowed) return null
  return (
    <li>
      {enView[`action.${action}`]}: <code>{decision.reason}</code>
    </li>
  )
}
