import { existsSync } from 'node:fs'
import path from 'node:path'
import { builtinResolvers, type Documentation, makeFsImporter, parse } from 'react-docgen'
import type { Plugin } from 'vite'

/** `contained<AddOnCardProps, HTMLElement>('AddOnCard', Card)`: what react-docgen cannot see through. */
const contained = /export const (\w+) = contained<(\w+), \w+>\([^)]*\)/g

type Prop = NonNullable<Documentation['props']>[string]

/** What the JSDoc of a file's exported components says of them and of their props, by the component's name. */
export function docgenOf(source: string, filename: string) {
  const found = parse(source.replace(contained, 'export function $1(props: $2) { return <p {...props} /> }'), {
    filename,
    importer: makeFsImporter(findSource),
    resolver: new builtinResolvers.FindExportedDefinitionsResolver({ limit: 0 }),
    babelOptions: { babelrc: false, configFile: false },
  })
  return new Map(
    found.map(({ displayName = '', description = '', props = {} }) => {
      const described: Record<string, Prop> = {}
      for (const [name, prop] of Object.entries(props)) described[name] = describe(prop)
      return [displayName, { displayName, description: proseOf(description), props: described }]
    }),
  )
}

/** Storybook wants the default beside the description, not in it. */
function describe({ required, tsType, description = '' }: Prop): Prop {
  const [, value] = /@default (.+)/.exec(description) ?? []
  return {
    description: proseOf(description),
    ...(required !== undefined && { required }),
    ...(tsType && { tsType: written(tsType) }),
    ...(value && { defaultValue: { value, computed: false } }),
  }
}

/** As it is written, without the `undefined` that every optional prop of ours may be. */
function written(type: NonNullable<Prop['tsType']>): NonNullable<Prop['tsType']> {
  const raw = 'raw' in type && type.raw ? type.raw : type.name
  return { name: raw.replace(/ \| undefined$/, '').replace(/^\((.*)\)$/, '$1') }
}

/** The text before the tags. */
function proseOf(description: string): string {
  return description.replace(/(^|\s)@(default|selector) .*/gs, '').trim()
}

/** TypeScript is imported by the names that its compiler writes. */
function findSource(name: string, folder: string): string {
  const file = path.resolve(folder, name)
  const found = [file.replace(/\.js$/, '.ts'), file.replace(/\.js$/, '.tsx')].find((candidate) => existsSync(candidate))
  // Of a registered type the name says more than what it is while nothing is registered.
  if (name.startsWith('.') && found && !name.endsWith('/Register.js')) return found
  throw Object.assign(new Error(`${name} is none of our own.`), { code: 'MODULE_NOT_FOUND' })
}

/** Gives the kit's exported components what Storybook's tables show of them. */
export function docgen(): Plugin {
  return {
    name: 'addon-kit:docgen',
    enforce: 'pre',
    transform: {
      filter: { id: /\/src\/components\/\w+\.tsx$/ },
      handler(code, id) {
        const said = [...docgenOf(code, id)].map(([name, info]) => `${name}.__docgenInfo = ${JSON.stringify(info)}`)
        return { code: [code, ...said].join('\n'), map: null }
      },
    },
  }
}
