import type { PlanOverview } from 'addon-kit'
import { addons } from 'storybook/preview-api'
import manifest from '../../package.json' with { type: 'json' }
import { fieldOf } from '../../src/protocol/forms.js'
import { initialGlobals, viewports } from '../toolbar/menus.js'
import { storyTime } from '../toolbar/obeyToolbar.js'
import { toolbar } from '../toolbar/Toolbar.js'
import { writeAccount } from './AccountState.js'
import { asked, type BugReport, told } from './bugChannel.js'
import { requestLog } from './requestLog.js'
import { readAccount, type StoryAccount } from './StoryAccount.js'
import { writeReport } from './writeReport.js'

type Values = Readonly<Record<string, unknown>>

/** What can be said of the story that is shown: its plan as this viewer has it, and its account. */
export const watched = {
  storyId: '',
  globals: {} as Values,
  args: {} as Values,
  initialArgs: {} as Values,
  plan: undefined as PlanOverview | undefined,
  account: undefined as StoryAccount | undefined,
}

/** Another story is shown, or the same one with other settings. */
export function beginWatching({ id, ...settings }: { id: string; globals: Values; args: Values; initialArgs: Values }) {
  if (id !== watched.storyId) requestLog.clear()
  Object.assign(watched, { storyId: id, ...settings })
}

/** Answers Storybook's frame, which asks what the story is like that is shown in it. */
export async function answerManager(): Promise<void> {
  await addons.ready()
  const channel = addons.getChannel()
  channel.on(asked, async () => channel.emit(told, await tellBug()))
}

/** What a bug link and a report say of the story that is shown. */
export async function tellBug(): Promise<BugReport> {
  const { storyId, globals, args, initialArgs, plan, account } = watched
  // Storybook's own are left out, and so is what the link says of the account.
  const settings = Object.entries(globals).filter(([name]) => name in initialGlobals && name !== 'account')
  const at = new Date(toolbar.current.clock ?? storyTime())
  const report = writeReport({
    version: manifest.version,
    storyId,
    args: changed(Object.entries(args), initialArgs),
    globals: changed(settings, initialGlobals),
    plan,
    clock: { at, isSet: toolbar.current.clock !== undefined },
    realNow: new Date(),
    viewport: { name: nameOfViewport(globals), width: window.innerWidth, height: window.innerHeight },
    requests: requestLog.requests,
  })
  const clock = at.toISOString().replace(/[-:]|\.\d+/g, '')
  try {
    return { report, clock, account: account ? await writeAccount(storyId, await readAccount(account)) : '' }
  } catch (error) {
    if (error instanceof RangeError) return { report, clock, problem: error.message }
    throw error
  }
}

/** What is not as it was at first. */
function changed(values: readonly (readonly [name: string, value: unknown])[], initial: Values): Values {
  return Object.fromEntries(values.filter(([name, value]) => value !== initial[name]))
}

function nameOfViewport({ viewport }: Values): string {
  const value = fieldOf(viewport, 'value')
  const [, chosen] = Object.entries(viewports).find(([name]) => name === value) ?? []
  return `${chosen?.name ?? 'the whole window'}${fieldOf(viewport, 'isRotated') === true ? ', rotated' : ''}`
}
