import type { FlowStore } from './flowStore.js'

/** A dialog of the kit comes to the front: whatever the host asks, the viewer has gone on. */
export function takeFront({ questions, setState }: FlowStore): void {
  questions.clear()
  setState({ isHostAsking: false })
}
