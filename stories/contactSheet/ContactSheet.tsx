import { themeOf } from '../lookOf.js'
import type { Look } from '../toolbar/Toolbar.js'
import type { Row } from './cells.js'
import { Frame } from './Frame.js'
import { FrozenDialog } from './FrozenDialog.js'
import './contactSheet.css'

/** Props of the sheet: what is on it, and how large each picture is. */
export interface ContactSheetProps {
  rows: readonly Row[]
  width: number
  height: number
  /** Of the pictures that need not be tall. */
  shortHeight: number
  scale: number
  look: Look
}

/** Every step and ending of the dialog side by side, each standing still. */
export function ContactSheet({ rows, look, height, shortHeight, ...size }: ContactSheetProps) {
  return (
    <div className="sheet">
      <p className="sheet-note">
        Role, purchasing mode, quotes for Admins, next purchase and network do not apply here: every step is shown, as
        whoever gets to it sees it.
      </p>
      {rows.map(({ title, isTall, cells }) => (
        <section key={title} aria-label={title}>
          <h2>{title}</h2>
          <ul>
            {cells.map(({ name, step, ...cell }) => (
              <li key={name}>
                <Frame title={name} theme={themeOf(look)} height={isTall ? height : shortHeight} {...size}>
                  {(container) => <FrozenDialog {...cell} look={look} container={container} />}
                </Frame>
                <p>
                  {name} <code>{step}</code>
                </p>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
