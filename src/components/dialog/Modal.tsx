'use client'

import {
  type ComponentPropsWithoutRef,
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { createPortal } from 'react-dom'

const TitleId = createContext<string | undefined>(undefined)

/** Props of the modal dialog. */
export interface ModalProps extends Omit<ComponentPropsWithoutRef<'dialog'>, 'open'> {
  isOpen: boolean
  /** Where it is mounted. @default document.body */
  container: Element | null | undefined
  /** Escape, the device's own way back, or a press beside what it shows. */
  onDismiss: () => void
  /** It has left the page, in whatever way. */
  onGone: () => void
}

/** The platform's modal dialog over the whole window, in the page only while it can be seen. */
export function Modal(props: ModalProps) {
  const { isOpen } = props
  const [isPresent, setPresent] = useState(isOpen)
  if (isOpen && !isPresent) setPresent(true)
  return isPresent && <Present {...props} setPresent={setPresent} />
}

type PresentProps = ModalProps & { setPresent: (isPresent: boolean) => void }

function Present({ isOpen, container, onDismiss, onGone, onClick, setPresent, ...rest }: PresentProps) {
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const isPress = useRef(false)

  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the browser closed is opened again in a new round
  useLayoutEffect(() => {
    const element = dialog.current
    if (!element || !isOpen) return
    // The browser gives the focus back to what has it now: that would take it from what the host asks meanwhile.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    element.inert = false
    element.showModal()
    return () => {
      element.close()
      // What fades out takes no more presses.
      element.inert = true
    }
  }, [isOpen, round])

  useEffect(() => {
    if (isOpen) return
    let isOver = false
    const motions = dialog.current?.getAnimations() ?? []
    Promise.allSettled(motions.map(({ finished }) => finished)).then(() => isOver || setPresent(false))
    return () => {
      isOver = true
    }
  }, [isOpen, setPresent])

  // A phone's keyboard covers the page without making it smaller.
  useEffect(() => {
    const view = window.visualViewport
    if (!view) return
    const fit = () => {
      const covered = view.scale > 1 ? 0 : Math.max(0, window.innerHeight - view.offsetTop - view.height)
      dialog.current?.style.setProperty('--_covered', `${covered}px`)
    }
    for (const event of ['resize', 'scroll']) view.addEventListener(event, fit)
    return () => {
      for (const event of ['resize', 'scroll']) view.removeEventListener(event, fit)
    }
  }, [])

  const gone = useRef(onGone)
  useEffect(() => {
    gone.current = onGone
  })
  const isLeaving = useRef(false)
  useLayoutEffect(() => {
    // StrictMode only pretends that it goes.
    isLeaving.current = false
    return () => {
      isLeaving.current = true
      queueMicrotask(() => isLeaving.current && gone.current())
    }
  }, [])

  return (
    <TitleId.Provider value={titleId}>
      {createPortal(
        <dialog
          {...rest}
          ref={dialog}
          // It scrolls, and Chromium stops at whatever scrolls.
          tabIndex={-1}
          aria-labelledby={titleId}
          data-state={isOpen ? 'open' : 'closed'}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
            // The host's own dialogs see that it has been answered.
            event.preventDefault()
            onDismiss()
          }}
          // React takes both events on to the dialog of a host that the kit is in.
          onCancel={(event) => {
            event.stopPropagation()
            event.preventDefault()
            onDismiss()
          }}
          onClose={(event) => {
            event.stopPropagation()
            if (!isOpen || event.currentTarget.open) return
            setRound(round + 1)
            onDismiss()
          }}
          // A press that begins or ends inside is none beside it.
          onPointerDown={({ target, currentTarget }) => {
            isPress.current = target === currentTarget
          }}
          onPointerUp={({ target, currentTarget }) => {
            isPress.current &&= target === currentTarget
          }}
          onClick={(event) => {
            onClick?.(event)
            if (isPress.current && event.target === event.currentTarget) onDismiss()
          }}
        />,
        container ?? document.body,
      )}
    </TitleId.Provider>
  )
}

/** The heading that names the modal dialog and takes the focus when it opens. */
export function ModalTitle({ step, children }: { step: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    // React keeps this attribute to itself; the browser reads it when it opens the dialog.
    if (heading.current) heading.current.autofocus = true
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: focus follows the step, nothing else
  useEffect(() => heading.current?.focus(), [step])
  return (
    <h2 ref={heading} id={useContext(TitleId)} tabIndex={-1} data-slot="dialog-title">
      {children}
    </h2>
  )
}
