import { AddOnError } from '../domain/errors.js'
import { grantsAccess, grantsAction, grantsOf, type Policy, standardPolicy } from '../domain/policy.js'
import { fieldOf, Mismatch, readIf, type Schema } from '../protocol/forms.js'
import { idempotencyKeySchema } from '../protocol/idempotencyKey.js'
import { backendCodeOf, problemType, toProblem } from '../protocol/problem.js'
import { requestSchemas } from '../protocol/requests.js'
import { type AddOnOperation, actionOf, idempotencyKeyHeader, matchPath, methodOf } from '../protocol/routes.js'
import { createUuid } from '../protocol/uuid.js'
import { type AddOnBilling, createLedgerBilling } from './billing.js'
import { isTooLong, readJson } from './body.js'
import type { AddOnCall, KeyedCall, ServerContext, Session } from './call.js'
import {
  type Accounts,
  type AddOnNotification,
  type Catalog,
  checkAccount,
  checkCatalog,
  type Identity,
  warnOfPeriod,
} from './host.js'
import { keyIdOf } from './keyed.js'
import { isOriginAllowed } from './origin.js'
import { type Outcome, toError } from './outcome.js'
import { statusOf, toAddOn, toPlanOverview } from './overview.js'
import { previewPurchase, purchase } from './purchases.js'
import { requestFeature, requestQuote, startTrial } from './requests.js'
import { cancelAfter, settlePending } from './settlement.js'
import type { AddOnStore } from './store.js'

/** What a handler is made of. */
export interface AddOnHandlerOptions {
  /** Who sent this request, as the host's session says; asked on every request. `null`: nobody (401). */
  identify(request: Request): Promise<Identity | null> | Identity | null
  accounts: Accounts
  catalog: Catalog
  store: AddOnStore
  /** @default standardPolicy */
  policy?: Policy | undefined
  /** @default a ledger priced by `prorate()` */
  billing?: AddOnBilling | undefined
  /** Tells people of what happened. A throw is logged; what happened stands. */
  notify?: ((notification: AddOnNotification) => Promise<void> | void) | undefined
  /** @default () => new Date() */
  now?: (() => Date) | undefined
  /** Where the handler is mounted, e.g. `/api/add-ons`. Without it everything before the contract's paths is ignored. */
  basePath?: string | undefined
  /** Other origins whose pages may post, e.g. `https://app.example.com`. */
  allowedOrigins?: readonly string[] | undefined
}

/** How many POSTs a viewer may send in a minute. */
const postsPerMinute = 30

/**
 * The server side of the kit: web-standard, to be mounted wherever a `Request` comes in. It speaks the wire contract and
 * checks every POST in the contract's one order.
 * @throws TypeError if the catalogue is wrong.
 */
export function createAddOnHandler(options: AddOnHandlerOptions): (request: Request) => Promise<Response> {
  const { policy = standardPolicy, billing = createLedgerBilling(), now = () => new Date() } = options
  checkCatalog(options.catalog)
  const context: ServerContext = {
    policy,
    catalog: options.catalog,
    store: options.store,
    billing,
    async notify(notification) {
      try {
        await options.notify?.(notification)
      } catch (error) {
        console.error(`addon-kit: notify(${notification.type}) failed; the ${notification.type} stands.`, error)
      }
    },
  }

  async function answer(request: Request): Promise<{ status: number; body: unknown }> {
    const session = await identify(request, options, context, now())
    const path = pathBelow(new URL(request.url).pathname, options.basePath)
    const route = path === null ? null : matchPath(path)
    if (!route) throw new AddOnError('not-found')
    const { operation, addOnId } = route
    if (request.method !== methodOf(operation)) {
      throw new AddOnError('invalid-request', { status: 405, message: `Use ${methodOf(operation)}.` })
    }
    if (operation === 'getPlan') return { status: 200, body: await readPlan(session) }
    return post(request, session, operation, addOnId, options.allowedOrigins)
  }

  return async (request) => {
    const requestId = createUuid()
    const headers = new Headers({
      'X-Request-Id': requestId,
      'Cache-Control': 'no-store',
      // Names and notes are people's own: no browser may take the answer for a page.
      'X-Content-Type-Options': 'nosniff',
    })
    try {
      const { status, body } = await answer(request)
      headers.set('Content-Type', 'application/json')
      return new Response(JSON.stringify(body), { status, headers })
    } catch (error) {
      const code = backendCodeOf(error)
      if (code === 'internal') console.error(`addon-kit: request ${requestId} failed.`, error)
      const known = error instanceof AddOnError && code === error.code ? error : new AddOnError(code)
      headers.set('Content-Type', problemType)
      if (Number.isFinite(known.retryAfter)) headers.set('Retry-After', String(known.retryAfter))
      const problem = toProblem(known, code, requestId)
      return new Response(JSON.stringify(problem), { status: problem.status, headers })
    }
  }
}

