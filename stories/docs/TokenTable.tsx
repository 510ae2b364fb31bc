import stylesheet from '../../src/styles/addon-kit.css?raw'
import { Table } from './Table.js'
import { tokenDocs, tokensOf } from './tokens.js'

/** Every token of the kit, read from its stylesheet. */
export function TokenTable() {
  return (
    <Table
      label="Tokens"
      head={['Token', 'What it is for', 'Default', 'Derived from it']}
      rows={tokensOf(stylesheet).map(({ name, fallback, derived }) => [
        <code key="name">{name}</code>,
        tokenDocs[name.slice('--addon-kit-'.length)],
        <Fallback key="fallback" value={fallback} />,
        derived.length > 0 && (
          <details key="derived">
            <summary>{derived.map(([own]) => own.slice('--_'.length)).join(', ')}</summary>
            <ul>
              {derived.map(([own, how]) => (
                <li key={own}>
                  <code>{`${own}: ${how}`}</code>
                </li>
              ))}
            </ul>
          </details>
        ),
      ])}
    />
  )
}

/** A default, with a patch of each colour in it. */
function Fallback({ value }: { value: string }) {
  const colours = value.match(/#[\da-f]{3,8}\b/gi) ?? []
  return (
    <>
      {colours.map((colour) => (
        <span key={colour} className="docs-patch" style={{ background: colour }} />
      ))}
      <code>{value || 'none'}</code>
    </>
  )
}
