import 'addon-kit/styles.css'
import { render, screen, waitFor, within } from '@testing-library/react'
import {
  type AddOn,
  type AddOnAdapter,
  type AddOnEvent,
  AddOnProvider,
  type AddOnProviderProps,
  type PlanOverview,
  PlanTab,
  type PurchasePreview,
} from 'addon-kit'
import { createDemoAdapter, createMemoryStore, type DemoOptions, demoAccountId } from 'addon-kit/demo'
import type { AddOnRecord } from 'addon-kit/server'
import type { ReactNode } from 'react'
import { expect, vi } from 'vitest'
import { userEvent } from 'vitest/browser'

/** The moment in which the browser tests are told: 8 of November's 30 days are left. */
export const now = () => new Date('2026-11-23T00:00:00Z')

/** The instant so many days from that moment. */
export const inDays = (days: number) => new Date(now().getTime() + days * 86_400_000).toISOString()

export const analytics = 'analytics-plus'

type Method = keyof AddOnAdapter
type Input<M extends Method> = Exclude<Parameters<AddOnAdapter[M]>[0], undefined>

/** What a test's backend does otherwise than the demo's. */
export type Override = (demo: AddOnAdapter) => Partial<AddOnAdapter>

/** How the demo's account stands, and in what its backend differs from the demo's. */
export interface BackendOptions extends DemoOptions {
  /** What has been recorded of add-ons already, by id. */
  records?: Readonly<Record<string, Partial<AddOnRecord>>>
  override?: Override | undefined
}

/** The demo's backend, which writes down what it is asked. */
export class Backend implements AddOnAdapter {
  readonly calls: { method: Method; input: unknown }[] = []
  readonly #inner: AddOnAdapter

  constructor({ records = {}, override, ...options }: BackendOptions = {}) {
    const demo = createDemoAdapter({ now, store: createMemoryStore({ [demoAccountId]: records }), ...options })
    this.#inner = {
      getPlan: (...call) => demo.getPlan(...call),
      previewPurchase: (...call) => demo.previewPurchase(...call),
      purchase: (...call) => demo.purchase(...call),
      requestQuote: (...call) => demo.requestQuote(...call),
      startTrial: (...call) => demo.startTrial(...call),
      requestFeature: (...call) => demo.requestFeature(...call),
      ...override?.(demo),
    }
  }

  /** How often it was asked, in all or one thing. */
  count(method?: Method): number {
    return this.calls.filter((call) => !method || call.method === method).length
  }

  /** What it was given each time it was asked one thing. */
  inputs<M extends Method>(method: M): Input<M>[] {
    return this.calls.filter((call) => call.method === method).map(({ input }) => input as Input<M>)
  }

  /** The idempotency keys that purchases were sent under, each once. */
  purchaseKeys(): string[] {
    return [...new Set(this.inputs('purchase').map(({ idempotencyKey }) => idempotencyKey))]
  }

  #note(method: Method, input?: unknown) {
    this.calls.push({ method, input })
    return this.#inner
  }

  getPlan: AddOnAdapter['getPlan'] = (...call) => this.#note('getPlan').getPlan(...call)
  previewPurchase: AddOnAdapter['previewPurchase'] = (...call) =>
    this.#note('previewPurchase', call[0]).previewPurchase(...call)
  purchase: AddOnAdapter['purchase'] = (...call) => this.#note('purchase', call[0]).purchase(...call)
  requestQuote: AddOnAdapter['requestQuote'] = (...call) => this.#note('requestQuote', call[0]).requestQuote(...call)
  startTrial: AddOnAdapter['startTrial'] = (...call) => this.#note('startTrial', call[0]).startTrial(...call)
  requestFeature: AddOnAdapter['requestFeature'] = (...call) =>
    this.#note('requestFeature', call[0]).requestFeature(...call)
}

/** Calls of one method that wait until they are let go. */
export class Gate {
  #open: () => void = () => undefined
  readonly #opened = new Promise<void>((resolve) => {
    this.#open = resolve
  })

  /** Lets everything through, now and later. */
  open = () => this.#open()
  readonly passed = (): Promise<void> => this.#opened
}

/** A call that is never answered. */
export const never = () => new Promise<never>(() => {})

/** A backend that says something else of the plan. */
export const planIs =
  (change: (plan: PlanOverview) => PlanOverview): Override =>
  (demo) => ({ getPlan: async (...call) => change(await demo.getPlan(...call)) })

