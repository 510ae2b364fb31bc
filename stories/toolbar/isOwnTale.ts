import { linked } from '../bugs/linked.js'
import { isEnglish, isOverridden, readChoices, readLook } from './Toolbar.js'

/** Whether a story is told as it was written: its own account, and names that its play function finds. */
export function isOwnTale(globals: unknown): boolean {
  return !isOverridden(readChoices(globals)) && !linked.current && isEnglish(readLook(globals))
}
