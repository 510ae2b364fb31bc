import type { Decorator } from '@storybook/react-vite'
import { AddOnProvider } from 'addon-kit'
import { createAddOnHandlers, type DemoOptions } from 'addon-kit/msw'
import { getResponse, HttpResponse, http } from 'msw'
import type { AccountState } from './bugs/AccountState.js'
import { requestLog } from './bugs/requestLog.js'
import { createStoryAccount, noteSeats } from './bugs/StoryAccount.js'
import { Watch } from './bugs/Watch.js'
import { lookOf } from './lookOf.js'
import { answerInstead } from './toolbar/network.js'
import { obeyToolbar } from './toolbar/obeyToolbar.js'
import { readChoices, readLook, scopeOf, toolbar } from './toolbar/Toolbar.js'

/** Where the toolbar's account is served. */
export const baseUrl = '/api/add-ons'

function createToolbarBackend(state?: AccountState) {
  const account = createStoryAccount({}, state)
  const handlersOf = (change: DemoOptions = {}) =>
    createAddOnHandlers({
      ...obeyToolbar({}, account),
      baseUrl,
      // Where the clock stands still, the minute in which posts are counted never ends.
      store: { ...account.store, countPost: () => Promise.resolve(1) },
      ...change,
    })
  return { account, handlers: handlersOf(), handlersOf }
}

/** The one account of everybody whom the toolbar signs in: what one has done is there when the next one looks. */
export const toolbarBackend = { current: createToolbarBackend() }

/** Has the toolbar's account begin anew, or as a bug link says. */
export function resetToolbarAccount(state?: AccountState): void {
  toolbarBackend.current = createToolbarBackend(state)
}

/** Answers for the toolbar's account, through the service worker. */
export const toolbarHandlers = [
  http.all(`${baseUrl}/*`, ({ request }) =>
    requestLog
      .pass(request, async () => {
        const { account, handlers, handlersOf } = toolbarBackend.current
        const nextPurchase = account.bank.outcomeOf(request)
        const chosen = nextPurchase ? handlersOf({ nextPurchase }) : handlers
        const response = answerInstead(toolbar.current.network) ?? (await getResponse(chosen, request))
        if (!response || response.type === 'error') throw new TypeError('No answer.')
        await noteSeats(account, response)
        return response
      })
      .catch(() => HttpResponse.error()),
  ),
]

/** Shows a story to whomever the toolbar signs in. */
export const withToolbar: Decorator = (Story, { globals }) => (
  <AddOnProvider baseUrl={baseUrl} scope={scopeOf(readChoices(globals))} {...lookOf(readLook(globals))}>
    <Story />
    <Watch account={toolbarBackend.current.account} />
  </AddOnProvider>
)
