'use client'

import { Component, type ReactNode } from 'react'
import { AddOnContext } from '../../data/AddOnContext.js'

interface BoundaryProps {
  children: ReactNode
  /** @default a sentence that says so */
  fallback?: ReactNode
  onCrash?: (() => void) | undefined
}

/** Keeps a crash inside the kit from reaching the host, and reports it through `onEvent`. */
export class Boundary extends Component<BoundaryProps, { hasCrashed: boolean }> {
  static override contextType = AddOnContext
  declare context: React.ContextType<typeof AddOnContext>
  override state = { hasCrashed: false }

  static getDerivedStateFromError() {
    return { hasCrashed: true }
  }

  override componentDidCatch(error: unknown) {
    this.context?.emit({ type: 'crashed', error })
    this.props.onCrash?.()
  }

  override render() {
    if (!this.state.hasCrashed) return this.props.children
    const title = this.context?.messages['crash.title']
    return (
      this.props.fallback ?? (
        <p data-addon-kit="" data-slot="crash">
          {typeof title === 'string' ? title : null}
        </p>
      )
    )
  }
}
