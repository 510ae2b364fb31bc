'use client'

import type { AddOnId } from '../domain/Register.js'
import { type PostHandle, usePost } from './usePost.js'

/** Headless quote request: asks sales, with an optional message of at most 1,000 characters. */
export function useRequestQuote(addOnId: AddOnId): PostHandle {
  return usePost('requestQuote', addOnId)
}
