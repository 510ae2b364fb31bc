import { useCallback, useId, useMemo, useState } from 'react'
import { type CellKey, differencesOf, Expectations } from '../../test/matrix/Expectations.js'
import { matrixPeople, type StatusKind } from '../../test/matrix/matrix.js'
import { describeMatrix, fileNameOf, limitsOf, verdictOf } from './describeMatrix.js'
import { MatrixCell, type MatrixLook } from './MatrixCell.js'
import { type Cell, cellsOf, type MatrixSettings, rolesOf, statusesOf } from './MatrixSettings.js'
import { download, type Finding, matrixCsv } from './matrixCsv.js'
import { surfaces } from './surfaces.js'
import '../dashboard/dashboard.css'
import './matrix.css'

/** Props of the matrix of roles and statuses. */
export interface RoleMatrixProps extends MatrixSettings, MatrixLook {
  /** Names below each cell why each action is withheld. */
  showReasons: boolean
  /** What is expected: the text of expected.csv. */
  csv: string
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
export function RoleMatrix({ showReasons, csv, theme, messages, locale, ...settings }: RoleMatrixProps) {
  // What a cell has read belongs to its settings: others begin anew.
  const look = { theme, messages, locale }
  return <Matrix key={JSON.stringify({ ...settings, messages })} {...{ settings, showReasons, csv, look }} />
}

interface MatrixProps extends Pick<RoleMatrixProps, 'showReasons' | 'csv'> {
  settings: MatrixSettings
  look: MatrixLook
}

function Matrix({ settings: given, showReasons, csv, look }: MatrixProps) {
  const [settings] = useState(given)
  const isEnglish = /^en\b/.test(String(look.messages?.lang ?? 'en'))
  const cells = useMemo(() => cellsOf(settings), [settings])
  const expectations = useMemo(() => new Expectations(csv), [csv])
  const [shown, setShown] = useState<Readonly<Record<string, string>>>({})
  const onShown = useCallback(
    (id: string, seen: string) => setShown((all) => (all[id] === seen ? all : { ...all, [id]: seen })),
    [],
  )
  const findings = useMemo(
    () => cells.map((cell) => findingOf(cell, settings, expectations, shown[cell.id], isEnglish)),
    [cells, settings, expectations, shown, isEnglish],
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
          <p>{describeMatrix(settings)}</p>
          <p>{limitsOf(settings)}</p>
        </div>
        <p role="status" className="matrix-verdict" data-verdict={!isRead ? 'reading' : differing > 0 ? 'bad' : 'good'}>
          {verdictOf(isRead, differing, findings.length)}
        </p>
        <button
          type="button"
          className="matrix-button"
          onClick={() => download(fileNameOf(settings), matrixCsv(settings, findings))}
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
              {rolesOf(settings).map((role) => (
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
                      {...{ ...finding, ...look, settings, showReasons, onShown }}
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
  isEnglish: boolean,
): Finding {
  const expectation = expectations.find(cell.key)
  const differences = differencesOf(expectation, cell.decided)
  if (typeof expectation === 'string' || shown === undefined) return { cell, shown, differences }
  const expected = surfaces[settings.surface].expected(expectation, cell, settings)
  return {
    cell,
    shown,
    differences: (isEnglish ? shown === expected : unworded(shown) === unworded(expected))
      ? differences
      : [...differences, `Shows ${shown}, expected ${expected}`],
  }
}

/** What is seen in every language alike: a locked entry and the way back into a purchase differ in their words alone. */
function unworded(seen: string): string {
  return seen.replace(/ “.*”/, '').replace(/^locked$/, 'the way back into the purchase')
}
