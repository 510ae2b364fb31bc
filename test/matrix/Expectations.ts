import * as v from 'valibot'
import { type AddOnAction, type Decisions, withheldReasons } from '../../src/domain/policy.js'
import { type Combination, modes, plans, statuses } from './matrix.js'

/** The roles that expected.csv speaks of. */
export const csvRoles = ['owner', 'admin', 'supervisor', 'agent'] as const

/** The columns that say what becomes of each action, in the order in which actions are shown. */
export const actionColumns = [
  'subscribe',
  'request-quote',
  'start-trial',
  'request-feature',
] as const satisfies readonly AddOnAction[]

/** What decides a cell, as expected.csv names it. */
export type CellKey = Pick<
  Combination,
  'plan' | 'mode' | 'adminsCanRequestQuote' | 'status' | 'isQuoteOpen' | 'hasAsked' | 'isPending'
> & { readonly role: (typeof csvRoles)[number] }

const answer = v.picklist(['yes', 'no', '*'])
const outcome = v.picklist(['offered', ...withheldReasons])

/** A line of expected.csv. `*` stands for every value; `none` for no action. */
const lineSchema = v.strictObject({
  role: v.picklist(csvRoles),
  plan: v.picklist([...plans, '*']),
  mode: v.picklist([...modes, '*']),
  adminsCanRequestQuote: answer,
  status: v.picklist(statuses),
  isQuoteOpen: answer,
  hasAsked: answer,
  isPending: answer,
  actions: v.union([
    v.pipe(
      v.literal('none'),
      v.transform(() => []),
    ),
    v.pipe(
      v.string(),
      v.transform((text) => text.split(' ')),
      v.array(v.picklist(actionColumns)),
    ),
  ]),
  subscribe: outcome,
  'request-quote': outcome,
  'start-trial': outcome,
  'request-feature': outcome,
  card: v.picklist(['shown', 'nothing']),
  sidebar: v.picklist(['link', 'locked', 'nothing']),
  summary: v.picklist(['billing', 'plan', 'sentence']),
})

/** What expected.csv says of one cell: the actions in their order, why each other one is withheld, and what is seen. */
export type Expectation = v.InferOutput<typeof lineSchema>

/** The columns that say what decides a cell. */
export const keyColumns = [
  'role',
  'plan',
  'mode',
  'adminsCanRequestQuote',
  'status',
  'isQuoteOpen',
  'hasAsked',
  'isPending',
] as const

/** expected.csv: what product.md says of every cell, written by hand and never by the policy. */
export class Expectations {
  readonly lines: readonly Expectation[]

  /** @throws Error naming the line that cannot be read. */
  constructor(csv: string) {
    const [head = '', ...rows] = csv.trim().split(/\r?\n/)
    const names = head.split(',')
    this.lines = rows.map((row, index) => {
      const cells = row.split(',')
      const line = Object.fromEntries(names.map((name, column) => [name, cells[column]]))
      const { success, output, issues } = v.safeParse(lineSchema, line)
      if (success && cells.length === names.length) return output
      const why = issues?.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`).join('; ') ?? 'too many cells'
      throw new Error(`expected.csv, line ${index + 2}: ${why}`)
    })
  }

  /** The one line for a cell, or in words why there is none. */
  find(key: CellKey): Expectation | string {
    const found = this.lines.filter((line) => keyColumns.every((column) => says(line[column], key[column])))
    const [line] = found
    if (found.length > 1) return `expected.csv has ${found.length} lines for this cell.`
    return line ?? 'expected.csv has no line for this cell.'
  }
}

/** A value as expected.csv writes it. */
export function written(value: string | boolean): string {
  return typeof value === 'string' ? value : value ? 'yes' : 'no'
}

function says(cell: string, value: string | boolean): boolean {
  return cell === '*' || cell === written(value)
}

/** In words, how what a policy decides differs from what is expected; nothing where it does not. */
export function differencesOf(
  expected: Expectation | string,
  found: { readonly actions: readonly string[]; readonly decisions: Decisions },
): string[] {
  if (typeof expected === 'string') return [expected]
  const problems: string[] = []
  const say = (what: string, is: string, should: string) => {
    if (is !== should) problems.push(`${what}: ${is}, expected ${should}`)
  }
  say('Actions', found.actions.join(' ') || 'none', expected.actions.join(' ') || 'none')
  for (const action of actionColumns) {
    const decision = found.decisions[action]
    say(action, decision.allowed ? 'offered' : decision.reason, expected[action])
  }
  return problems
}
