import { fieldOf } from '../protocol/forms.js'
import { ContractViolation } from './ContractViolation.js'

/** A value in a line, the same for the same data, whatever the order of its keys. */
export function inWords(value: unknown): string {
  if (value === undefined) return 'nothing'
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

/** Whether two values are the same data. */
export function isSame(a: unknown, b: unknown): boolean {
  return inWords(a) === inWords(b)
}

/** @throws ContractViolation if the data differs. It says where, and only what differs. */
export function expectSame(what: string, received: unknown, expected: unknown): void {
  const differences = differencesOf(received, expected)
  if (differences.length === 0) return
  const more = differences.length > maxDifferences ? `; and ${differences.length - maxDifferences} more` : ''
  const told = (side: 'received' | 'expected') =>
    differences
      .slice(0, maxDifferences)
      .map(({ path, ...sides }) => [path.join('.'), shortInWords(sides[side])].filter(Boolean).join(': '))
      .join('; ') + more
  throw new ContractViolation({ what, expected: told('expected'), received: told('received') })
}

/** @throws ContractViolation if what was found is not as it has to be. */
export function expectThat(isRight: boolean, what: string, expected: string, received: unknown): asserts isRight {
  if (isRight) return
  throw new ContractViolation({
    what,
    expected,
    received: typeof received === 'string' ? received : shortInWords(received),
  })
}

const maxDifferences = 3
const maxWords = 300

/** As much of a value as fits on a few lines of a terminal. */
function shortInWords(value: unknown): string {
  const words = inWords(value)
  return words.length > maxWords ? `${words.slice(0, maxWords)}…` : words
}

interface Difference {
  readonly path: readonly string[]
  readonly received: unknown
  readonly expected: unknown
}

function differencesOf(received: unknown, expected: unknown, path: readonly string[] = []): Difference[] {
  if (isSame(received, expected)) return []
  const keys = partsOf(received, expected)
  if (!keys) return [{ path, received, expected }]
  return keys.flatMap((key) => {
    const [left, right]: unknown[] = [fieldOf(received, key), fieldOf(expected, key)]
    return differencesOf(left, right, [...path, nameOf(left, right) ?? key])
  })
}

/** The parts by which two values can be compared: both are lists of one length, or both are objects. */
function partsOf(received: unknown, expected: unknown): string[] | undefined {
  if (!isObject(received) || !isObject(expected)) return undefined
  const [left, right] = [Object.keys(received), Object.keys(expected)]
  if (Array.isArray(received) !== Array.isArray(expected)) return undefined
  if (Array.isArray(received) && left.length !== right.length) return undefined
  return [...new Set([...left, ...right])]
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** Things with an id are called by it, where they are the same thing. */
function nameOf(left: unknown, right: unknown): string | undefined {
  const id = fieldOf(left, 'id')
  return typeof id === 'string' && id === fieldOf(right, 'id') ? id : undefined
}
