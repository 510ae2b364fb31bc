import { type ComponentPropsWithoutRef, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'
import './ownDialog.css'

type ButtonProps = ComponentPropsWithoutRef<'button'> & { variant?: 'default' | 'outline' }

/** A button that keeps its place in the order of focus while it takes no presses. */
export function Button({ variant = 'default', onClick, ...rest }: ButtonProps) {
  const isDisabled = rest['aria-disabled'] === true
  return (
    <button
      type="button"
      className={`own-button own-button-${variant}`}
      {...rest}
      aria-disabled={isDisabled || undefined}
      onClick={isDisabled ? undefined : onClick}
    />
  )
}

interface DialogProps {
  title: string
  /** Names the step: when it changes, focus moves to the heading. */
  step: string
  onClose: () => void
  /** The id of what takes the focus where the opener has gone. */
  returnFocusTo: string
  children: ReactNode
}

/** The platform's modal dialog: it keeps focus inside, closes on Escape, and gives focus back. */
export function Dialog({ title, step, onClose, returnFocusTo, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  // Closed before it leaves the page: only then does the browser give focus back.
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => {
      element?.close()
      const { activeElement } = document
      const isLost = activeElement === document.body || element?.contains(activeElement)
      if (isLost) document.getElementById(returnFocusTo)?.focus()
    }
  }, [returnFocusTo])
  // biome-ignore lint/correctness/useExhaustiveDependencies: focus follows the step, nothing else
  useEffect(() => heading.current?.focus(), [step])
  return (
    <dialog
      ref={dialog}
      className="own-dialog"
      aria-labelledby="own-dialog-title"
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <h2 ref={heading} id="own-dialog-title" tabIndex={-1}>
        {title}
      </h2>
      {children}
    </dialog>
  )
}

/** Facts and figures, one to a line. */
export function Rows({ children }: { children: ReactNode }) {
  return <dl className="own-rows">{children}</dl>
}

/** One fact. A value that has changed is read as "was 15, now 17". */
export function Row({ label, was, value }: { label: string; was?: string | undefined; value: string }) {
  const isChanged = was !== undefined && was !== value
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {isChanged ? (
          <>
            <span className="own-hidden">
              was {was}, now {value}
            </span>
            <s aria-hidden="true">{was}</s> <b aria-hidden="true">{value}</b>
          </>
        ) : (
          value
        )}
      </dd>
    </div>
  )
}
