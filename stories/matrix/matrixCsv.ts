import { actionColumns, keyColumns, written } from '../../test/matrix/Expectations.js'
import type { Cell, MatrixSettings } from './MatrixSettings.js'

/** What is known of a cell that has been looked at. */
export interface Finding {
  readonly cell: Cell
  readonly shown: string | undefined
  readonly differences: readonly string[]
}

/** The shown matrix as CSV: a line for each cell, with the columns of expected.csv first. */
export function matrixCsv({ surface, opensWith }: MatrixSettings, findings: readonly Finding[]): string {
  const head = [...keyColumns, 'actions', ...actionColumns, 'surface', 'shown', 'differences']
  const name = surface === 'dialog' ? `dialog, ${opensWith}` : surface
  const lines = findings.map(({ cell: { key, decided }, shown = '', differences }) => [
    ...keyColumns.map((column) => written(key[column])),
    decided.actions.join(' ') || 'none',
    ...actionColumns.map((action) => {
      const decision = decided.decisions[action]
      return decision.allowed ? 'offered' : decision.reason
    }),
    name,
    shown,
    differences.join('; '),
  ])
  return [head, ...lines].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')
}

/** Gives the reader a file to keep. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Not in this task: the browser has yet to begin with it.
  setTimeout(() => URL.revokeObjectURL(url))
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
