'use client'

import { type PostHandle, usePost } from './usePost.js'

/** Headless request for a feature: tells the Owners, with an optional note of at most 1,000 characters. */
export function useRequestFeature(addOnId: string): PostHandle {
  return usePost('requestFeature', addOnId)
}
