import type { AddOnContextValue, HostCallbackName } from './AddOnContext.js'

/** Calls something of the host's: what it throws is reported, and nothing of the kit fails with it. */
export function callHost<T>(emit: AddOnContextValue['emit'], callback: HostCallbackName, call: () => T): T | undefined {
  try {
    return call()
  } catch (error) {
    emit({ type: 'callback-failed', callback, error })
    return undefined
  }
}
