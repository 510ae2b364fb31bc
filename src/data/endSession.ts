import type { FlowStore } from './flowStore.js'
import { attemptName, forgetAttempt } from './keptAttempts.js'

/** Somebody else is signed in: what the old viewer left open is dropped, and never sent again. */
export function endSession(store: FlowStore): void {
  store.isOver = true
  store.life.abort()
  for (const state of Object.values(store.getState().purchases)) {
    if ('attempt' in state) forgetAttempt(attemptName(state.attempt))
  }
}
