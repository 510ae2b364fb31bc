import { AddOnError, toAddOnError } from '../domain/errors.js'
import { Mismatch, readIf, type Schema } from '../protocol/forms.js'
import {
  featureAnswerSchema,
  planOverviewSchema,
  purchaseAnswerSchema,
  purchasePreviewSchema,
  quoteAnswerSchema,
  trialAnswerSchema,
} from '../protocol/schemas.js'
import type {
  AddOnAdapter,
  AddOnTarget,
  CallOptions,
  FeatureInput,
  KeyedTarget,
  PurchaseInput,
  QuoteInput,
} from './AddOnAdapter.js'

/** An adapter whose answers nobody has looked at yet. */
export type UncheckedAdapter = {
  [Method in keyof AddOnAdapter]: (...args: Parameters<AddOnAdapter[Method]>) => Promise<unknown>
}

/**
 * Stands before any adapter. A call ends within the timeout, offline nothing is sent, an answer that is not of the
 * contract's form or is about something else is `invalid-response`, and whatever is thrown becomes an `AddOnError`.
 */
export class CheckedAdapter implements AddOnAdapter {
  readonly #inner: UncheckedAdapter
  readonly #timeout: number

  /** @param timeout Milliseconds until a call that was not answered rejects with `timeout`. */
  constructor(inner: UncheckedAdapter, timeout = 30_000) {
    this.#inner = inner
    this.#timeout = timeout
  }

  getPlan(options?: CallOptions) {
    return this.#call(planOverviewSchema, (bound) => this.#inner.getPlan(bound), options)
  }
  previewPurchase(input: AddOnTarget, options?: CallOptions) {
    return this.#call(purchasePreviewSchema, (bound) => this.#inner.previewPurchase(input, bound), options, input)
  }
  purchase(input: PurchaseInput, options?: CallOptions) {
    return this.#call(purchaseAnswerSchema, (bound) => this.#inner.purchase(input, bound), options, input)
  }
  requestQuote(input: QuoteInput, options?: CallOptions) {
    return this.#call(quoteAnswerSchema, (bound) => this.#inner.requestQuote(input, bound), options, input)
  }
  startTrial(input: KeyedTarget, options?: CallOptions) {
    return this.#call(trialAnswerSchema, (bound) => this.#inner.startTrial(input, bound), options, input)
  }
  requestFeature(input: FeatureInput, options?: CallOptions) {
    return this.#call(featureAnswerSchema, (bound) => this.#inner.requestFeature(input, bound), options, input)
  }

  async #call<T extends object>(
    schema: Schema<T>,
    send: (options: CallOptions) => Promise<unknown>,
    options: CallOptions = {},
    target?: AddOnTarget,
  ): Promise<T> {
    if (globalThis.navigator?.onLine === false) throw new AddOnError('offline')
    const { signal } = options
    signal?.throwIfAborted()
    const limit = new AbortController()
    const timer = setTimeout(() => limit.abort(new AddOnError('timeout')), this.#timeout)
    const stop = signal ? AbortSignal.any([signal, limit.signal]) : limit.signal
    // An adapter, or a host's own `fetch`, need not listen to the signal.
    const stopped = new Promise<never>((_, reject) => stop.addEventListener('abort', () => reject(stop.reason)))
    // Async: where it throws at once, somebody must still hear of `stopped`.
    const answer = async () => send({ ...options, signal: stop })
    try {
      return about(parse(schema, await Promise.race([stopped, answer()])), target)
    } catch (cause) {
      if (stop.aborted) throw stop.reason
      const error = toAddOnError(cause)
      about(error.preview ?? {}, target)
      throw error
    } finally {
      clearTimeout(timer)
    }
  }
}

/** A plan that came by another way than an adapter; `undefined` where it is not of the contract's form. */
export const readPlan = (plan: unknown) => readIf(planOverviewSchema, plan)

function parse<T>(schema: Schema<T>, answer: unknown): T {
  try {
    return schema(answer)
  } catch (error) {
    if (!(error instanceof Mismatch)) throw error
    const place = error.path.join('.') || '(the answer)'
    throw new AddOnError('invalid-response', {
      message: `${place}: expected ${error.message}, received ${error.received}`,
    })
  }
}

/** What an answer may say that it is about. */
interface Subject {
  readonly accountId?: string
  readonly addOnId?: string
  readonly addOn?: { readonly id: string }
  readonly purchase?: { readonly addOnId: string }
}

/** An answer, or a price in it, for another add-on or account is as good as none: what was asked for is not known. */
function about<T extends object>(answer: T, target: AddOnTarget | undefined): T {
  const { accountId, addOnId, addOn, purchase }: Subject = answer
  const isOther = (said: string | undefined, asked?: string) => said !== undefined && said !== asked
  if (
    target &&
    (isOther(accountId, target.accountId) ||
      [addOnId, addOn?.id, purchase?.addOnId].some((id) => isOther(id, target.addOnId)))
  ) {
    throw new AddOnError('invalid-response', { message: `expected an answer about ${target.addOnId}` })
  }
  return answer
}
