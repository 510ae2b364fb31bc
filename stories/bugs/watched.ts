import type { PlanOverview } from 'addon-kit'
import { addons } from 'storybook/preview-api'
import manifest from '../../package.json' with { type: 'json' }
import { initialGlobals } from '../toolbar/menus.js'
import { storyTime } from '../toolbar/obeyToolbar.js'
import { toolbar } from '../toolbar/Toolbar.js'
import { writeAccount } from './AccountState.js'
import { asked, type BugReport, told } from './bugChannel.js'
import { requestLog } from './requestLog.js'
import { readAccount, type StoryAccount } from './StoryAccount.js'
import { writeReport } from './writeReport.js'

/** What can be said of the story that is shown: its plan as this viewer has it, and its account. */
export const watched = {
  storyId: '',
  globals: {} as Readonly<Record<string, unknown>>,
  plan: undefined as PlanOverview | undefined,
  account: undefined as StoryAccount | undefined,
}

/** Another story is shown, or the same one with another toolbar. */
export function beginWatching(storyId: string, globals: Readonly<Record<string, unknown>>): void {
  if (storyId !== watched.storyId) requestLog.clear()
  Object.assign(watched, { storyId, globals })
}

/** Answers Storybook's frame, which asks what the story is like that is shown in it. */
export async function answerManager(): Promise<void> {
  await addons.ready()
  const channel = addons.getChannel()
  channel.on(asked, async () => channel.emit(told, await tellBug()))
}

/** What a bug link and a report say of the story that is shown. */
export async function tellBug(): Promise<BugReport> {
  const { storyId, globals, plan, account } = watched
  // Storybook's own are left out.
  const ours = Object.entries(globals).filter(([name]) => name in initialGlobals || name === 'viewport')
  const report = writeReport({
    version: manifest.version,
    storyId,
    globals: Object.fromEntries(ours),
    plan,
    requests: requestLog.requests,
  })
  const clock = new Date(toolbar.current.clock ?? storyTime()).toISOString().replace(/[-:]|\.\d+/g, '')
  try {
    return { report, clock, account: account ? await writeAccount(storyId, await readAccount(account)) : '' }
  } catch (error) {
    if (error instanceof RangeError) return { report, clock, problem: error.message }
    throw error
  }
}
