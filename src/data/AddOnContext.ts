'use client'

import type { QueryClient } from '@tanstack/react-query'
import { type ComponentType, type CSSProperties, createContext, type ReactNode, useContext } from 'react'
import type { AddOnAdapter } from '../adapter/AddOnAdapter.js'
import type { AddOnError } from '../domain/errors.js'
import type { PlanOverview } from '../domain/planOverview.js'
import type { AddOnAction, Policy } from '../domain/policy.js'
import type { PaymentAction, Purchase } from '../domain/purchase.js'
import type { AddOnId } from '../domain/Register.js'
import type { MessageOverrides } from '../messages/Messages.js'
import type { FlowStore } from './flowStore.js'
import type { PlanSource } from './planSource.js'
import type { MessageTools } from './useMessages.js'

/** Something the host may want to log or to react to. */
export type AddOnEvent =
  | { readonly type: 'opened'; readonly addOnId: AddOnId; readonly action?: AddOnAction | undefined }
  | { readonly type: 'purchased' | 'mischarged'; readonly addOnId: AddOnId; readonly purchase: Purchase }
  | { readonly type: 'quote-requested' | 'trial-started' | 'feature-requested'; readonly addOnId: AddOnId }
  | { readonly type: 'failed'; readonly addOnId?: AddOnId | undefined; readonly error: AddOnError }
  /** A part of the kit crashed, and only that part is gone. */
  | { readonly type: 'crashed'; readonly error: unknown }
  /** Something that the host gave the kit to call threw or rejected. */
  | { readonly type: 'callback-failed'; readonly callback: HostCallbackName; readonly error: unknown }

/** What a `linkComponent` is given: the props of an `<a>`. */
export interface LinkProps {
  href: string
  className?: string | undefined
  style?: CSSProperties | undefined
  children?: ReactNode
}

/** What the host gives the kit to call. */
export interface HostCallbacks {
  /** Is told what happens, e.g. for the host's log. */
  onEvent?: ((event: AddOnEvent) => void) | undefined
  /** The backend answered 401: the session is over. */
  onAuthRequired?: (() => void) | undefined
  /** Lets the viewer add or change the payment method; the price is asked for again when it resolves. */
  onUpdatePaymentMethod?: ((addOnId: AddOnId) => Promise<void> | void) | undefined
  /**
   * Lets the viewer do what the bank asks for; the purchase is asked about again when it settles. `signal` aborts when the
   * challenge is to be taken down: it has settled, the viewer goes on without it, or the provider goes.
   */
  onPaymentAction?: ((action: PaymentAction, options: { signal: AbortSignal }) => Promise<void> | void) | undefined
}

/** Something of the host's that the kit calls, and that may fail. */
export type HostCallbackName = keyof HostCallbacks | 'onOpenChange' | 'returnFocus'

/** How the kit's surfaces are coloured; `inherit` follows the host's `color-scheme` and its `.dark`. */
export type Theme = 'inherit' | 'light' | 'dark' | 'system'

/** The one context: what every part of the kit shares below one provider. */
export interface AddOnContextValue {
  readonly adapter: AddOnAdapter
  readonly queryClient: QueryClient
  readonly store: FlowStore
  /** What the host gave last. */
  readonly host: { readonly current: HostCallbacks }
  /** Tells the host what happened, and that the session is over where that is what failed; it cannot throw. */
  readonly emit: (event: AddOnEvent) => void
  readonly scope: string | undefined
  /** Another one whenever somebody else is signed in. */
  readonly session: number
  readonly initialPlan: PlanOverview | undefined
  readonly policy: Policy | undefined
  /** What the backend is asked for texts in. */
  readonly locale: string
  /** What the host wants numbers, dates and money written in. @default the language of the texts around them */
  readonly formats: string | undefined
  /** The texts that are here already, the host's in front; see `MessagesProvider`. */
  readonly messages: MessageOverrides
  readonly theme: Theme
  readonly container: HTMLElement | null | undefined
  readonly linkComponent: ComponentType<LinkProps> | 'a'
}

/** What a provider shares with what is below it. */
export interface ProvidedContext extends AddOnContextValue {
  readonly planSource: PlanSource
  /** The time zone that dates are written in. */
  readonly zone: string
  /** What writes `messages`. */
  readonly texts: MessageTools
}

export const AddOnContext = createContext<ProvidedContext | null>(null)

/** What the provider above shares. @throws Error without one, with the way out. */
export function useAddOnContext(): ProvidedContext {
  const value = useContext(AddOnContext)
  if (!value) {
    throw new Error('addon-kit: there is no <AddOnProvider> above this. Wrap it, or the page, in one.')
  }
  return value
}
