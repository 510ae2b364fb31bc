import React, { useEffect, useRef, useState } from 'react'
import { Button } from 'storybook/internal/components'
import { useChannel } from 'storybook/manager-api'
import { asked, type BugReport, bugLink, bugReport, told } from '../../stories/bugs/bugChannel.js'

type What = 'link' | 'report'

const names: Readonly<Record<What, string>> = { link: 'bug link', report: 'report' }

const unseen = {
  position: 'absolute',
  inlineSize: 1,
  blockSize: 1,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
} as const

/** Below the toolbar, whose room is spent. */
const shown = {
  position: 'fixed',
  insetBlockStart: 46,
  insetInlineEnd: 12,
  zIndex: 1,
  padding: '6px 12px',
  borderRadius: 6,
  background: '#1f2328',
  color: '#fff',
  fontSize: 12,
} as const

/** How long the canvas may take to answer, and what is said stays on the button. */
const patience = 3000

/** Copies the story as it is shown: as a link that restores it, or as a report to be pasted into an issue. */
export function BugTools() {
  const [says, setSays] = useState('')
  const [refused, setRefused] = useState<string>()
  const wanted = useRef<What>(undefined)

  useEffect(() => {
    if (!says) return
    const timer = setTimeout(() => {
      if (wanted.current) setSays('The story does not answer')
      else setSays('')
      wanted.current = undefined
    }, patience)
    return () => clearTimeout(timer)
  }, [says])

  const emit = useChannel({
    [told]: async (bug: BugReport) => {
      const what = wanted.current
      wanted.current = undefined
      if (!what) return
      if (what === 'link' && bug.problem) return setSays(bug.problem)
      const text = (what === 'link' ? bugLink : bugReport)(window.location.href, bug)
      try {
        await navigator.clipboard.writeText(text)
        setSays(`The ${names[what]} is copied`)
      } catch {
        setSays('')
        setRefused(text)
      }
    },
  })
  const copy = (what: What) => {
    wanted.current = what
    setSays(`Copying the ${names[what]}`)
    emit(asked)
  }
  return (
    <>
      <Button variant="ghost" padding="small" ariaLabel={false} onClick={() => copy('link')}>
        Copy bug link
      </Button>
      <Button variant="ghost" padding="small" ariaLabel={false} onClick={() => copy('report')}>
        Copy report
      </Button>
      <span role="status" style={says ? shown : unseen}>
        {says}
      </span>
      {refused !== undefined && <ByHand text={refused} onClose={() => setRefused(undefined)} />}
    </>
  )
}

/** Where the browser keeps its clipboard to itself, the reader takes the text from here. */
function ByHand({ text, onClose }: { text: string; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog
      ref={dialog}
      aria-labelledby="addon-kit-by-hand"
      onClose={onClose}
      style={{ inlineSize: 'min(560px, 90vw)', border: 0, borderRadius: 8, padding: 20 }}
    >
      <h2 id="addon-kit-by-hand" style={{ fontSize: 16 }}>
        The browser does not let this page copy
      </h2>
      <label>
        <span style={unseen}>The text to copy</span>
        <textarea
          readOnly
          rows={10}
          value={text}
          style={{ inlineSize: '100%', boxSizing: 'border-box' }}
          onFocus={(event) => event.currentTarget.select()}
          autoFocus
        />
      </label>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  )
}
