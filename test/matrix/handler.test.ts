import { isDeepStrictEqual } from 'node:util'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import type { AddOnAction } from '../../src/domain/policy.js'
import type { AddOnOperation } from '../../src/protocol/routes.js'
import { planOverviewSchema } from '../../src/protocol/schemas.js'
import { createUuid } from '../../src/protocol/uuid.js'
import type { AddOnRecord, CatalogAddOn, HostAccount, PendingRecord } from '../../src/server/index.js'
import { type Answer, Harness, problemOf } from '../server/harness.js'
import {
  accountOf,
  addOnOf,
  type Combination,
  combinations,
  expectedAccess,
  expectedDecisions,
  matrixAccountId,
  matrixAddOnId,
  matrixNow,
  matrixPeople,
  matrixTimes,
  nameOf,
  otherOwnerName,
  planOverviewOf,
  plans,
  reasonsAgainst,
  roles,
} from './matrix.js'

/** Every operation that posts, and the action it is of. */
const operations: Readonly<Record<AddOnOperation, AddOnAction>> = {
  previewPurchase: 'subscribe',
  purchase: 'subscribe',
  requestQuote: 'request-quote',
  startTrial: 'start-trial',
  requestFeature: 'request-feature',
}
const operationNames = Object.keys(operations).filter((name): name is AddOnOperation => name in operations)

/** All that a backend can be in: a status unknown to the version exists on clients only. */
const possible = combinations().filter(({ status }) => status !== 'unknown')

describe.each(roles)('%s', { timeout: 60_000 }, (role) => {
  const own = possible.filter((combination) => combination.role === role)

  test('every POST is answered as the tables say in all 1536 combinations, and a refused one leaves no trace', async () => {
    expect(own).toHaveLength(1536)
    const problems: string[] = []
    for (const combination of own) problems.push(...(await checkPosts(combination)))
    expect(problems).toEqual([])
  })

  test('GET /plan tells exactly what wire.md says in all 1536 combinations', async () => {
    const problems: string[] = []
    for (const combination of own) {
      const answer = await harnessFor(combination).get()
      const told = planOverviewSchema(answer.body)
      // The wire's own form has no place for what is not told, and the schema drops what it does not know.
      const expected = planOverviewOf(combination)
      if (!isDeepStrictEqual(answer.body, plain(told))) problems.push(`${nameOf(combination)}: sends unknown fields`)
      if (!isDeepStrictEqual(plain(told), plain(expected))) {
        problems.push(`${nameOf(combination)}: ${JSON.stringify(told)}, not ${JSON.stringify(expected)}`)
      }
    }
    expect(problems).toEqual([])
  })
})

test('a combination is 6 requests: 7680 combinations are 46080 requests at least', () => {
  expect(possible).toHaveLength(7680)
  expect(possible.length * (operationNames.length + 1)).toBe(46_080)
})

/** As it is after its way through JSON. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

async function checkPosts(combination: Combination): Promise<string[]> {
  const problems: string[] = []
  // What is refused leaves no trace, so that all refused ones can meet one store.
  const shared = harnessFor(combination)
  const before = await shared.record(matrixAddOnId)
  for (const operation of operationNames) {
    const { status, ...refusal } = expectedAnswer(combination, operation)
    const harness = status === 201 ? harnessFor(combination) : shared
    const answer = await postTo(harness, operation, status === 201)
    const check: Check = (what, found, expected) => {
      if (isDeepStrictEqual(found, expected) || isDeepStrictEqual(plain(found), plain(expected))) return
      const line = `${what} is ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`
      problems.push(`${nameOf(combination)}, ${operation}: ${line}`)
    }
    check('the status', answer.status, status)
    if (answer.status !== status) continue
    if (status === 201) {
      await checkEffect(combination, operation, harness, answer, check)
      continue
    }
    if (status === 200) check('the answer', requestIn(answer), firstRequest[operation])
    else {
      const { code, reason, purchasedBy } = problemOf(answer)
      check('the refusal', { code, ...(reason && { reason }), ...(purchasedBy && { purchasedBy }) }, refusal)
    }
    check('the record', await shared.record(matrixAddOnId), before)
    check(
      'what was written',
      shared.writes.filter((write) => write !== 'key'),
      [],
    )
    check('what billing was asked', shared.billing.calls, [])
    check('the notifications', shared.notifications, [])
  }
  return problems
}

type Check = (what: string, found: unknown, expected: unknown) => void

/** wire.md's order of checks, and its codes for reasons. */
function expectedAnswer(
  combination: Combination,
  operation: AddOnOperation,
): { status: number; code?: string; reason?: string; purchasedBy?: string } {
  const action = operations[operation]
  if (!expectedAccess(combination)) return { status: 403, code: 'forbidden', reason: 'role' }
  if (combination.status === 'unavailable') return { status: 404, code: 'not-found' }
  if (reasonsAgainst(combination, action).includes('role')) return { status: 403, code: 'forbidden', reason: 'role' }
  const decision = expectedDecisions(combination)[action]
  if (decision.allowed) return { status: 201 }
  const { reason } = decision
  switch (reason) {
    case 'quote-open':
    case 'already-requested':
      return { status: 200 }
    case 'already-purchased':
    case 'purchase-pending':
      return { status: 409, code: reason, reason, purchasedBy: otherOwnerName }
    case 'trial-used':
      return { status: 409, code: reason, reason }
    default:
      return { status: 403, code: 'forbidden', reason }
  }
}

