import { describe, expect, test } from 'vitest'
import { AddOnError, type AddOnErrorCode } from '../../src/domain/errors.js'
import { type CompletedPurchase, expectedOf, type PurchasePreview } from '../../src/domain/purchase.js'
import { confirmablePreview, confirmDelay, type PurchaseEvent, purchaseFlow } from '../../src/domain/purchaseFlow.js'
import {
  type Attempt,
  idlePurchase,
  openAttemptOf,
  type PurchaseState,
  previewOf,
} from '../../src/domain/purchaseState.js'

const now = Date.parse('2026-03-16T00:00:00Z')
const usd = (amount: number) => ({ amount, currency: 'USD' })

function previewFor(previewId: string, dueNow = 11_613, change: Partial<PurchasePreview> = {}): PurchasePreview {
  return {
    previewId,
    accountId: 'acc',
    addOnId: 'analytics-plus',
    seats: { standardLicenses: 12, additionalUsers: 3, total: 15 },
    unitPrice: usd(1500),
    frequency: 'monthly',
    lines: [{ kind: 'prorated', amount: usd(dueNow) }],
    dueNow: usd(dueNow),
    proration: { from: '2026-03-16T00:00:00Z', to: '2026-04-01T00:00:00Z', unit: 'second', used: 16, of: 31 },
    nextInvoice: { addOnAmount: usd(22_500), date: '2026-04-01' },
    payment: { label: 'Visa ending 4242' },
    terms: { final: true, version: '1', consent: 'notice' },
    expiresAt: '2026-03-16T00:15:00Z',
    serverTime: '2026-03-16T00:00:00Z',
    ...change,
  }
}

const first = previewFor('first')
const second = previewFor('second')
const dearer = previewFor('dearer', 13_161)

function attemptOf(preview: PurchasePreview, idempotencyKey: string): Attempt {
  const { accountId, addOnId, previewId } = preview
  const sentAt = Date.parse('2026-03-16T00:00:00Z')
  return { idempotencyKey, accountId, viewerId: 'usr_olive', addOnId, previewId, expected: expectedOf(preview), sentAt }
}

const attempt = attemptOf(first, 'mine')
const foreign = attemptOf(second, 'foreign')

const facts = {
  id: 'pur_1',
  addOnId: 'analytics-plus',
  seats: 15,
  requestedAt: '2026-03-16T00:00:00Z',
  purchasedBy: 'Olive',
}
const purchase: CompletedPurchase = {
  ...facts,
  status: 'completed',
  purchasedAt: '2026-03-16T00:00:00Z',
  charged: first.dueNow,
  nextInvoice: first.nextInvoice,
}
const mischarge: CompletedPurchase = { ...purchase, charged: usd(99_999) }
const action = { type: 'redirect', url: 'https://bank.example' }
const failure = new AddOnError('unavailable')

const states = {
  idle: idlePurchase,
  loading: { step: 'loading', request: 7 },
  reloading: { step: 'loading', request: 7, previous: first },
  unpriced: { step: 'unpriced', error: failure },
  review: { step: 'review', preview: first, confirmableFrom: now },
  'price-changed': { step: 'price-changed', preview: first, previous: second, confirmableFrom: now },
  expired: { step: 'expired', preview: first },
  submitting: { step: 'submitting', attempt, preview: first },
  checking: { step: 'checking', attempt },
  unresolved: { step: 'unresolved', attempt, error: failure },
  processing: { step: 'processing', attempt, isSlow: false },
  'action-needed': { step: 'action-needed', attempt, action },
  done: { step: 'done', purchase },
  mischarged: { step: 'mischarged', purchase: mischarge, attempt },
  declined: { step: 'declined', preview: first },
  'already-purchased': { step: 'already-purchased', error: new AddOnError('already-purchased') },
  'purchase-pending': { step: 'purchase-pending', error: new AddOnError('purchase-pending') },
  'not-allowed': { step: 'not-allowed', error: new AddOnError('forbidden') },
  failed: { step: 'failed', error: failure, preview: first },
} as const satisfies Record<string, PurchaseState>

type StateName = keyof typeof states
const stateNames = Object.keys(states).filter((name): name is StateName => name in states)

