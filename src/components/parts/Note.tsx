import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon.js'

const icons = { done: 'check', wait: 'clock', bad: 'alert' } as const satisfies Record<string, IconName>

/** A remark with an icon. @selector [data-tone] */
export function Note({ tone, children }: { tone: keyof typeof icons; children: ReactNode }) {
  return (
    <p data-slot="note" data-tone={tone}>
      <Icon name={icons[tone]} />
      <span>{children}</span>
    </p>
  )
}