/** A backend that says something else of one add-on, and leaves it to the client to decide what that allows. */
export const addOnIs = (id: string, change: Partial<AddOn>) =>
  planIs((plan) => ({
    ...plan,
    addOns: plan.addOns.map(({ decisions: _, ...addOn }) => (addOn.id === id ? { ...addOn, ...change } : addOn)),
  }))

/** A backend that locks another price. */
export const previewIs =
  (change: Partial<PurchasePreview>): Override =>
  (demo) => ({ previewPurchase: async (...call) => ({ ...(await demo.previewPurchase(...call)), ...change }) })

type ProviderOptions = Omit<AddOnProviderProps, 'adapter' | 'baseUrl' | 'children'>

/** What a test sees and can do: the page of a host with the kit in it. */
export interface Page extends ReturnType<typeof render> {
  readonly backend: Backend
  /** What the host was told, in order. */
  readonly events: AddOnEvent[]
}

/** Shows a host's page with the plan tab, or whatever else, to the viewer of a backend. */
export function show(
  options: BackendOptions & { backend?: Backend; children?: ReactNode; provider?: ProviderOptions } = {},
): Page {
  const { children = <PlanTab />, provider, backend = new Backend(options) } = options
  const events: AddOnEvent[] = []
  const page = render(
    <AddOnProvider adapter={backend} onEvent={(event) => events.push(event)} {...provider}>
      <main>{children}</main>
    </AddOnProvider>,
  )
  return { ...page, backend, events }
}

/** The card of an add-on, once it is there. */
export const findCard = (name = 'Analytics+') => screen.findByRole('article', { name })

/** A button, once it is there. */
export const findButton = (name: string | RegExp) => screen.findByRole('button', { name })

/** Presses a button with the mouse, once it is there. */
export async function press(name: string | RegExp): Promise<void> {
  await userEvent.click(await findButton(name))
}

/** The dialog on its way to a heading, once it is there and its heading has the focus. */
export async function findDialog(name: string | RegExp): Promise<HTMLElement> {
  const dialog = await screen.findByRole('dialog', { name })
  await waitFor(() => expect(within(dialog).getByRole('heading', { name })).toHaveFocus())
  return dialog
}

/** Waits until no dialog is there any more. */
export const whenClosed = () => waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())

/** Opens the purchase of Analytics+ from its card, up to its price. */
export async function openPurchase(): Promise<HTMLElement> {
  await press('Subscribe now, Analytics+')
  const dialog = await findDialog('Subscribe to Analytics+')
  await findConfirm()
  return dialog
}

/** The price on the confirm button of a purchase that began at that moment: 8 of 30 days of 15 × $15. */
export const confirmName = 'Subscribe for $60.00 today'

/** The confirm button, once it takes presses: not in its first second. */
export async function findConfirm(name: string | RegExp = /^Subscribe for/): Promise<HTMLElement> {
  const confirm = await findButton(name)
  await waitFor(() => expect(confirm).not.toHaveAttribute('aria-disabled'), { timeout: 3000 })
  return confirm
}

/** Buys with the mouse, once the confirm button takes presses. */
export async function pressConfirm(name: string | RegExp = confirmName): Promise<void> {
  await userEvent.click(await findConfirm(name))
}

/** What can be pressed in a part of the page, by its accessible name and in its order. */
export function buttonNames(part: HTMLElement): (string | null)[] {
  return within(part)
    .queryAllByRole('button')
    .map((button) => button.getAttribute('aria-label') ?? button.textContent)
}

/** The heading of the dialog that is open now; `null` without one. */
export function dialogTitle(): string | null {
  const dialog = screen.queryByRole('dialog')
  return dialog && (within(dialog).queryByRole('heading', { level: 2 })?.textContent ?? null)
}

/** Waits for a step of the dialog, also while time stands still. */
export const untilTitle = (title: string | null) => expect.poll(dialogTitle, { timeout: 5000 }).toBe(title)

/** Waits until something is so, in real time: `expect.poll` moves a clock that stands still. */
export async function untilSo(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise(requestAnimationFrame)
}

/**
 * Makes time stand still: timers and the clock only go on with the function this gives, by so many milliseconds. Who
 * calls it lets time go on again with `vi.useRealTimers()`.
 */
export function stopTime(): (milliseconds: number) => Promise<unknown> {
  const begun = performance.now()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] })
  // The faked one begins at 0: what was on the screen before would be of the future.
  const passed = performance.now.bind(performance)
  performance.now = () => begun + passed()
  return (milliseconds) => vi.advanceTimersByTimeAsync(milliseconds)
}
