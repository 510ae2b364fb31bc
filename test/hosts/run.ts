import { execFileSync } from 'node:child_process'
import path from 'node:path'

/** What a host's own tools find in their environment: nothing of this repository, of its tests, or for others to count. */
export const hostEnv = {
  ...Object.fromEntries(
    // `npm test` tells its children about this repository: another npm must not take the app for it.
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_(package|lifecycle|config_local)|NODE_ENV$|VITEST)/.test(name),
    ),
  ),
  NEXT_TELEMETRY_DISABLED: '1',
}

/** Runs a program and returns what it printed; its output is the message where it fails. */
export function run(cwd: string, command: string, args: readonly string[]): string {
  try {
    return execFileSync(command, args, { cwd, env: hostEnv, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`${path.basename(command)} ${args.join(' ')} failed:\n${stdout}${stderr}`)
  }
}

/** Runs npm in a folder, by the npm that runs the tests where there is one. */
export function npm(cwd: string, ...args: string[]): string {
  const script = process.env.npm_execpath
  const quiet = [...args, '--no-audit', '--no-fund', '--loglevel=error']
  return script ? run(cwd, process.execPath, [script, ...quiet]) : run(cwd, 'npm', quiet)
}
