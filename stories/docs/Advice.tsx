import type { ReactNode } from 'react'
import './docs.css'

/** What to do with a part of the kit, and what not to. */
export function Advice({ dos, donts }: { dos: readonly ReactNode[]; donts: readonly ReactNode[] }) {
  return (
    <div className="sb-unstyled docs-advice">
      <Column title="Do" tone="do" of={dos} />
      <Column title="Don’t" tone="dont" of={donts} />
    </div>
  )
}

function Column({ title, tone, of }: { title: string; tone: 'do' | 'dont'; of: readonly ReactNode[] }) {
  return (
    <div data-tone={tone}>
      <h3>{title}</h3>
      <ul>
        {of.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: advice never moves
          <li key={index}>{item}</li>
        ))}
      </ul>
    </div>
  )
}
