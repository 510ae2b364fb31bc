'use client'

import { useState } from 'react'
import { createIdempotencyKey } from '../adapter/idempotencyKey.js'
import { type AddOnError, toAddOnError } from '../domain/errors.js'
import { isOutcomeUnknown } from '../domain/isOutcomeUnknown.js'
import type { PlanOverview } from '../domain/planOverview.js'
import { useAddOnContext } from './AddOnContext.js'
import { followUp } from './failures.js'
import { once } from './once.js'
import { usePlanData } from './usePlan.js'
import { writeAddOn } from './writeAddOn.js'

/** A short request of one kind, and how it went. */
export interface PostHandle {
  readonly status: 'idle' | 'sending' | 'sent' | 'failed'
  readonly error: AddOnError | undefined
  /** Sends it, once at a time, with a text where the request takes one. */
  send(text?: string): void
}

const accountIdOf = ({ account }: PlanOverview) => account.id

/** The posts that move no money: what the host is told of them, and the field their text goes into. */
const posts = {
  requestQuote: { event: 'quote-requested', field: 'message' },
  startTrial: { event: 'trial-started', field: undefined },
  requestFeature: { event: 'feature-requested', field: 'note' },
} as const

/**
 * One of the posts that move no money. The answer's add-on is written into the plan even if the screen that asked for it
 * is gone; after a failure that says nothing of the outcome, sending the same again repeats its key.
 */
export function usePost(operation: keyof typeof posts, addOnId: string): PostHandle {
  const context = useAddOnContext()
  const { adapter, store, locale, queryClient, emit } = context
  const accountId = usePlanData(accountIdOf)
  const [state, setState] = useState<Pick<PostHandle, 'status' | 'error'>>(idle)
  return {
    ...state,
    send(text) {
      if (accountId === undefined) return
      const { event, field } = posts[operation]
      const place = [operation, accountId, addOnId]
      void once(store, place.join(), async () => {
        const request = JSON.stringify([...place, text])
        setState({ status: 'sending', error: undefined })
        const idempotencyKey = store.keys.get(request) ?? createIdempotencyKey()
        store.keys.set(request, idempotencyKey)
        const input = { accountId, addOnId, idempotencyKey, ...(field && text && { [field]: text }) }
        const mutation = queryClient.getMutationCache().build(queryClient, {
          networkMode: 'always',
          retry: false,
          mutationFn: () => adapter[operation](input, { locale }),
        })
        try {
          const { addOn } = await mutation.execute(undefined)
          store.keys.delete(request)
          await writeAddOn(context, addOn)
          if (store.over.signal.aborted) return
          setState({ status: 'sent', error: undefined })
          emit({ type: event, addOnId })
        } catch (cause) {
          const error = toAddOnError(cause)
          if (!isOutcomeUnknown(error)) store.keys.delete(request)
          if (store.over.signal.aborted) return
          setState({ status: 'failed', error })
          followUp(context, addOnId, error)
        }
      })
    },
  }
}

const idle = { status: 'idle', error: undefined } as const
