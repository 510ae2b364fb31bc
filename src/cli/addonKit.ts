#!/usr/bin/env node
import { check } from './check.js'
import { readVersion } from './readVersion.js'
import { usage } from './usage.js'

const [command, ...args] = process.argv.slice(2)
const code = command === 'check' ? await check(args) : say(command)
// What a module has left open, or a call nobody waits for any more, does not keep the program alive.
process.stdout.write('', () => process.exit(code))

function say(asked: string | undefined): number {
  if (asked === '--version') {
    process.stdout.write(`${readVersion()}\n`)
    return 0
  }
  const isHelp = asked === undefined || asked === 'help' || asked === '--help' || asked === '-h'
  process.stdout.write(isHelp ? usage : `There is no command “${asked}”.\n\n${usage}`)
  return isHelp ? 0 : 2
}
