#!/usr/bin/env node
import { check } from './check.js'
import { usage } from './usage.js'

const [command, ...args] = process.argv.slice(2)
if (command === 'check') {
  process.exitCode = await check(args)
} else {
  const isAsked = command === undefined || command === 'help' || command === '--help' || command === '-h'
  const text = isAsked ? usage : `There is no command “${command}”.\n\n${usage}`
  process.stdout.write(text)
  process.exitCode = isAsked ? 0 : 2
}
