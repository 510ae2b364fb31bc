import { anatomies, partDocs, type SlotDoc } from './slotDocs.js'
import { Table } from './Table.js'

/** The slots of a component: which take a class name, what each is, and which attributes tell its state. */
export function SlotTable({ component }: { component: keyof typeof anatomies }) {
  const { slots, parts } = anatomies[component]
  const row = (name: string, { what, states = [] }: SlotDoc, takesClassName: boolean) => [
    <code key="name">{name}</code>,
    what,
    <Codes key="states" of={states} />,
    takesClassName ? 'yes' : '',
  ]
  return (
    <Table
      label={`Slots of ${component}`}
      head={['data-slot', 'What it is', 'Attributes', 'Takes a class name']}
      rows={[
        ...Object.entries<SlotDoc>(slots).map(([name, doc]) => row(name, doc, true)),
        ...parts.map((name) => row(name, partDocs[name], false)),
      ]}
    />
  )
}

function Codes({ of }: { of: readonly string[] }) {
  return of.map((name) => (
    <span key={name}>
      <code>{name}</code>{' '}
    </span>
  ))
}