const events = {
  ask: { type: 'price-requested', request: 8 },
  price: { type: 'price-arrived', request: 7, preview: second, at: now },
  dearer: { type: 'price-arrived', request: 7, preview: dearer, at: now },
  stale: { type: 'price-arrived', request: 6, preview: dearer, at: now },
  noPrice: { type: 'price-failed', request: 7, error: failure, at: now },
  staleNo: { type: 'price-failed', request: 6, error: failure, at: now },
  expiry: { type: 'price-expired', previewId: 'first' },
  otherExp: { type: 'price-expired', previewId: 'second' },
  confirm: { type: 'confirmed', attempt, preview: first },
  bought: { type: 'answered', attempt, purchase },
  other$: { type: 'answered', attempt, purchase: mischarge },
  waits: { type: 'answered', attempt, purchase: { ...facts, status: 'processing' } },
  bank: { type: 'answered', attempt, purchase: { ...facts, status: 'action-needed', action } },
  lost: { type: 'answer-lost', attempt },
  gaveUp: { type: 'gave-up', attempt },
  gaveUpErr: { type: 'gave-up', attempt, error: failure },
  refused: { type: 'refused', attempt, error: new AddOnError('payment-declined'), at: now },
  close: { type: 'closed' },
} as const satisfies Record<string, PurchaseEvent>

type EventName = keyof typeof events

// A dot: the event does not fit, and the state stays the very same.
const table = `
state              ask      price   dearer         stale  noPrice   staleNo  expiry   otherExp  confirm     bought  other$      waits       bank           lost      gaveUp      gaveUpErr   refused   close
idle               loading  .       .              .      .         .        .        .         .           done    mischarged  processing  action-needed  checking  processing  unresolved  declined  .
loading            loading  review  review         .      unpriced  .        .        .         .           done    mischarged  processing  action-needed  checking  processing  unresolved  declined  idle
reloading          loading  review  price-changed  .      unpriced  .        .        .         .           done    mischarged  processing  action-needed  checking  processing  unresolved  declined  idle
unpriced           loading  .       .              .      .         .        .        .         .           done    mischarged  processing  action-needed  checking  processing  unresolved  declined  idle
review             loading  .       .              .      .         .        expired  .         submitting  done    mischarged  processing  action-needed  checking  processing  unresolved  declined  idle
price-changed      loading  .       .              .      .         .        expired  .         submitting  done    mischarged  processing  action-needed  checking  processing  unresolved  declined  idle
expired            loading  .       .              .      .         .        .        .         .           done    mischarged  processing  action-needed  checking  processing  unresolved  declined  idle
submitting         .        .       .              .      .         .        .        .         .           done    mischarged  processing  action-needed  checking  processing  unresolved  declined  .
checking           .        .       .              .      .         .        .        .         .           done    mischarged  processing  action-needed  checking  processing  unresolved  declined  .
unresolved         .        .       .              .      .         .        .        .         .           done    mischarged  processing  action-needed  checking  processing  unresolved  declined  .
processing         .        .       .              .      .         .        .        .         .           done    mischarged  processing  action-needed  checking  processing  unresolved  declined  .
action-needed      .        .       .              .      .         .        .        .         .           done    mischarged  processing  action-needed  checking  processing  unresolved  declined  .
done               loading  .       .              .      .         .        .        .         .           done    mischarged  processing  action-needed  checking  processing  unresolved  declined  idle
mischarged         loading  .       .              .      .         .        .        .         .           done    mischarged  processing  action-needed  checking  processing  unresolved  declined  idle
declined           loading  .       .              .      .         .        .        .         .           done    mischarged  processing  action-needed  checking  processing  unresolved  declined  idle
already-purchased  loading  .       .              .      .         .        .        .         .           done    mischarged  processing  action-needed  checking  processing  unresolved  declined  idle
purchase-pending   loading  .       .              .      .         .        .        .         .           done    mischarged  processing  action-needed  checking  processing  unresolved  declined  idle
not-allowed        loading  .       .              .      .         .        .        .         .           done    mischarged  processing  action-needed  checking  processing  unresolved  declined  idle
failed             loading  .       .              .      .         .        .        .         .           done    mischarged  processing  action-needed  checking  processing  unresolved  declined  idle
`

