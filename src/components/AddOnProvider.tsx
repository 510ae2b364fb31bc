'use client'

import { QueryClient } from '@tanstack/react-query'
import { type ComponentType, Fragment, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import {
  AddOnContext,
  type AddOnContextValue,
  type AddOnEvent,
  type HostCallbacks,
  type LinkProps,
  type Theme,
} from '../data/AddOnContext.js'
import { callHost } from '../data/callHost.js'
import { type Connection, connect, readInitialPlan } from '../data/connect.js'
import { createFlowStore } from '../data/flowStore.js'
import { createPlanSource } from '../data/planSource.js'
import { scopeKey } from '../data/queries.js'
import { withMessages } from '../data/useMessages.js'
import { useView } from '../data/usePlan.js'
import type { PlanOverview } from '../domain/planOverview.js'
import type { Policy } from '../domain/policy.js'
import { enView } from '../messages/enView.js'
import type { MessageOverrides } from '../messages/Messages.js'
import { Boundary } from './parts/Boundary.js'
import { Freshness } from './parts/Freshness.js'
import { LiveRegion } from './parts/LiveRegion.js'
import { ProviderDialog } from './parts/ProviderDialog.js'
import { StylesCheck } from './parts/StylesCheck.js'

interface CommonProps extends HostCallbacks {
  /** The part of the app that shows add-ons. */
  children?: ReactNode
  /** The plan as the server rendered it: the first HTML shows it, and nothing is asked for until it is stale. */
  initialPlan?: PlanOverview | undefined
  /** Names account and user. When it changes, everything that belongs to the old one is dropped. */
  scope?: string | undefined
  /** Who may do what, where the backend sends no decisions. @default the grants that the backend sends */
  policy?: Policy | undefined
  /** A query client to be used instead of the kit's own. @default a client of the kit's own */
  queryClient?: QueryClient | undefined
  /** BCP 47 locale that numbers, dates and money are written in, e.g. `de-AT`. @default the language of the texts */
  locale?: string | undefined
  /** IANA time zone of the dates on screen. @default the account's billing time zone, else UTC */
  timeZone?: string | undefined
  /** Texts to be used instead of the catalogue's. */
  messages?: MessageOverrides | undefined
  /** How everything below is coloured; `inherit` follows the page. @default 'inherit' */
  theme?: Theme | undefined
  /** The page's nonce. The kit adds no style and no script of its own, so nothing needs it today. */
  nonce?: string | undefined
  /** Where the dialog is mounted. @default document.body */
  container?: HTMLElement | null | undefined
  /** Renders every link within the host's own site. @default 'a' */
  linkComponent?: ComponentType<LinkProps> | undefined
  /** Logs what happens to the console. @default false */
  debug?: boolean | undefined
}

/** Props of the provider: an adapter, or where a backend speaks the wire contract. */
export type AddOnProviderProps = CommonProps & Connection

/** Connects everything below it to one backend. It renders no element around its children, and never remounts them. */
export function AddOnProvider(props: AddOnProviderProps) {
  const { theme = 'inherit', debug = false, adapter, baseUrl, messages, linkComponent = 'a' } = props
  const { scope, initialPlan, policy, timeZone, container } = props
  const [ownClient] = useState(() => new QueryClient())
  const queryClient = props.queryClient ?? ownClient
  const texts = useMemo(() => ({ ...enView, ...messages }), [messages])
  // As POSIX writes it, no browser takes it.
  const formats = props.locale?.replaceAll('_', '-')
  const locale = formats || String(texts.lang)

  // What belongs to the old scope goes with it: dialog and attempts at once, what was read as soon as nothing shows it.
  const begin = (session: number, given?: PlanOverview) => ({
    session,
    scope,
    locale,
    initialPlan,
    plan: readInitialPlan(given),
    store: createFlowStore(),
  })
  const [known, setFlow] = useState(() => begin(0, initialPlan))
  let flow = known
  if (flow.scope !== scope) {
    // An initial plan that is still the old scope's is not the new one's.
    flow = begin(flow.session + 1, initialPlan === flow.initialPlan ? undefined : initialPlan)
    setFlow(flow)
  }
  const onOtherViewer = useCallback(
    () => setFlow((old) => ({ ...old, session: old.session + 1, plan: undefined, store: createFlowStore() })),
    [],
  )
  const { session, store, plan } = flow
  const last = useRef(flow)
  useEffect(() => {
    const old = last.current
    last.current = flow
    // Until a scope was named nobody else can have been here: what was under way is left to the new session.
    if (old.scope === undefined && flow.scope !== undefined) old.store.life.abort()
    else if (old !== flow) old.store.end()
    if (old.scope !== flow.scope) queryClient.removeQueries({ queryKey: scopeKey(old.scope) })
    // Strict mode takes every effect back once.
    if (flow.store.life.signal.aborted) flow.store.life = new AbortController()
    return () => flow.store.life.abort()
  }, [queryClient, flow])

  const host = useRef<HostCallbacks>(props)
  useEffect(() => {
    host.current = props
  })
  const emit = useCallback(
    (event: AddOnEvent) => {
      const { onEvent, onAuthRequired } = host.current
      try {
        if (debug) console.info('addon-kit', event)
        onEvent?.(event)
      } catch (error) {
        console.error('addon-kit: onEvent threw.', error)
      }
      if (event.type !== 'failed' || event.error.code !== 'unauthenticated') return
      callHost(emit, 'onAuthRequired', () => onAuthRequired?.())
    },
    [debug],
  )

  // Without the host's provider nobody else tells the client of focus and connection.
  useEffect(() => {
    if (queryClient !== ownClient) return
    ownClient.mount()
    return () => ownClient.unmount()
  }, [queryClient, ownClient])

  const checked = useMemo(() => connect({ adapter, baseUrl }), [adapter, baseUrl])
  const value: AddOnContextValue = {
    adapter: checked,
    queryClient,
    store,
    host,
    emit,
    scope,
    session,
    // In another language it is asked for: since the page was loaded much may have happened.
    initialPlan: flow.locale === locale ? plan : undefined,
    policy,
    locale,
    formats,
    messages: texts,
    theme,
    container,
    linkComponent,
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: the value's own parts, always the same number of them
  const kept = useMemo(() => value, Object.values(value))
  // biome-ignore lint/correctness/useExhaustiveDependencies: what names another plan to read; the rest is given to it later
  const planSource = useMemo(() => createPlanSource(kept), [queryClient, scope, locale])
  useEffect(() => planSource.update(kept), [planSource, kept])
  const planZone = useView(planSource.looking, ({ data }) => data?.account.billing?.timeZone)
  const zone = timeZone ?? planZone ?? 'UTC'
  const shared = useMemo(() => withMessages({ ...kept, planSource, zone }, kept.messages), [kept, planSource, zone])
  return (
    <AddOnContext.Provider value={shared}>
      {props.children}
      <Fragment key={session}>
        <Boundary fallback={null}>
          <Freshness onOtherViewer={onOtherViewer} />
        </Boundary>
        <LiveRegion />
        {process.env.NODE_ENV === 'development' && <StylesCheck />}
        <Boundary fallback={null}>
          <ProviderDialog />
        </Boundary>
      </Fragment>
    </AddOnContext.Provider>
  )
}
