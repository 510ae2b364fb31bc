import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { AddOnProvider } from '../components/AddOnProvider.js'
import type { Theme } from '../data/AddOnContext.js'
import type { Messages } from '../messages/Messages.js'
import { loadMessages } from './loadMessages.js'

/** An element of the kit in a page. */
export interface GroupMember extends HTMLElement {
  /** What stands in it now. */
  content(): ReactNode
}

const themes: readonly Theme[] = ['inherit', 'light', 'dark', 'system']

// The elements of a page have nothing but the page in common.
const groups = new Map<string, ElementGroup>()
let joined = 0

/** A page's elements that speak to one backend: they have one provider, so one plan, one dialog, and one voice. */
export class ElementGroup {
  readonly #baseUrl: string
  /** In the order in which they came, each with its key. */
  readonly #members = new Map<GroupMember, number>()
  readonly #place = document.createElement('div')
  readonly #root = createRoot(this.#place)
  #lastUpdate: object | undefined

  private constructor(baseUrl: string) {
    this.#baseUrl = baseUrl
    groups.set(baseUrl, this)
    document.body.append(this.#place)
  }

  static join(baseUrl: string, member: GroupMember): ElementGroup {
    const group = groups.get(baseUrl) ?? new ElementGroup(baseUrl)
    group.#members.set(member, joined++)
    group.update()
    return group
  }

  leave(member: GroupMember): void {
    this.#members.delete(member)
    if (this.#members.size > 0) {
      this.update()
      return
    }
    this.#lastUpdate = undefined
    groups.delete(this.#baseUrl)
    this.#root.unmount()
    this.#place.remove()
  }

  /** Shows what the attributes say by now, once for all that change together. */
  update(): void {
    const update = {}
    this.#lastUpdate = update
    void loadMessages(this.#attribute('locale')).then((messages) => {
      if (update === this.#lastUpdate) this.#render(messages)
    })
  }

  #render(messages: Messages | undefined): void {
    const theme = this.#attribute('theme')
    this.#root.render(
      <AddOnProvider
        baseUrl={this.#baseUrl}
        locale={this.#attribute('locale')}
        theme={themes.find((name) => name === theme)}
        messages={messages}
        onEvent={(detail) => {
          for (const member of this.#members.keys())
            member.dispatchEvent(new CustomEvent('addon-kit-event', { detail }))
        }}
      >
        {[...this.#members].map(([member, key]) => createPortal(member.content(), member, String(key)))}
      </AddOnProvider>,
    )
  }

  /** What the first of them says that says anything. */
  #attribute(name: string): string | undefined {
    return [...this.#members.keys()].map((member) => member.getAttribute(name)).find(Boolean) ?? undefined
  }
}
