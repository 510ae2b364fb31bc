'use client'

import { type ReactNode, useLayoutEffect, useRef } from 'react'
import type { AddOn } from '../../domain/addOn.js'
import { Icon, type IconName } from '../parts/Icon.js'
import { Tile } from '../parts/Tile.js'
import { ModalTitle } from './Modal.js'

/** Props of a step of the dialog. */
export interface StepFrameProps {
  /** Names the step: when it changes, focus moves to its heading. @selector [data-step] */
  step: string
  title: ReactNode
  text?: ReactNode
  /** What stands beside the heading: the add-on, or how it ended. */
  mark: { addOn: AddOn } | { icon: IconName | 'wait'; tone: 'good' | 'bad' | 'wait' }
  /** Scrolls where the screen is small. */
  children?: ReactNode
  /** Stays in sight: the amount and the sentence. */
  footer?: ReactNode
  /** Stay in sight too. */
  actions?: ReactNode
  isBusy?: boolean | undefined
}

/** One step of the dialog: its heading names the dialog and takes the focus. */
export function StepFrame({ step, title, text, mark, children, footer, actions, isBusy }: StepFrameProps) {
  const frame = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    keepHeight(frame.current?.parentElement)
    const reach = () => makeScrollable(frame.current?.querySelector('[data-slot="dialog-body"]'))
    reach()
    window.addEventListener('resize', reach)
    return () => window.removeEventListener('resize', reach)
  })
  return (
    <div
      ref={frame}
      data-slot="step"
      data-step={step}
      aria-busy={isBusy || ('icon' in mark && mark.icon === 'wait') || undefined}
    >
      <div data-slot="dialog-head">
        {'addOn' in mark ? (
          <Tile addOn={mark.addOn} />
        ) : (
          <span data-slot="mark" data-tone={mark.tone} aria-hidden="true">
            {mark.icon === 'wait' ? <span data-slot="spinner" /> : <Icon name={mark.icon} />}
          </span>
        )}
        <div>
          <ModalTitle step={step}>{title}</ModalTitle>
          {text && <p data-slot="dialog-text">{text}</p>}
        </div>
      </div>
      {children && <div data-slot="dialog-body">{children}</div>}
      <div data-slot="dialog-foot">
        {footer}
        {actions && <div data-slot="dialog-actions">{actions}</div>}
      </div>
    </div>
  )
}

/** A sheet becomes higher, but not lower again while it is open: what is at its upper edge stays where it is. */
function keepHeight(dialog: HTMLElement | null | undefined) {
  dialog?.style.setProperty('--_kept', getComputedStyle(dialog).blockSize)
}

/** What scrolls must be within the keyboard's reach, and nothing else should be a stop on its way. */
function makeScrollable(body: Element | null | undefined) {
  if (body && body.scrollHeight > body.clientHeight) body.setAttribute('tabindex', '0')
  else body?.removeAttribute('tabindex')
}
