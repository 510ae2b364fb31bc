import type { PlanOverview } from 'addon-kit'
import { permissionsOf } from '../../src/data/permissions.js'
import { addOnActions } from '../../src/domain/policy.js'
import type { LoggedRequest } from './requestLog.js'

/** What a report is made from. */
export interface ReportInput {
  version: string
  storyId: string
  /** Those that are no longer as the story has them. */
  args: Readonly<Record<string, unknown>>
  /** What toolbar and panels have been set to. */
  globals: Readonly<Record<string, unknown>>
  /** Nothing where no plan has arrived. */
  plan: PlanOverview | undefined
  /** The story's present instant, and whether somebody has set it. */
  clock: { readonly at: Date; readonly isSet: boolean }
  /** The reader's own present instant. */
  realNow: Date
  viewport: { readonly name: string; readonly width: number; readonly height: number }
  requests: readonly LoggedRequest[]
}

/** What is to be known of a story to make it again, in Markdown. */
export function writeReport(input: ReportInput): string {
  const { version, storyId, args, globals, plan, clock, realNow, viewport, requests } = input
  const setBy = clock.isSet ? 'set in Storybook' : 'the story’s own'
  return [
    `# addon-kit ${version}`,
    '',
    `- Story: ${storyId}`,
    `- Args: ${listed(args) || 'the story’s own'}`,
    `- Set in Storybook: ${listed(globals) || 'nothing'}`,
    `- Role: ${plan ? plan.viewer.role : 'not known'}`,
    '',
    '## Decisions',
    '',
    ...(plan ? decisionsOf(plan) : ['No plan has arrived.']),
    '',
    '## When and where',
    '',
    `- Clock: ${clock.at.toISOString()}, ${setBy}; real clock: ${withOffset(realNow)}`,
    `- Viewport: ${viewport.name}, ${viewport.width} × ${viewport.height} px`,
    '',
    '## Last requests',
    '',
    ...table(
      ['method', 'path', 'status', 'code'],
      requests.map(({ method, path, status, code }) => [method, path, String(status ?? 'no answer'), code ?? '']),
    ),
    '',
  ].join('\n')
}

function listed(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} = ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(', ')
}

/** ISO 8601 on the reader's own clock, with how far that is from UTC. */
function withOffset(at: Date): string {
  const ahead = -at.getTimezoneOffset()
  const local = new Date(at.getTime() + ahead * 60_000).toISOString().slice(0, 19)
  const [hours, minutes] = [Math.floor(Math.abs(ahead) / 60), Math.abs(ahead) % 60]
  return `${local}${ahead < 0 ? '-' : '+'}${[hours, minutes].map((part) => String(part).padStart(2, '0')).join(':')}`
}

function decisionsOf(plan: PlanOverview): string[] {
  const rows = plan.addOns.map((addOn) => {
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
  return table(['add-on', 'status', ...addOnActions], rows)
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return ['None.']
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(escaped).join(' | ')} |`)
}

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
