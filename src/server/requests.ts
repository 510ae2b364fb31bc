import type { RequestBody } from '../protocol/requests.js'
import { daysAfter, displayName, type KeyedCall } from './call.js'
import { refusalOf } from './decide.js'
import { runOnce } from './keyed.js'
import { notify } from './notify.js'
import type { Outcome } from './outcome.js'

/** After how many days a viewer may ask for the same add-on again. */
const askAgainDays = 14
/** Requests for one add-on within this time of the first are one notification, in milliseconds. */
const notificationWindow = 10 * 60 * 1000

/** Asks sales for a price. While a request is open, asking again returns it. */
export async function requestQuote(call: KeyedCall<RequestBody<'requestQuote'>>): Promise<Outcome> {
  const { viewer, entry, body, now } = call
  const { outcome, isNew } = await runOnce(call, async (records) => {
    const record = await records.readAddOn(entry.id)
    const refusal = refusalOf(call, 'request-quote', record)
    if (refusal?.refusal.reason === 'quote-open' && record.quoteRequest) {
      const { requestedAt, requestedBy } = record.quoteRequest
      return { status: 200, body: { quoteRequest: { requestedAt, requestedBy } } }
    }
    if (refusal) return refusal
    const quoteRequest = { requestedAt: now, requestedBy: displayName(viewer) }
    const { message } = body
    await records.writeAddOn(entry.id, { ...record, quoteRequest: { ...quoteRequest, ...(message && { message }) } })
    return { status: 201, body: { quoteRequest } }
  })
  if (isNew) await notify(call, 'quote-requested', body.message)
  return outcome
}

/** Starts the account's one trial of an add-on. */
export async function startTrial(call: KeyedCall<RequestBody<'startTrial'>>): Promise<Outcome> {
  const { entry, now } = call
  const { outcome, isNew } = await runOnce(call, async (records) => {
    const record = await records.readAddOn(entry.id)
    const refusal = refusalOf(call, 'start-trial', record)
    if (refusal) return refusal
    const trial = { startedAt: now, endsAt: daysAfter(now, entry.trial?.days ?? 0) }
    await records.writeAddOn(entry.id, { ...record, trial })
    return { status: 201, body: {} }
  })
  if (isNew) await notify(call, 'trial-started')
  return outcome
}

/** Asks the Owners for an add-on. Asking again within 14 days returns the first request. */
export async function requestFeature(call: KeyedCall<RequestBody<'requestFeature'>>): Promise<Outcome> {
  const { viewer, entry, body, now } = call
  let isToTell = false
  const { outcome, isNew } = await runOnce(call, async (records) => {
    const record = await records.readAddOn(entry.id)
    const refusal = refusalOf(call, 'request-feature', record)
    const others = record.featureRequests.filter((request) => request.viewerId !== viewer.id)
    const mine = record.featureRequests.find((request) => request.viewerId === viewer.id)
    if (refusal?.refusal.reason === 'already-requested' && mine) {
      return { status: 200, body: { featureRequest: { requestedAt: mine.requestedAt, askAgainAt: mine.askAgainAt } } }
    }
    if (refusal) return refusal
    const featureRequest = { requestedAt: now, askAgainAt: daysAfter(now, askAgainDays) }
    const { note } = body
    const request = { viewerId: viewer.id, name: displayName(viewer), ...featureRequest, ...(note && { note }) }
    isToTell = !record.notifiedAt || Date.parse(now) >= Date.parse(record.notifiedAt) + notificationWindow
    await records.writeAddOn(entry.id, {
      ...record,
      featureRequests: [...others, request],
      notifiedAt: isToTell ? now : record.notifiedAt,
    })
    return { status: 201, body: { featureRequest } }
  })
  if (isNew && isToTell) await notify(call, 'feature-requested', body.note)
  return outcome
}
