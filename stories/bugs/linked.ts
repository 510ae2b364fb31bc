import { type AccountState, parseAccount } from './AccountState.js'

/** What the opened bug link says of the account of the story that is shown. */
export const linked: { current: AccountState | undefined } = { current: undefined }

let opened: unknown = ''

/**
 * Follows a bug link to a story.
 * @returns What it says of the story's account, when it has not been followed before.
 */
export async function openLink(storyId: string, written: unknown): Promise<AccountState | undefined> {
  linked.current = await parseAccount(storyId, written)
  if (written === opened) return undefined
  opened = written
  return linked.current
}
