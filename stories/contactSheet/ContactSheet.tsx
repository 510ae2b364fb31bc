import type { Theme } from 'addon-kit'
import type { readCells } from './cells.js'
import { Frame } from './Frame.js'
import { FrozenDialog } from './FrozenDialog.js'
import './contactSheet.css'

/** Props of the sheet: what is on it, and how large each picture is. */
export interface ContactSheetProps {
  cells: Awaited<ReturnType<typeof readCells>>
  width: number
  height: number
  scale: number
  theme: Theme
  locale: string
}

/** Every step and ending of the dialog side by side, each standing still. */
export function ContactSheet({ cells, theme, locale, ...size }: ContactSheetProps) {
  return (
    <div className="sheet">
      {cells.map(([title, row]) => (
        <section key={title} aria-label={title}>
          <h2>{title}</h2>
          <ul>
            {row.map(({ name, step, ...cell }) => (
              <li key={name}>
                <Frame title={name} theme={theme} {...size}>
                  {(container) => <FrozenDialog {...cell} {...{ theme, locale, container }} />}
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
