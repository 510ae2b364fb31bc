import { AddOnNavItem } from '../components/AddOnNavItem.js'
import { PlanTab } from '../components/PlanTab.js'
import { defineElement } from './defineElement.js'

/** Defines the kit's elements: a plan tab, and a sidebar entry. */
export function defineElements(): void {
  defineElement('addon-kit-plan-tab', [], () => <PlanTab />)
  defineElement('addon-kit-nav-item', ['add-on-id', 'href'], (element) => (
    <AddOnNavItem addOnId={element.getAttribute('add-on-id') ?? ''} href={element.getAttribute('href') ?? undefined} />
  ))
}