const [head = [], ...rows] = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/))
const cells = rows.flatMap(([state = '', ...steps]) =>
  steps.map((step, index) => [state, head[index + 1] ?? '', step] as const),
)

describe('the table of states and events', () => {
  test('names every state and every event once', () => {
    expect(rows.map(([state]) => state)).toEqual(Object.keys(states))
    expect(head.slice(1)).toEqual(Object.keys(events))
    expect(cells).toHaveLength(Object.keys(states).length * Object.keys(events).length)
  })

  test.each(cells)('%s + %s → %s', (stateName, eventName, step) => {
    if (!isStateName(stateName) || !isEventName(eventName)) throw new TypeError('Not in the table.')
    const state = states[stateName]
    const next = purchaseFlow(state, events[eventName])
    if (step === '.') expect(next).toBe(state)
    else expect(next.step).toBe(step)
  })

  test.each(stateNames)('%s is never changed in place', (name) => {
    const before = structuredClone(JSON.parse(JSON.stringify(states[name])))
    for (const event of Object.values(events)) purchaseFlow(states[name], event)
    expect(JSON.parse(JSON.stringify(states[name]))).toEqual(before)
  })
})

function isStateName(name: string): name is StateName {
  return name in states
}

function isEventName(name: string): name is EventName {
  return name in events
}

const openStates = stateNames.filter((name) => openAttemptOf(states[name]))

describe('an open attempt', () => {
  test('is what submitting, checking, unresolved, processing and action-needed have', () => {
    expect(openStates).toEqual(['submitting', 'checking', 'unresolved', 'processing', 'action-needed'])
  })

  test.each(openStates)(
    '%s is not left by closing, by a new price, by an expiry or by another confirmation',
    (name) => {
      const state = states[name]
      const later: PurchaseEvent[] = [
        { type: 'closed' },
        { type: 'price-requested', request: 9 },
        { type: 'price-expired', previewId: 'first' },
        { type: 'confirmed', attempt: foreign, preview: second },
      ]
      for (const event of later) expect(purchaseFlow(state, event)).toBe(state)
    },
  )

  test.each(openStates)('%s hears nothing of another attempt', (name) => {
    const state = states[name]
    const news: PurchaseEvent[] = [
      { type: 'answered', attempt: foreign, purchase },
      { type: 'answer-lost', attempt: foreign },
      { type: 'gave-up', attempt: foreign },
      { type: 'gave-up', attempt: foreign, error: failure },
      { type: 'refused', attempt: foreign, error: failure, at: now },
    ]
    for (const event of news) expect(purchaseFlow(state, event)).toBe(state)
  })
})

