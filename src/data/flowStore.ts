import type { AddOnAction } from '../domain/policy.js'
import type { PurchaseState } from '../domain/purchaseState.js'

/** Where focus goes when the flow's dialog closes and what opened it is gone. */
export type ReturnFocus = HTMLElement | null | (() => HTMLElement | null)

/** What the flow's dialog is open for. */
export interface FlowTarget {
  readonly addOnId: string
  /** Without one, the dialog shows the add-on with the actions this viewer has. */
  readonly action?: AddOnAction | undefined
  /** A press goes on with the viewer's own purchase: the bank may ask at once. */
  readonly isContinued?: boolean | undefined
  readonly returnFocus?: ReturnFocus | undefined
  /** What had the focus when it was opened. */
  readonly opener?: Element | null | undefined
}

/** What everything below one provider may show of it. */
export interface FlowState {
  readonly current: FlowTarget | null
  /** Whether the dialog's code has arrived. */
  readonly isDialogReady: boolean
  /** The host has a question of its own on screen: the bank's, or for a payment method. No dialog stands in front of it. */
  readonly isHostAsking: boolean
  /** The dialog's code could not be fetched. */
  readonly hasDialogFailed: boolean
  /** By account and add-on; see `purchaseKey()`. */
  readonly purchases: Readonly<Record<string, PurchaseState>>
  /** What the live regions say: a text in the viewer's language, or what became of an add-on's purchase. */
  readonly announcement: string | { readonly addOnId: string; readonly step: PurchaseState['step'] }
  /** Why a dialog closed by itself, in the viewer's language. */
  readonly notice: string
}

/** What goes on in one provider: its dialog and its purchases. */
export interface FlowStore {
  getState(): FlowState
  /** Changes a part of the state, and tells of it. */
  setState(change: Partial<FlowState> | ((state: FlowState) => Partial<FlowState>)): void
  /** Tells of every change until it is taken back. */
  subscribe(onChange: () => void): () => void
  /** What `once()` is at work at, by name. */
  readonly atWork: Set<string>
  /** The idempotency keys of requests that are not settled, by request: what may have arrived is sent again as itself. */
  readonly keys: Map<string, string>
  /** Ends what a run waits for just now, by purchase; what is here is under way. */
  readonly hurry: Map<string, (isByPress: boolean) => void>
  /** What the host is asking for just now, each as a token of its own. */
  readonly questions: Set<symbol>
  /** How many screens show a purchase, by purchase. */
  readonly screens: Map<string, number>
  /** Attempts that could not be kept, by name: they live as long as this page. */
  readonly unkept: Set<string>
  /** Aborts when the provider goes: what is under way then is left to the next one. */
  life: AbortController
  /** Aborts when somebody else is signed in: nothing of this may be sent, written or found any more. */
  readonly over: AbortController
  /** Ends all of it, for somebody else is signed in. */
  end(): void
  /** How other tabs and providers hear of changes. */
  channel: BroadcastChannel | undefined
  /** Roles that development was warned of. */
  readonly warnedRoles: Set<string>
}

/** The name of one account's purchase of one add-on. */
export function purchaseKey(accountId: string, addOnId: string): string {
  return `${accountId}/${addOnId}`
}

/** What goes on before anything has happened. */
export const idleFlow: FlowState = {
  current: null,
  isDialogReady: false,
  isHostAsking: false,
  hasDialogFailed: false,
  purchases: {},
  announcement: '',
  notice: '',
}

/** Makes the flow store of one provider. */
export function createFlowStore(): FlowStore {
  let state = idleFlow
  const listeners = new Set<() => void>()
  return {
    getState: () => state,
    setState(change) {
      state = { ...state, ...(typeof change === 'function' ? change(state) : change) }
      for (const listener of listeners) listener()
    },
    subscribe(onChange) {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
    atWork: new Set(),
    keys: new Map(),
    hurry: new Map(),
    questions: new Set(),
    screens: new Map(),
    unkept: new Set(),
    life: new AbortController(),
    over: new AbortController(),
    channel: undefined,
    warnedRoles: new Set(),
    end() {
      this.over.abort()
      this.life.abort()
    },
  }
}
