import type { AddOnError } from '../domain/errors.js'
import type { PlanOverview } from '../domain/planOverview.js'
import { grantsOf, standardPolicy } from '../domain/policy.js'
import { roleOf } from '../testing/ContractHarness.js'
import { endingInWords, endingOf } from '../testing/expectRefusal.js'
import { isSame } from '../testing/expectSame.js'
import type { World } from '../testing/World.js'

const people = ['owner', 'secondOwner', 'admin', 'supervisor', 'agent', 'stranger'] as const

/** Somebody who has to be known to the backend. */
export type SignedIn = (typeof people)[number]

/** How a person's plan is asked for, in words: the flag that says who it is, and the call. */
export interface Asking {
  readonly flag: string
  readonly call: string
}

/** The backend cannot be checked as it was given; the message says in a sentence why. */
export class NotReady extends Error {
  override readonly name = 'NotReady'
}

/**
 * Asks for the plan of each person once, so that a wrong address or sign-in is not taken for a broken backend.
 * Resolves to the Owner's plan.
 * @throws NotReady
 */
export async function preflight(world: World, asking: (person: SignedIn) => Asking): Promise<PlanOverview> {
  const plans = new Map<SignedIn, PlanOverview>()
  for (const person of people) {
    if (!world.present(person).includes(person)) continue
    const { flag, call } = asking(person)
    const ending = await endingOf(world.as(person).getPlan())
    const wrong = 'error' in ending ? failureOf(ending.error) : mismatchOf(person, ending.answer, plans, asking)
    if (wrong) throw new NotReady(`${flag}: ${call} ${wrong}.`)
    if ('answer' in ending) plans.set(person, ending.answer)
  }
  const plan = plans.get('owner')
  if (!plan) throw new NotReady('There is no Owner.')
  return plan
}

/** What is wrong with who somebody is. */
function mismatchOf(
  person: SignedIn,
  { account, viewer }: PlanOverview,
  others: ReadonlyMap<SignedIn, PlanOverview>,
  asking: (person: SignedIn) => Asking,
): string | undefined {
  const { role } = viewer
  const wanted = roleOf[person]
  if (role !== wanted && !isRenamed(viewer, wanted)) return `answers with the role “${role}” instead of “${wanted}”`
  const owners = others.get('owner')?.account.id ?? account.id
  if (person === 'stranger' && account.id === owners && others.has('owner')) {
    return `answers with account ${account.id}, where the account of somebody else is wanted`
  }
  if (person !== 'stranger' && account.id !== owners) {
    return `answers with account ${account.id} instead of ${owners}, the Owner's`
  }
  for (const [other, plan] of others) {
    if (plan.account.id === account.id && plan.viewer.id === viewer.id) {
      const { flag, call } = asking(other)
      return `answers with ${viewer.id}, as ${flag === asking(person).flag ? call : flag} does: two people are wanted`
    }
  }
  return undefined
}

/** A host may call its roles otherwise: what counts are the grants. */
function isRenamed({ role, grants }: PlanOverview['viewer'], wanted: string): boolean {
  return !standardPolicy.roles.has(role) && isSame([...grants].sort(), [...grantsOf(standardPolicy, wanted)].sort())
}

function failureOf(error: AddOnError): string {
  const { code, status, message } = error
  if (code === 'unauthenticated') return `answers ${status ?? code}: the backend does not know who that is`
  if (code === 'not-found') return `answers ${status ?? code}: there is no add-on handler at this address`
  if (code === 'invalid-response') return `answers with no valid plan (${message})`
  if (code === 'timeout') return 'gives no answer in time (--timeout)'
  if (code === 'network') {
    const root = rootOf(error)
    const cause: unknown = Reflect.get(root, 'code')
    return typeof cause === 'string' && root !== error ? `cannot be reached (${cause})` : `fails (${root.message})`
  }
  return `answers ${[status, endingInWords({ error })].join(' ').trim()}`
}

/** What stood in the way at the bottom of it all, such as `ECONNREFUSED`. */
function rootOf(error: Error): Error {
  return error.cause instanceof Error ? rootOf(error.cause) : error
}
