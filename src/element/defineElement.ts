import type { ReactNode } from 'react'
import { ElementGroup, type GroupMember } from './ElementGroup.js'

/** Defines a custom element whose content is rendered into the light DOM, where the page's stylesheets reach it. */
export function defineElement(
  name: string,
  ownAttributes: readonly string[],
  render: (element: HTMLElement) => ReactNode,
): void {
  // A page may bring the script twice.
  if (customElements.get(name)) return
  customElements.define(
    name,
    class extends HTMLElement implements GroupMember {
      static readonly observedAttributes = ['base-url', 'locale', 'theme', ...ownAttributes]
      #group: ElementGroup | undefined
      #hasJoined = false

      connectedCallback() {
        // It stands for what it holds. By the object model: a strict policy forbids the attribute in HTML.
        this.style.display ||= 'contents'
        if (!this.#group) this.#join()
      }

      disconnectedCallback() {
        // Moved within the page, it is back at once.
        queueMicrotask(() => {
          if (!this.isConnected) this.#leave()
        })
      }

      attributeChangedCallback(attribute: string) {
        if (!this.isConnected) return
        if (attribute !== 'base-url') return this.#group?.update()
        this.#leave()
        this.#join()
      }

      content() {
        return render(this)
      }

      #join() {
        const baseUrl = this.getAttribute('base-url')
        if (baseUrl === null) {
          console.error(`addon-kit: <${name}> has no base-url, so no backend to ask: write base-url="/api/add-ons".`)
          return
        }
        // What the page wrote in it was for the time before; from then on what stands here is React's.
        if (!this.#hasJoined) this.replaceChildren()
        this.#hasJoined = true
        this.#group = ElementGroup.join(baseUrl, this)
      }

      #leave() {
        this.#group?.leave(this)
        this.#group = undefined
      }
    },
  )
}
