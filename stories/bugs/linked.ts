import { type AccountState, parseAccount } from './AccountState.js'

/** What the opened bug link says of the account of the story that is shown, or how the link is damaged. */
export const linked: { current: AccountState | undefined; damage: string | undefined } = {
  current: undefined,
  damage: undefined,
}

let opened: unknown = ''
let openedBy = ''

/**
 * Follows a bug link to a story.
 * @returns What it says of the story's account, when it has not been followed before.
 */
export async function openLink(storyId: string, written: unknown): Promise<AccountState | undefined> {
  Object.assign(linked, await readLink(storyId, written))
  if (written === opened) {
    // Whose account a damaged link holds nobody knows: it is taken for that of the story that it has opened.
    if (storyId !== openedBy) linked.damage = undefined
    return undefined
  }
  opened = written
  openedBy = storyId
  return linked.current
}

async function readLink(storyId: string, written: unknown): Promise<typeof linked> {
  try {
    return { current: await parseAccount(storyId, written), damage: undefined }
  } catch (error) {
    if (error instanceof SyntaxError) return { current: undefined, damage: error.message }
    throw error
  }
}
