import { Source } from '@storybook/addon-docs/blocks'
import './docs.css'

/** A file of an example, folded until somebody wants to read it. */
export function SourceFile({ name, says, code }: { name: string; says: string; code: string }) {
  return (
    <details className="docs-file">
      <summary>
        <code>{name}</code> <span>{says}</span>
      </summary>
      <Source language="tsx" code={code} />
    </details>
  )
}
