import { Fragment } from 'react'
import { Table } from './Table.js'

/** What the keyboard does in a part of the kit; keys pressed together are joined by "+". */
export function KeyTable({ component, keys }: { component: string; keys: readonly (readonly [string, string])[] }) {
  return (
    <Table
      label={`Keyboard in ${component}`}
      head={['Key', 'What it does']}
      rows={keys.map(([combination, what]) => [
        combination.split('+').map((key, index) => (
          <Fragment key={key}>
            {index > 0 && ' + '}
            <kbd>{key}</kbd>
          </Fragment>
        )),
        what,
      ])}
    />
  )
}
