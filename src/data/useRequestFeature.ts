'use client'

import type { AddOnId } from '../domain/Register.js'
import { type PostHandle, usePost } from './usePost.js'

/** Headless request for a feature: tells the Owners, with an optional note of at most 1,000 characters. */
export function useRequestFeature(addOnId: AddOnId): PostHandle {
  return usePost('requestFeature', addOnId)
}
