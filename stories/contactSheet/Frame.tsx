import type { Theme } from 'addon-kit'
import { type ReactNode, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'

/** Props of a window within the page. */
export interface FrameProps {
  title: string
  /** In pixels, before it is scaled: what media queries see. */
  width: number
  height: number
  scale: number
  theme: Theme
  children: (body: HTMLElement) => ReactNode
}

const frozen = '*, ::before, ::after { animation: none !important; transition: none !important; }'

/** A small window with the page's styles, in which nothing moves and nothing can be pressed: a picture. */
export function Frame({ title, width, height, scale, theme, children }: FrameProps) {
  const [body, setBody] = useState<HTMLElement>()
  useEffect(() => {
    if (!body) return
    body.className = 'canvas'
    body.dataset.theme = theme
  }, [body, theme])
  const begin = ({ contentDocument }: HTMLIFrameElement) => {
    if (!contentDocument?.defaultView) return
    keepFocus(contentDocument.defaultView)
    // What the toolbar dresses the page in.
    for (const { name, value } of document.documentElement.attributes)
      contentDocument.documentElement.setAttribute(name, value)
    const style = contentDocument.createElement('style')
    style.textContent = frozen
    const styles = [...document.querySelectorAll('style, link[rel="stylesheet"]')].map((node) => node.cloneNode(true))
    contentDocument.head.append(...styles, style)
    setBody(contentDocument.body)
  }
  return (
    <div className="sheet-frame" style={{ inlineSize: width * scale, blockSize: height * scale }}>
      <iframe
        title={title}
        inert
        width={width}
        height={height}
        style={{ scale }}
        srcDoc="<!doctype html><title>Step</title><body></body>"
        onLoad={({ currentTarget }) => begin(currentTarget)}
      />
      {body && createPortal(children(body), body)}
    </div>
  )
}

/** Many dialogs would each take the focus: within a picture none does, and none needs the top layer. */
function keepFocus({ HTMLElement, HTMLDialogElement }: typeof globalThis) {
  HTMLElement.prototype.focus = () => {}
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true
  }
}
