import { type AddOnAction, AddOnProvider, type AddOnProviderProps, standardPolicy } from 'addon-kit'
import { memo, useLayoutEffect, useRef, useState } from 'react'
import { actionColumns } from '../../test/matrix/Expectations.js'
import { cellAdapter } from './cellAdapter.js'
import type { Cell, MatrixSettings } from './MatrixSettings.js'
import { surfaces } from './surfaces.js'

/** How the kit looks and reads in every cell. */
export type MatrixLook = Pick<AddOnProviderProps, 'theme' | 'messages' | 'locale'>

/** Props of a cell of the matrix. */
export interface MatrixCellProps extends MatrixLook {
  cell: Cell
  settings: MatrixSettings
  /** What the cell shows, once it has been read from the page. */
  shown: string | undefined
  /** In words, how it differs from what is expected; nothing where it does not. */
  differences: readonly string[]
  showReasons: boolean
  onShown: (id: string, shown: string) => void
}

/** The labels of the actions, in their order. */
const labels: Readonly<Record<AddOnAction, string>> = {
  subscribe: 'Subscribe now',
  'request-quote': 'Request a quote',
  'start-trial': 'Try it for free',
  'request-feature': 'Request feature',
}

/** One cell: the real part of the kit with a provider and a backend of its own, and what is to be said of it. */
export const MatrixCell = memo(function MatrixCell(props: MatrixCellProps) {
  const { cell, settings, theme, messages, locale, shown, differences, showReasons, onShown } = props
  const view = surfaces[settings.surface]
  const [adapter] = useState(() => cellAdapter(cell.plan, settings))
  const [container, setContainer] = useState<HTMLElement | null>(null)
  const surface = useRef<HTMLDivElement>(null)
  const content = view.render(cell, settings)
  const isDialog = settings.surface === 'dialog'

  useLayoutEffect(() => {
    const element = surface.current
    if (!element) return
    const look = () => {
      const seen = view.read(element)
      if (seen !== undefined) onShown(cell.id, seen)
    }
    look()
    const observer = new MutationObserver(look)
    observer.observe(element, { subtree: true, childList: true, characterData: true, attributes: true })
    return () => observer.disconnect()
  }, [view, cell, onShown])

  const differs = differences.length > 0
  return (
    <td className="matrix-cell" data-cell={cell.id} data-differs={differs || undefined}>
      <div
        ref={surface}
        className={isDialog ? 'matrix-surface matrix-frozen' : 'matrix-surface'}
        // A picture of a dialog takes no focus, whatever a dialog does when it opens.
        inert={isDialog}
        data-surface={settings.surface}
        data-has-dialog={(isDialog && Boolean(content)) || undefined}
      >
        <AddOnProvider
          adapter={adapter}
          initialPlan={cell.plan}
          policy={standardPolicy}
          theme={theme}
          messages={messages}
          locale={locale}
          container={container}
        >
          {(container || !isDialog) && content}
        </AddOnProvider>
        {isDialog && <div ref={setContainer} />}
      </div>
      {shown === 'nothing' && <p className="matrix-nothing">Shows nothing</p>}
      {isDialog && shown && shown !== 'nothing' && <p className="matrix-says">{shown}</p>}
      {differs && (
        <div className="matrix-mark">
          <strong>Differs</strong>
          <ul>
            {differences.map((difference) => (
              <li key={difference}>{difference}</li>
            ))}
          </ul>
        </div>
      )}
      {showReasons && <Reasons cell={cell} />}
    </td>
  )
})

function Reasons({ cell: { decided } }: { cell: Cell }) {
  const withheld = actionColumns.flatMap((action) => {
    const decision = decided.decisions[action]
    return decision.allowed ? [] : [{ action, reason: decision.reason }]
  })
  if (withheld.length === 0) return null
  return (
    <dl className="matrix-reasons">
      {withheld.map(({ action, reason }) => (
        <div key={action}>
          <dt>{labels[action]}</dt>
          <dd>
            <code>{reason}</code>
          </dd>
        </div>
      ))}
    </dl>
  )
}
