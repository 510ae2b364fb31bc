import { rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { fieldOf, Mismatch, object, type Schema, value } from '../protocol/forms.js'
import type { ContractHarness } from '../testing/ContractHarness.js'
import { FlagError } from './readFlags.js'

const isFunction = (input: unknown): input is () => unknown => typeof input === 'function'
const methods = ['getPlan', 'previewPurchase', 'purchase', 'requestQuote', 'startTrial', 'requestFeature'] as const
const adapter = value<ContractHarness['people']['owner']>(
  (input) =>
    typeof input === 'object' && input !== null && methods.every((name) => isFunction(Reflect.get(input, name))),
  `an AddOnAdapter: ${methods.join(', ')}`,
)
const levers = value<NonNullable<ContractHarness['levers']>>((input) => typeof input === 'object', 'an object')
const close = value<() => Promise<void> | void>(isFunction, 'a function')
/** What is not there may also stand there as `undefined`. */
const optional =
  <T>(schema: Schema<T>): Schema<T | undefined> =>
  (input) =>
    input === undefined ? undefined : schema(input)
const some = optional(adapter)
const harness = object(
  {
    people: object(
      { owner: adapter },
      { secondOwner: some, admin: some, supervisor: some, agent: some, stranger: some, nobody: some },
    ),
  },
  { levers: optional(levers), close: optional(close) },
)

/** How the module of `--adapter` makes a backend's world. @throws FlagError where it exports none. */
export async function loadHarness(file: string): Promise<() => Promise<ContractHarness>> {
  const module = await importModule(path.resolve(file)).catch((error: unknown) => {
    throw error instanceof FlagError ? error : new FlagError(`--adapter ${file}: ${messageOf(error)}`)
  })
  const given: unknown = Reflect.get(module, 'default')
  return async () => {
    const made = isFunction(given) ? await madeBy(given, file) : given
    try {
      return harness(made)
    } catch (error) {
      if (!(error instanceof Mismatch)) throw error
      const where = ['default', ...error.path].join('.')
      throw new FlagError(`--adapter ${file}: its export ${where} has to be ${error.message}.`)
    }
  }
}

async function madeBy(make: () => unknown, file: string): Promise<unknown> {
  try {
    return await make()
  } catch (error) {
    throw new FlagError(`--adapter ${file}: its export default failed: ${messageOf(error)}`)
  }
}

async function importModule(file: string): Promise<object> {
  try {
    return await importFile(file)
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
    if (code === 'ERR_UNKNOWN_FILE_EXTENSION' && /\.[mc]?tsx?$/.test(file)) return importTypeScript(file)
    throw error
  }
}

async function importFile(file: string): Promise<object> {
  const module: object = await import(pathToFileURL(file).href)
  return module
}

/** This Node reads no TypeScript: the host's esbuild writes a module beside the file, where its packages are found. */
async function importTypeScript(file: string): Promise<object> {
  const { build } = await esbuildOf(file)
  const outfile = path.join(path.dirname(file), `.${path.parse(file).name}.addon-kit-${process.pid}.mjs`)
  try {
    const format = 'esm'
    const platform = 'node'
    const packages = 'external'
    // Also where the host's tsconfig leads elsewhere: a second copy of the kit would have an AddOnError of its own.
    const external = ['addon-kit', 'addon-kit/*']
    await build({
      entryPoints: [file],
      outfile,
      bundle: true,
      format,
      platform,
      packages,
      external,
      logLevel: 'silent',
    })
    return await importFile(outfile)
  } finally {
    await rm(outfile, { force: true })
  }
}

interface Bundler {
  build(options: Readonly<Record<string, unknown>>): Promise<unknown>
}

const bundler = value<Bundler>((input) => isFunction(fieldOf(input, 'build')), 'esbuild')

async function esbuildOf(file: string): Promise<Bundler> {
  try {
    const found = await importFile(createRequire(file).resolve('esbuild'))
    const inside: unknown = Reflect.get(found, 'default') ?? found
    return bundler(inside)
  } catch {
    throw new FlagError(
      `Node ${process.versions.node} reads no TypeScript. Give --adapter a .js or .mjs file, use Node 22.18 or newer, or install esbuild beside ${path.basename(file)}.`,
    )
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
