import { AddOnError } from 'addon-kit'
import { backendCodeOf, problemType, toProblem } from '../../src/protocol/problem.js'
import { type Choices, toolbar } from './Toolbar.js'

/** Whether the toolbar has every request come to grief, whatever the backend would have said. */
export function isFaulty(network: Choices['network']): boolean {
  return network !== undefined && network !== 'normal' && network !== 'slow'
}

/**
 * What comes instead of an answer where the toolbar's network is out of order.
 * @throws TypeError as `fetch` does, where nothing comes.
 */
export function answerInstead(network: Choices['network']): Response | undefined {
  switch (network) {
    case 'offline':
      throw new TypeError('The toolbar has the network off.')
    case 'forbidden':
      return problem(new AddOnError('forbidden'))
    case 'outage':
      return problem(new AddOnError('internal'))
    case 'malformed':
      return Response.json({ account: 'of no known kind' })
    default:
      return undefined
  }
}

function problem(error: AddOnError): Response {
  const body = toProblem(error, backendCodeOf(error), 'req_7Q2M9XK4')
  return new Response(JSON.stringify(body), { status: body.status, headers: { 'content-type': problemType } })
}

/** Has the page believe the toolbar when it asks whether there is a network. */
export function followToolbarOffline(): void {
  Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => toolbar.current.network !== 'offline' })
}
