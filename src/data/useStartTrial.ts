'use client'

import type { AddOnId } from '../domain/Register.js'
import { type PostHandle, usePost } from './usePost.js'

/** Headless start of the account's one trial of an add-on. */
export function useStartTrial(addOnId: AddOnId): PostHandle {
  return usePost('startTrial', addOnId)
}
