import type { AddOnEvent } from '../data/AddOnContext.js'
import { defineElements } from './defineElements.js'

export type { AddOnEvent } from '../data/AddOnContext.js'

declare global {
  interface HTMLElementTagNameMap {
    'addon-kit-plan-tab': HTMLElement
    'addon-kit-nav-item': HTMLElement
  }
  interface HTMLElementEventMap {
    'addon-kit-event': CustomEvent<AddOnEvent>
  }
}

// A server may import the page's scripts, and has no elements.
if (typeof customElements !== 'undefined') defineElements()
