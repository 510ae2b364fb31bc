'use client'

import type { ReactNode } from 'react'

/** Facts and figures, one to a line. */
export function Lines({ children }: { children: ReactNode }) {
  return <dl data-slot="lines">{children}</dl>
}

/** One fact: what it is, a remark on it, and its value. */
export function Line(props: { label: ReactNode; detail?: ReactNode; children: ReactNode; isDue?: boolean }) {
  return (
    <div data-slot="line" data-due={props.isDue || undefined}>
      <dt>
        {props.label}
        {props.detail && <small>{props.detail}</small>}
      </dt>
      <dd>{props.children}</dd>
    </div>
  )
}
