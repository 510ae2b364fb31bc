import { parseArgs } from 'node:util'
import type { Person } from '../testing/ContractHarness.js'

/** The flag that carries a person's headers. */
export const headerFlags = {
  owner: 'header-owner',
  secondOwner: 'header-second-owner',
  admin: 'header-admin',
  supervisor: 'header-supervisor',
  agent: 'header-agent',
  stranger: 'header-stranger',
  nobody: 'header',
} as const satisfies Record<Person, string>

const several = { type: 'string', multiple: true } as const
const one = { type: 'string' } as const

/** Every flag there is. */
export const flagOptions = {
  url: one,
  adapter: one,
  'test-account': { type: 'boolean' },
  header: several,
  'header-owner': several,
  'header-second-owner': several,
  'header-admin': several,
  'header-supervisor': several,
  'header-agent': several,
  'header-stranger': several,
  group: several,
  skip: several,
  reset: one,
  seed: one,
  timeout: one,
  version: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** What the command line says. @throws TypeError for a flag that is unknown or has no value. */
export function readFlags(args: readonly string[]) {
  return parseArgs({ args: [...args], allowPositionals: false, options: flagOptions }).values
}

/** The flags that were given. */
export type Flags = ReturnType<typeof readFlags>

/** Something on the command line that has to be mended; its message says what. */
export class FlagError extends Error {
  override readonly name = 'FlagError'
}

/** Headers from their lines. @throws FlagError for a line that is none. */
export function readHeaders(flag: string, lines: readonly string[] = []): Headers {
  const headers = new Headers()
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^:\s]+):\s*(.*)$/.exec(line) ?? []
    // The line may hold a secret: it is not said again.
    if (!name) throw new FlagError(`--${flag} wants "Name: value".`)
    headers.append(name, value)
  }
  return headers
}

/** `--skip "races=reason"`. @throws FlagError where the reason is missing. */
export function readSkips(lines: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.lastIndexOf('=')
      if (at < 1 || line.slice(at + 1).trim() === '')
        throw new FlagError(`--skip "${line}" has no reason: "name=reason".`)
      return [line.slice(0, at).trim(), line.slice(at + 1).trim()]
    }),
  )
}

/** How long a call may take, in seconds. @throws FlagError */
export function readSeconds({ timeout }: Flags): number {
  const seconds = readNumber('timeout', timeout) ?? 30
  // A longer timer than that some runtimes let fire at once.
  if (seconds < 1 || seconds > 3600) throw new FlagError(`--timeout wants 1 to 3600 seconds, not “${timeout}”.`)
  return seconds
}

/** A whole number. @throws FlagError for anything else. */
export function readNumber(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 0) throw new FlagError(`--${flag} wants a whole number, not “${text}”.`)
  return number
}