/** Sends the operation; the price of an allowed purchase is asked for first. */
async function postTo(harness: Harness, operation: AddOnOperation, isAllowed: boolean): Promise<Answer> {
  if (operation !== 'purchase') return harness.post(operation, { addOnId: matrixAddOnId })
  if (isAllowed) return harness.buy(await harness.preview(undefined, matrixAddOnId))
  const expected = { dueNow: { amount: 11_613, currency: 'USD' }, seats: 15, termsVersion: '1' }
  const body = { previewId: createUuid(), expected, acceptedFinalSale: true }
  return harness.post(operation, { addOnId: matrixAddOnId, body })
}

/** What an allowed operation must have done, and nothing else. */
async function checkEffect(
  combination: Combination,
  operation: AddOnOperation,
  harness: Harness,
  answer: Answer,
  check: Check,
): Promise<void> {
  const { id: viewerId, name } = matrixPeople[combination.role]
  const begun = recordOf(combination)
  const record = await harness.record(matrixAddOnId)
  const { addOn, ...body } = v.parse(answerSchema, answer.body)
  const is = (notified: string[], change: Partial<AddOnRecord>, next: Partial<Combination>) => {
    check(
      'the notifications',
      harness.notifications.map(({ type }) => type),
      notified,
    )
    check('the record', record, { ...begun, ...change })
    check('the decisions', addOn?.decisions, expectedDecisions({ ...combination, ...next }))
  }
  check(
    'the charges',
    harness.billing.payments.map(({ amount }) => amount),
    operation === 'purchase' ? [dueNow] : [],
  )
  switch (operation) {
    case 'previewPurchase':
      check('the record', record, begun)
      check('the notifications', harness.notifications, [])
      return check(
        'the price',
        [body.dueNow, body.seats],
        [dueNow, { standardLicenses: 12, additionalUsers: 3, total: 15 }],
      )
    case 'purchase': {
      const sale = { since: matrixNow, by: name, seats: 15, reference: record.sale?.reference ?? 'missing' }
      const trial =
        combination.status === 'trialing' && begun.trial ? { ...begun.trial, endsAt: matrixNow } : begun.trial
      return is(['purchased'], { sale, trial, quoteRequest: null, featureRequests: [] }, { status: 'active' })
    }
    case 'requestQuote': {
      const quoteRequest = { requestedAt: matrixNow, requestedBy: name }
      return is(['quote-requested'], { quoteRequest }, { isQuoteOpen: true })
    }
    case 'startTrial': {
      const trial = { startedAt: matrixNow, endsAt: '2026-04-15T00:00:00.000Z' }
      return is(['trial-started'], { trial }, { status: 'trialing' })
    }
    case 'requestFeature': {
      const request = { viewerId, name, requestedAt: matrixNow, askAgainAt: '2026-03-30T00:00:00.000Z' }
      return is(['feature-requested'], { featureRequests: [request], notifiedAt: matrixNow }, { hasAsked: true })
    }
  }
}

/** 15 seats at $15.00, for 16 of the 31 days. */
const dueNow = { amount: 11_613, currency: 'USD' }

const answerSchema = v.looseObject({ addOn: v.optional(v.looseObject({ decisions: v.unknown() })) })

