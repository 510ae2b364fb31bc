import type { Theme } from 'addon-kit'
import { useCallback, useId, useMemo, useState } from 'react'
import { type CellKey, csvRoles, differencesOf, Expectations } from '../../test/matrix/Expectations.js'
import { matrixPeople, type StatusKind } from '../../test/matrix/matrix.js'
import { MatrixCell } from './MatrixCell.js'
import { type Cell, cellsOf, type MatrixSettings, statusesOf } from './MatrixSettings.js'
import { download, type Finding, matrixCsv } from './matrixCsv.js'
import { surfaces } from './surfaces.js'
import '../dashboard/dashboard.css'
import './matrix.css'

/** Props of the matrix of roles and statuses. */
export interface RoleMatrixProps extends MatrixSettings {
  /** Names below each cell why each action is withheld. */
  showReasons: boolean
  /** What is expected: the text of expected.csv. */
  csv: string
  theme: Theme
}

const roleNames: Readonly<Record<CellKey['role'], string>> = {
  owner: 'Owner',
  admin: 'Admin',
  supervisor: 'Supervisor',
  agent: 'Agent',
}

const statusNames: Readonly<Record<StatusKind, string>> = {
  available: 'Available',
  trialing: 'On trial',
  'trial-ended': 'Trial ended',
  active: 'Active',
  included: 'Included in the plan',
  unavailable: 'Not offered',
  unknown: 'Unknown status',
}

const none: readonly string[] = []

/** Every role beside every status of an add-on, each cell held against expected.csv. */
export function RoleMatrix({ showReasons, csv, theme, ...settings }: RoleMatrixProps) {
  // What a cell has read belongs to its settings: others begin anew.
  return <Matrix key={JSON.stringify(settings)} {...{ settings, showReasons, csv, theme }} />
}

interface MatrixProps extends Pick<RoleMatrixProps, 'showReasons' | 'csv' | 'theme'> {
  settings: MatrixSettings
}

function Matrix({ settings: given, showReasons, csv, theme }: MatrixProps) {
  const [settings] = useState(given)
  const cells = useMemo(() => cellsOf(settings), [settings])
  const expectations = useMemo(() => new Expectations(csv), [csv])
  const [shown, setShown] = useState<Readonly<Record<string, string>>>({})
  const onShown = useCallback(
    (id: string, seen: string) => setShown((all) => (all[id] === seen ? all : { ...all, [id]: seen })),
    [],
  )
  const findings = useMemo(
    () => cells.map((cell) => findingOf(cell, settings, expectations, shown[cell.id])),
    [cells, settings, expectations, shown],
  )
  const titleId = useId()
  const isRead = findings.every((finding) => finding.shown !== undefined)
  const differing = findings.filter(({ differences }) => differences.length > 0).length
  const names = new Map(statusesOf(settings.surface).map((status) => [status, statusNames[status]]))
  if (settings.surface === 'summary') names.set('available', 'Any status')
  return (
    <section className="matrix" aria-labelledby={titleId}>
      <header className="matrix-head">
        <div>
          <h2 id={titleId}>{surfaces[settings.surface].label}</h2>
          <p>{describe(settings)}</p>
        </div>
        <p role="status" className="matrix-verdict" data-verdict={!isRead ? 'reading' : differing > 0 ? 'bad' : 'good'}>
          {verdict(isRead, differing, findings.length)}
        </p>
        <button
          type="button"
          className="matrix-button"
          onClick={() => download(fileName(settings), matrixCsv(settings, findings))}
        >
          Download CSV
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within the keyboard's reach */}
      <section className="matrix-scroll" aria-label="Roles and statuses" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col" className="matrix-corner">
                Status
              </th>
              {csvRoles.map((role) => (
                <th key={role} scope="col">
                  {roleNames[role]} <span>{matrixPeople[role].name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...names].map(([status, name]) => (
              <tr key={status}>
                <th scope="row">
                  <span>{name}</span>
                </th>
                {findings
                  .filter(({ cell }) => cell.key.status === status)
                  .map((finding) => (
                    <MatrixCell
                      key={finding.cell.id}
                      {...{ ...finding, settings, theme, showReasons, onShown }}
                      // The same list each time, so that a cell with nothing new is left alone.
                      differences={finding.differences.length > 0 ? finding.differences : none}
                    />
                  ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}

function findingOf(
  cell: Cell,
  settings: MatrixSettings,
  expectations: Expectations,
  shown: string | undefined,
): Finding {
  const expectation = expectations.find(cell.key)
  const differences = differencesOf(expectation, cell.decided)
  if (typeof expectation === 'string' || shown === undefined) return { cell, shown, differences }
  const expected = surfaces[settings.surface].expected(expectation, cell, settings)
  return {
    cell,
    shown,
    differences: shown === expected ? differences : [...differences, `Shows ${shown}, expected ${expected}`],
  }
}

function verdict(isRead: boolean, differing: number, count: number): string {
  if (!isRead) return 'Looking at the cells'
  if (differing === 0) return `All ${count} cells are as expected`
  return `${differing} of ${count} cells ${differing === 1 ? 'differs' : 'differ'}`
}

function describe({
  surface,
  opensWith,
  plan,
  mode,
  adminsCanRequestQuote,
  isQuoteOpen,
  hasAsked,
  pending,
}: MatrixSettings) {
  return [
    surface === 'dialog' && `Opened with ${opensWith}`,
    plan === 'essentials' ? 'Essentials' : 'Professional',
    mode === 'quote' ? 'sold by quote' : 'self-serve',
    adminsCanRequestQuote ? 'Admins may request quotes' : 'no quotes for Admins',
    isQuoteOpen && 'a quote is open',
    hasAsked && 'the viewer has asked',
    pending === 'own' && 'the Owner is buying it',
    pending === 'colleague' && 'the other Owner is buying it',
  ]
    .filter(Boolean)
    .join(' · ')
}

function fileName({ surface, plan, mode }: MatrixSettings): string {
  return `role-matrix-${surface}-${plan}-${mode}.csv`
}
