import type { Account } from '../domain/account.js'
import { type AddOn, type AddOnStatus, isEntitled } from '../domain/addOn.js'
import type { Money } from '../domain/money.js'
import type { PlanOverview } from '../domain/planOverview.js'
import { decideActions, grantsAccess } from '../domain/policy.js'
import { expectedOf } from '../domain/purchase.js'
import type { AddOnCall, Session } from './call.js'
import type { CatalogAddOn, HostAccount } from './host.js'
import type { AccountRecords, AddOnRecord, SaleRecord } from './store.js'

function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined
}

/** What one seat costs this account per period; `null`: sold by quote. */
export function unitPriceOf(entry: CatalogAddOn, { billing }: HostAccount): Money | null {
  const amount = own(entry.prices, billing.currency)?.[billing.frequency]
  return amount === undefined ? null : { amount, currency: billing.currency }
}

/** What the account has of the add-on at an instant. */
export function statusOf(entry: CatalogAddOn, account: HostAccount, record: AddOnRecord, now: string): AddOnStatus {
  const offer = own(entry.plans, account.plan.id)
  const { sale, trial } = record
  if (offer === 'included') return { kind: 'included' }
  if (sale) return toActive(sale)
  if (trial && Date.parse(now) < Date.parse(trial.endsAt)) {
    return { kind: 'trialing', startedAt: trial.startedAt, endsAt: trial.endsAt }
  }
  if (!offer) return { kind: 'unavailable' }
  return trial ? { kind: 'trial-ended', endedAt: trial.endsAt } : { kind: 'available' }
}

function toActive({ since, by, seats, receiptUrl, reference }: SaleRecord): Extract<AddOnStatus, { kind: 'active' }> {
  return {
    kind: 'active',
    since,
    ...(by !== undefined && { by }),
    ...(seats !== undefined && { seats }),
    ...(receiptUrl !== undefined && { receiptUrl }),
    ...(reference !== undefined && { reference }),
  }
}

/** What the contract names of the catalogue's texts: whatever else the host keeps beside them stays with it. */
function textsOf({ id, name, description, lang, imageUrl, learnMoreUrl, href }: CatalogAddOn) {
  return {
    id,
    name,
    description,
    ...(lang !== undefined && { lang }),
    ...(imageUrl !== undefined && { imageUrl }),
    ...(learnMoreUrl !== undefined && { learnMoreUrl }),
    ...(href !== undefined && { href }),
  }
}

/** The add-on as this viewer may see it: who is told what is decided here. */
export function toAddOn({ context, account, viewer, entry, now }: AddOnCall, record: AddOnRecord): AddOn {
  const { trial, purchasingMode } = entry
  const status = statusOf(entry, account, record, now)
  const facts = {
    unitPrice: unitPriceOf(entry, account),
    ...(purchasingMode && { purchasingMode }),
    trial: trial ? { days: trial.days } : null,
    status,
    pendingPurchase: toPendingPurchase(record, viewer.id),
    quoteRequest: record.quoteRequest && {
      requestedAt: record.quoteRequest.requestedAt,
      requestedBy: record.quoteRequest.requestedBy,
    },
    featureRequests: toFeatureRequests(record, viewer.id, viewer.grants.includes('view-requests')),
  }
  const { decisions } = decideActions({ viewer, account, addOn: facts, policy: context.policy, now })
  const addOn: AddOn = { ...textsOf(entry), frequency: account.billing.frequency, ...facts, decisions }
  if (!grantsAccess(viewer.grants)) {
    const { purchasingMode: _mode, ...rest } = addOn
    return {
      ...rest,
      unitPrice: null,
      trial: null,
      status: status.kind === 'active' ? { kind: 'active', since: status.since } : status,
      pendingPurchase: null,
      quoteRequest: null,
      featureRequests: { count: 0, byViewer: null, from: [] },
    }
  }
  if (status.kind === 'active' && !viewer.grants.includes('view-billing')) {
    const { since, by } = status
    return { ...addOn, status: { kind: 'active', since, ...(by && { by }) } }
  }
  return addOn
}

function toPendingPurchase({ pending }: AddOnRecord, viewerId: string): AddOn['pendingPurchase'] {
  if (!pending) return null
  const { state, startedAt, viewerName: by, idempotencyKey, preview } = pending
  const mine = pending.viewerId === viewerId
  const resume = { idempotencyKey, previewId: preview.previewId, expected: expectedOf(preview) }
  return { state, startedAt, by, mine, ...(mine && { resume }) }
}

function toFeatureRequests(
  { featureRequests }: AddOnRecord,
  viewerId: string,
  mayView: boolean,
): AddOn['featureRequests'] {
  const mine = featureRequests.find((request) => request.viewerId === viewerId)
  return {
    count: featureRequests.length,
    byViewer: mine ? { requestedAt: mine.requestedAt, askAgainAt: mine.askAgainAt } : null,
    from: mayView
      ? featureRequests.map(({ name, requestedAt, note }) => ({ name, requestedAt, ...(note && { note }) }))
      : [],
  }
}

/** The account as this viewer may see it. */
function toAccount({ named, viewer }: Session): Account {
  const hasAccess = grantsAccess(viewer.grants)
  return {
    ...named,
    contacts: hasAccess ? named.contacts : {},
    owners: hasAccess ? named.owners : [],
    billing: viewer.grants.includes('view-billing') ? named.billing : null,
  }
}

/** The answer to `GET /plan`. */
export async function toPlanOverview(session: Session, records: AccountRecords): Promise<PlanOverview> {
  const hasAccess = grantsAccess(session.viewer.grants)
  const addOns: AddOn[] = []
  for (const entry of session.context.catalog.addOns) {
    const addOn = toAddOn({ ...session, entry }, await records.readAddOn(entry.id))
    const isTold = hasAccess ? addOn.status.kind !== 'unavailable' : isEntitled(addOn.status)
    if (isTold) addOns.push(addOn)
  }
  return { viewer: session.viewer, account: toAccount(session), addOns, serverTime: session.now }
}