describe('outcome codes', () => {
  const endings: Record<AddOnErrorCode, PurchaseState['step']> = {
    'preview-changed': 'expired',
    'preview-expired': 'expired',
    'payment-declined': 'declined',
    'already-purchased': 'already-purchased',
    'purchase-pending': 'purchase-pending',
    forbidden: 'not-allowed',
    'not-found': 'not-allowed',
    'account-changed': 'not-allowed',
    unauthenticated: 'failed',
    'unsupported-media-type': 'failed',
    'too-large': 'failed',
    'invalid-request': 'failed',
    'idempotency-key-reused': 'failed',
    'request-in-progress': 'failed',
    'trial-used': 'failed',
    'rate-limited': 'failed',
    internal: 'failed',
    unavailable: 'failed',
    offline: 'failed',
    network: 'failed',
    timeout: 'failed',
    'invalid-response': 'failed',
  }

  test.each(Object.entries(endings))('%s ends in %s', (code, step) => {
    if (!isCode(code)) throw new TypeError('Not in the table.')
    const error = new AddOnError(code, { purchasedBy: 'Otto' })
    expect(purchaseFlow(states.submitting, { type: 'refused', attempt, error, at: now }).step).toBe(step)
  })

  function isCode(code: string): code is AddOnErrorCode {
    return code in endings
  }

  test('keep what the backend said, e.g. who has bought', () => {
    for (const code of ['already-purchased', 'purchase-pending', 'forbidden', 'internal'] as const) {
      const error = new AddOnError(code, { purchasedBy: 'Otto' })
      expect(purchaseFlow(states.checking, { type: 'refused', attempt, error, at: now })).toMatchObject({ error })
    }
  })

  test('preview-changed shows the new price beside the old, and waits a second for the next press', () => {
    const error = new AddOnError('preview-changed', { preview: dearer })
    const state = purchaseFlow(states.submitting, { type: 'refused', attempt, error, at: now })
    expect(state).toEqual({ step: 'price-changed', preview: dearer, previous: first, confirmableFrom: now + 1000 })
    expect(confirmablePreview(state, now + 999)).toBeUndefined()
    expect(confirmablePreview(state, now + 1000)).toBe(dearer)
  })

  test('no other refusal shows a new price, whatever it carries', () => {
    const error = new AddOnError('already-purchased', { preview: dearer })
    const state = purchaseFlow(states.submitting, { type: 'refused', attempt, error, at: now })
    expect(state).toEqual({ step: 'already-purchased', error, preview: first })
  })

  test.each([
    ['declined', 'payment-declined'],
    ['failed', 'rate-limited'],
  ] as const)('%s keeps the price on screen, but no press buys it: it is asked for again', (step, code) => {
    const state = purchaseFlow(states.submitting, { type: 'refused', attempt, error: new AddOnError(code), at: now })
    expect([state.step, previewOf(state)]).toEqual([step, first])
    expect(confirmablePreview(state, Number.POSITIVE_INFINITY)).toBeUndefined()
    const asked = purchaseFlow(state, { type: 'price-requested', request: 7 })
    const priced = purchaseFlow(asked, { type: 'price-arrived', request: 7, preview: second, at: now })
    expect(priced).toEqual({ step: 'review', preview: second, confirmableFrom: now + confirmDelay })
  })

  test.each(['checking', 'unresolved', 'processing'] as const)(
    'refused after %s there is no price left to confirm',
    (name) => {
      const error = new AddOnError('payment-declined')
      const state = purchaseFlow(states[name], { type: 'refused', attempt, error, at: now })
      expect([state.step, previewOf(state)]).toEqual(['declined', undefined])
      expect(confirmablePreview(state, now)).toBeUndefined()
    },
  )
})

describe('what was charged', () => {
  test('the agreed amount is done', () => {
    expect(purchaseFlow(states.submitting, { type: 'answered', attempt, purchase })).toEqual({ step: 'done', purchase })
  })

  test.each([
    ['one cent more', usd(11_614)],
    ['one cent less', usd(11_612)],
    ['nothing', usd(0)],
    ['another currency', { amount: 11_613, currency: 'EUR' }],
  ])('%s is mischarged, never plain success', (_, charged) => {
    const wrong = { ...purchase, charged }
    expect(purchaseFlow(states.checking, { type: 'answered', attempt, purchase: wrong })).toEqual({
      step: 'mischarged',
      purchase: wrong,
      attempt,
    })
  })
})