/** The first request, as a repeated one answers it. */
const firstRequest: Partial<Record<AddOnOperation, unknown>> = {
  requestQuote: { quoteRequest: { requestedAt: matrixTimes.quotedAt, requestedBy: otherOwnerName } },
  requestFeature: { featureRequest: { requestedAt: matrixTimes.askedAt, askAgainAt: matrixTimes.askAgainAt } },
}

function requestIn(answer: Answer): unknown {
  const { addOn: _addOn, ...request } = v.parse(answerSchema, answer.body)
  return request
}

// —— A backend in a combination ——

function harnessFor(combination: Combination): Harness {
  const { role } = combination
  const { id: userId, name } = matrixPeople[role]
  const account = accountOf(combination)
  const { billing } = account
  if (!billing || billing.frequency === 'unknown') throw new TypeError('A host knows how it bills.')
  const host: HostAccount = { ...account, billing: { ...billing, frequency: billing.frequency } }
  const harness = new Harness({
    account: host,
    catalog: { addOns: [entryOf(combination)] },
    seed: { [matrixAddOnId]: recordOf(combination) },
  })
  harness.now = matrixNow
  harness.viewer = { accountId: matrixAccountId, userId, name, role }
  return harness
}

function entryOf(combination: Combination): CatalogAddOn {
  const { plan, status, hasPrice, hasTrial } = combination
  const { id, name, description, href = '' } = addOnOf(combination)
  const [other] = plans.filter((one) => one !== plan)
  const offer = status === 'included' ? 'included' : 'purchasable'
  // The other plan offers the opposite: a look at the wrong plan shows.
  const opposite = status === 'included' ? 'purchasable' : 'included'
  return {
    id,
    name,
    description,
    href,
    ...(hasPrice && { prices: { USD: { monthly: 1500 } } }),
    plans: { ...(status !== 'unavailable' && { [plan]: offer }), ...(other && { [other]: opposite }) },
    trial: hasTrial ? { days: 30 } : null,
  }
}

function recordOf({ role, status, isQuoteOpen, hasAsked, isPending }: Combination): AddOnRecord {
  const { trialStarted, trialEnds, endedTrialStarted, trialEnded, soldAt, quotedAt, askedAt, askAgainAt } = matrixTimes
  const { id: viewerId, name } = matrixPeople[role]
  const trials: Partial<Record<Combination['status'], AddOnRecord['trial']>> = {
    trialing: { startedAt: trialStarted, endsAt: trialEnds },
    'trial-ended': { startedAt: endedTrialStarted, endsAt: trialEnded },
  }
  return {
    sale: status === 'active' ? { since: soldAt, by: otherOwnerName, seats: 15, reference: 'pur_DEMO8F2K71QX' } : null,
    trial: trials[status] ?? null,
    pending: isPending ? pendingRecord : null,
    quoteRequest: isQuoteOpen ? { requestedAt: quotedAt, requestedBy: otherOwnerName } : null,
    featureRequests: hasAsked ? [{ viewerId, name, requestedAt: askedAt, askAgainAt }] : [],
    notifiedAt: null,
  }
}

/** The other Owner's purchase, on its way since five minutes ago. */
const pendingRecord: PendingRecord = {
  attemptId: 'pur_PENDING00001',
  idempotencyKey: createUuid(),
  viewerId: 'usr_otto',
  viewerName: otherOwnerName,
  viewerRole: 'owner',
  preview: {
    previewId: 'pending',
    accountId: matrixAccountId,
    addOnId: matrixAddOnId,
    seats: { standardLicenses: 12, additionalUsers: 3, total: 15 },
    unitPrice: { amount: 1500, currency: 'USD' },
    frequency: 'monthly',
    lines: [{ kind: 'prorated', amount: dueNow }],
    dueNow,
    proration: { from: matrixTimes.pendingSince, to: '2026-04-01T00:00:00.000Z', unit: 'second', used: 1, of: 2 },
    nextInvoice: { addOnAmount: { amount: 22_500, currency: 'USD' }, date: '2026-04-01' },
    payment: null,
    terms: { final: true, version: '1', consent: 'notice' },
    expiresAt: '2026-03-16T00:10:00.000Z',
    serverTime: matrixTimes.pendingSince,
  },
  expected: { dueNow, seats: 15, termsVersion: '1' },
  state: 'processing',
  startedAt: matrixTimes.pendingSince,
  leaseUntil: null,
}
