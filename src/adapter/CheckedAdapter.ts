import * as v from 'valibot'
import { AddOnError } from '../domain/errors.js'
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

async function parse<T>(schema: v.GenericSchema<unknown, T>, answer: Promise<unknown>): Promise<T> {
  const result = v.safeParse(schema, await answer, { abortEarly: true })
  if (result.success) return result.output
  const [issue] = result.issues
  const path = issue.path?.map(({ key }) => String(key)).join('.') ?? '(the answer)'
  // The kit's own checks say in their message what they expect.
  const expected = issue.type === 'custom' ? issue.message : (issue.expected ?? issue.message)
  throw new AddOnError('invalid-response', { message: `${path}: expected ${expected}, received ${issue.received}` })
}

/** Puts a check before any adapter: an answer that is not of the contract's form is `invalid-response`. */
export class CheckedAdapter implements AddOnAdapter {
  readonly #inner: UncheckedAdapter

  constructor(inner: UncheckedAdapter) {
    this.#inner = inner
  }

  async getPlan(options?: CallOptions) {
    return parse(planOverviewSchema, this.#inner.getPlan(options))
  }
  async previewPurchase(input: AddOnTarget, options?: CallOptions) {
    return parse(purchasePreviewSchema, this.#inner.previewPurchase(input, options))
  }
  async purchase(input: PurchaseInput, options?: CallOptions) {
    return parse(purchaseAnswerSchema, this.#inner.purchase(input, options))
  }
  async requestQuote(input: QuoteInput, options?: CallOptions) {
    return parse(quoteAnswerSchema, this.#inner.requestQuote(input, options))
  }
  async startTrial(input: KeyedTarget, options?: CallOptions) {
    return parse(trialAnswerSchema, this.#inner.startTrial(input, options))
  }
  async requestFeature(input: FeatureInput, options?: CallOptions) {
    return parse(featureAnswerSchema, this.#inner.requestFeature(input, options))
  }
}