describe('the price', () => {
  test('the first one ignores presses for its first second: the button comes where another one was pressed', () => {
    const state = purchaseFlow(states.loading, { type: 'price-arrived', request: 7, preview: first, at: now })
    expect(state).toEqual({ step: 'review', preview: first, confirmableFrom: now + 1000 })
    expect(confirmablePreview(state, now + 999)).toBeUndefined()
    expect(confirmablePreview(state, now + 1000)).toBe(first)
  })

  test.each(['unpriced', 'declined', 'failed'] as const)(
    'the one that is asked for after %s, with none on screen before, ignores presses for its first second',
    (step) => {
      const asked = purchaseFlow({ step, error: failure }, { type: 'price-requested', request: 7 })
      const askedTwice = purchaseFlow(asked, { type: 'price-requested', request: 8 })
      const state = purchaseFlow(askedTwice, { type: 'price-arrived', request: 8, preview: first, at: now })
      expect(state).toEqual({ step: 'review', preview: first, confirmableFrom: now + 1000 })
    },
  )

  test('the same one after a refresh ignores presses for its first second', () => {
    const state = purchaseFlow(states.reloading, { type: 'price-arrived', request: 7, preview: second, at: now })
    expect(state).toEqual({ step: 'review', preview: second, confirmableFrom: now + confirmDelay })
    expect(confirmDelay).toBe(1000)
  })

  test.each([
    ['another amount due', previewFor('x', 11_614)],
    [
      'another next invoice',
      previewFor('x', 11_613, { nextInvoice: { addOnAmount: usd(30_000), date: '2026-04-01' } }),
    ],
    [
      'another number of seats',
      previewFor('x', 11_613, { seats: { standardLicenses: 12, additionalUsers: 4, total: 16 } }),
    ],
    ['another currency', previewFor('x', 11_613, { dueNow: { amount: 11_613, currency: 'EUR' } })],
  ])('%s is a changed price', (_, preview) => {
    const state = purchaseFlow(states.reloading, { type: 'price-arrived', request: 7, preview, at: now })
    expect(state).toEqual({ step: 'price-changed', preview, previous: first, confirmableFrom: now + 1000 })
  })

  test('only the latest of several requests counts, in whatever order the answers come', () => {
    const ask = (state: PurchaseState, request: number) => purchaseFlow(state, { type: 'price-requested', request })
    const answer = (state: PurchaseState, request: number, preview: PurchasePreview) =>
      purchaseFlow(state, { type: 'price-arrived', request, preview, at: now })
    const asked = ask(ask(idlePurchase, 1), 2)
    expect(answer(asked, 1, dearer)).toBe(asked)
    const priced = answer(asked, 2, first)
    expect(answer(priced, 1, dearer)).toBe(priced)
    expect(previewOf(priced)).toBe(first)
  })

  test('while it is asked for again, the one on screen stays, and nothing can be confirmed', () => {
    const state = purchaseFlow(states.review, { type: 'price-requested', request: 8 })
    expect(previewOf(state)).toBe(first)
    expect(confirmablePreview(state, Number.POSITIVE_INFINITY)).toBeUndefined()
  })

  test.each([
    ['already-purchased', 'already-purchased'],
    ['purchase-pending', 'purchase-pending'],
    ['forbidden', 'not-allowed'],
    ['offline', 'unpriced'],
    ['invalid-response', 'unpriced'],
  ] as const)('%s instead of a price ends in %s', (code, step) => {
    const state = purchaseFlow(states.loading, {
      type: 'price-failed',
      request: 7,
      error: new AddOnError(code),
      at: now,
    })
    expect(state.step).toBe(step)
  })

  test('one that was closed meanwhile stays closed', () => {
    const closed = purchaseFlow(states.loading, { type: 'closed' })
    expect(purchaseFlow(closed, { type: 'price-arrived', request: 7, preview: first, at: now })).toBe(closed)
  })
})

test('only the price on screen can be confirmed, not one that has gone meanwhile', () => {
  expect(purchaseFlow(states.review, { type: 'confirmed', attempt: foreign, preview: second })).toBe(states.review)
})

test.each(stateNames)('in %s a press confirms only what it should', (name) => {
  const confirmable = name === 'review' || name === 'price-changed'
  expect(confirmablePreview(states[name], now)).toBe(confirmable ? first : undefined)
})

describe('an attempt of which nothing is left to find out', () => {
  test.each(openStates)('is over, without an ending (%s)', (name) => {
    expect(purchaseFlow(states[name], { type: 'dropped', attempt })).toEqual(idlePurchase)
  })

  test.each(stateNames)('changes nothing in %s where it is another one', (name) => {
    expect(purchaseFlow(states[name], { type: 'dropped', attempt: foreign })).toBe(states[name])
  })

  test.each(stateNames.filter((name) => !openStates.includes(name)))('changes nothing in %s', (name) => {
    expect(purchaseFlow(states[name], { type: 'dropped', attempt })).toBe(states[name])
  })
})

test('a purchase that was accepted is not slow yet', () => {
  const accepted = { ...facts, status: 'processing' } as const
  const state = purchaseFlow(states.submitting, { type: 'answered', attempt, purchase: accepted })
  expect(state).toEqual({ step: 'processing', attempt, isSlow: false })
})

test('waiting that stopped is slow, and with an error unresolved', () => {
  expect(purchaseFlow(states.processing, { type: 'gave-up', attempt })).toEqual({
    step: 'processing',
    attempt,
    isSlow: true,
  })
  expect(purchaseFlow(states.checking, { type: 'gave-up', attempt, error: failure })).toEqual({
    step: 'unresolved',
    attempt,
    error: failure,
  })
})
