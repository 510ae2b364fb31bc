import type { PlanOverview } from 'addon-kit'
import { permissionsOf } from '../../src/data/permissions.js'
import { addOnActions } from '../../src/domain/policy.js'
import type { LoggedRequest } from './requestLog.js'

/** What a report is made from. */
export interface ReportInput {
  version: string
  storyId: string
  globals: Readonly<Record<string, unknown>>
  /** Nothing where no plan has arrived. */
  plan: PlanOverview | undefined
  requests: readonly LoggedRequest[]
}

/** What is to be known of a story to make it again, in Markdown. */
export function writeReport({ version, storyId, globals, plan, requests }: ReportInput): string {
  const set = Object.entries(globals).filter(([name]) => name !== 'account')
  return [
    `# addon-kit ${version}: ${storyId}`,
    '',
    '## Toolbar',
    '',
    ...set.map(([name, value]) => `- ${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}`),
    '',
    '## Decisions',
    '',
    ...(plan ? decisionsOf(plan) : ['No plan has arrived.']),
    '',
    `## Last requests`,
    '',
    ...table(
      ['method', 'path', 'status', 'code'],
      requests.map(({ method, path, status, code }) => [method, path, String(status ?? 'no answer'), code ?? '']),
    ),
    '',
  ].join('\n')
}

function decisionsOf(plan: PlanOverview): string[] {
  const { viewer, addOns, serverTime } = plan
  const rows = addOns.map((addOn) => {
    const { decisions } = permissionsOf(plan, addOn, undefined)
    return [
      addOn.id,
      addOn.status.kind,
      ...addOnActions.map((action) => {
        const decision = decisions[action]
        return decision.allowed ? 'offered' : decision.reason
      }),
    ]
  })
  return [
    `Role: ${viewer.role}. The server's clock: ${serverTime}.`,
    '',
    ...table(['add-on', 'status', ...addOnActions], rows),
  ]
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return ['None.']
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(escaped).join(' | ')} |`)
}

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
