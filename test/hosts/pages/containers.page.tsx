import { AddOnProvider, PlanTab } from 'addon-kit'
import { createDemoAdapter } from 'addon-kit/demo'
import 'addon-kit/styles.css'
import { type ReactNode, useState } from 'react'
import { mount } from './mount.js'

const adapter = createDemoAdapter()

/** The kit in a part of the host's that covers the rest of its page: its dialog is mounted in there too. */
function Inside() {
  const [container, setContainer] = useState<HTMLElement | null>(null)
  return (
    <div ref={setContainer}>
      <AddOnProvider adapter={adapter} container={container}>
        <PlanTab />
      </AddOnProvider>
    </div>
  )
}

function NativeModal({ children }: { children: ReactNode }) {
  return (
    <dialog aria-label="Settings" ref={(element) => void (element?.open || element?.showModal())}>
      {children}
    </dialog>
  )
}

function Layer({ children }: { children: ReactNode }) {
  return (
    // It traps what it can: above everything, with a stacking context, a clip and a containing block of its own.
    <div
      role="dialog"
      aria-label="Settings"
      style={{
        position: 'fixed',
        inset: '20px',
        zIndex: 2147483647,
        overflow: 'auto',
        transform: 'translateZ(0)',
        background: 'white',
      }}
    >
      {children}
    </div>
  )
}

function Fullscreen({ children }: { children: ReactNode }) {
  const [element, setElement] = useState<HTMLElement | null>(null)
  return (
    <section aria-label="Settings" ref={setElement} style={{ overflow: 'auto', background: 'white' }}>
      <button type="button" onClick={() => element?.requestFullscreen()}>
        Fullscreen
      </button>
      {children}
    </section>
  )
}

const places = { native: NativeModal, layer: Layer, fullscreen: Fullscreen }

const params = new URLSearchParams(location.search)
const Place = Object.entries(places).find(([name]) => name === params.get('place'))?.[1] ?? NativeModal
mount(
  <Place>
    <Inside />
  </Place>,
)
