'use client'

import { type PostHandle, usePost } from './usePost.js'

/** Headless start of the account's one trial of an add-on. */
export function useStartTrial(addOnId: string): PostHandle {
  return usePost('startTrial', addOnId)
}