async function identify(
  request: Request,
  options: AddOnHandlerOptions,
  context: ServerContext,
  now: Date,
): Promise<Session> {
  const identity = await options.identify(request)
  // Without an id of their own two people would share keys, previews and purchases.
  if (identity && !(isId(identity.accountId) && isId(identity.userId))) {
    throw new TypeError('identify() gave no accountId or no userId. Return both as non-empty strings, or null.')
  }
  const account = identity && (await options.accounts.get(identity.accountId))
  if (!identity || !account) throw new AddOnError('unauthenticated')
  const named = checkAccount(account, identity.accountId)
  const { userId: id, name, role } = identity
  const grants = grantsOf(context.policy, role)
  return { context, account, named, viewer: { id, role, grants, ...(name && { name }) }, now: now.toISOString() }
}

const isId = (id: unknown) => typeof id === 'string' && id !== ''

/** The path below the base path; `null` outside of it. */
function pathBelow(pathname: string, basePath: string | undefined): string | null {
  if (basePath === undefined) return /\/(plan|add-ons\/[^/]+\/[^/]+)\/?$/.exec(pathname)?.[0] ?? null
  const base = basePath.replace(/\/+$/, '')
  return pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : null
}

async function readPlan(session: Session): Promise<unknown> {
  const { context, account, now } = session
  warnOfPeriod(account, now)
  await settlePending(
    session,
    context.catalog.addOns.map(({ id }) => id),
  )
  return context.store.transaction(account.id, (records) => toPlanOverview(session, records))
}

/** The one order of checks for every POST; the numbers are the contract's. Identity (1) is known by now. */
async function post(
  request: Request,
  session: Session,
  operation: AddOnOperation,
  addOnId: string,
  allowedOrigins: readonly string[] = [],
): Promise<{ status: number; body: unknown }> {
  const { context, account, viewer, now } = session

  // 2: origin, content type, size; and not too often
  if (!isOriginAllowed(request, allowedOrigins)) throw new AddOnError('forbidden', { reason: 'origin' })
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('Content-Type') ?? '')) {
    throw new AddOnError('unsupported-media-type', { message: 'Send application/json.' })
  }
  const body = await readJson(request)
  if (isTooLong(fieldOf(body, 'note')) || isTooLong(fieldOf(body, 'message'))) throw new AddOnError('too-large')
  if ((await context.store.countPost(account.id, viewer.id, now)) > postsPerMinute) {
    throw new AddOnError('rate-limited', { retryAfter: 60 })
  }

  // 3: any access at all; the account it was shown for
  if (!grantsAccess(viewer.grants)) throw new AddOnError('forbidden', { reason: 'role' })
  const shownFor = fieldOf(body, 'accountId')
  if (typeof shownFor === 'string' && shownFor !== account.id) throw new AddOnError('account-changed')

  // 4: the add-on, as far as this account knows it
  const entry = context.catalog.addOns.find(({ id }) => id === addOnId)
  const record = entry && (await context.store.transaction(account.id, (records) => records.readAddOn(entry.id)))
  if (!entry || !record || statusOf(entry, account, record, now).kind === 'unavailable') {
    throw new AddOnError('not-found')
  }

  // 5: the role's grant for this operation
  if (!grantsAction(viewer.grants, actionOf[operation])) throw new AddOnError('forbidden', { reason: 'role' })

  // 6: key and body
  const key = readIf(idempotencyKeySchema, request.headers.get(idempotencyKeyHeader))
  // Every post but a preview has an effect, and a key.
  if (operation !== 'previewPurchase' && !key)
    throw new AddOnError('invalid-request', { message: `${idempotencyKeyHeader}: a UUID.` })
  if (body === undefined) throw new AddOnError('invalid-request', { message: 'The body is not JSON.' })

  // 7, 8, 9: within the operation
  await settlePending(session, [entry.id], cancelAfter)
  const call: AddOnCall = { ...session, entry }
  if (operation === 'previewPurchase') {
    parseBody(requestSchemas[operation], body)
    const outcome = await previewPurchase(call)
    if ('refusal' in outcome) throw toError(outcome)
    return { status: 201, body: outcome.preview }
  }
  const idempotencyKey = key ?? ''
  const outcome = await runKeyed(operation, body, {
    ...call,
    idempotencyKey,
    keyId: keyIdOf(viewer.id, operation, entry.id, idempotencyKey),
  })
  if ('refusal' in outcome) throw toError(outcome)
  const addOn = await context.store.transaction(account.id, async (records) =>
    toAddOn(call, await records.readAddOn(entry.id)),
  )
  return { status: outcome.status, body: { ...outcome.body, addOn } }
}

function runKeyed(
  operation: Exclude<AddOnOperation, 'previewPurchase'>,
  body: unknown,
  call: Omit<KeyedCall<never>, 'body'>,
): Promise<Outcome> {
  switch (operation) {
    case 'purchase':
      return purchase({ ...call, body: parseBody(requestSchemas.purchase, body) })
    case 'requestQuote':
      return requestQuote({ ...call, body: parseBody(requestSchemas.requestQuote, body) })
    case 'startTrial':
      return startTrial({ ...call, body: parseBody(requestSchemas.startTrial, body) })
    case 'requestFeature':
      return requestFeature({ ...call, body: parseBody(requestSchemas.requestFeature, body) })
  }
}

function parseBody<T>(schema: Schema<T>, body: unknown): T {
  try {
    return schema(body)
  } catch (error) {
    if (!(error instanceof Mismatch)) throw error
    const place = error.path.join('.') || 'body'
    throw new AddOnError('invalid-request', { status: 422, message: `${place}: expected ${error.message}` })
  }
}
