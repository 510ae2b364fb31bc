import { usePlan } from 'addon-kit'
import { useEffect } from 'react'
import type { StoryAccount } from './StoryAccount.js'
import { watched } from './watched.js'

/** Stands within a story's provider and sees what the kit sees there. */
export function Watch({ account }: { account: StoryAccount }) {
  const { data: plan } = usePlan()
  useEffect(() => {
    Object.assign(watched, { plan, account })
    return () => {
      Object.assign(watched, { plan: undefined, account: undefined })
    }
  }, [plan, account])
  return null
}
