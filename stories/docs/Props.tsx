import { ArgTypes } from '@storybook/addon-docs/blocks'
import type { ComponentProps } from 'react'
import './docs.css'

/** The props of a component, as its JSDoc has them; on a small screen the table scrolls. */
export function Props({ of }: Pick<ComponentProps<typeof ArgTypes>, 'of'>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within the keyboard's reach
    <section className="docs-scroll" aria-label="Props" tabIndex={0}>
      <ArgTypes of={of} />
    </section>
  )
}
