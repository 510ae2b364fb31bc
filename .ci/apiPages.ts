import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseAst } from 'rolldown/parseAst'
import { docgenOf } from '../.storybook/docgen.js'
import manifest from '../package.json' with { type: 'json' }

const root = path.resolve(import.meta.dirname, '..')

/** Something that an entry exports, as its declaration file has it. */
interface Item {
  name: string
  /** Where it is declared, below dist. */
  file: string
  description: string
  declaration: string
}

const entries: Record<string, string> = {
  '.': 'Components, hooks, the policy and the HTTP adapter: what runs in a browser.',
  './server': 'The handler that speaks the kit’s HTTP contract, its store and its billing: what runs on a server.',
  './element': 'The plan tab and the sidebar entry as custom elements: see [elements](../elements.md).',
  './demo': 'A backend in the page: the real handler over a store in memory.',
  './msw': 'The same as handlers for MSW.',
  './testing': 'The suite that a backend of your own has to pass: see [your own backend](../your-own-backend.md).',
}

/** The pages of docs/api by their names: one per entry, and the list of them. */
export function apiPages(): Map<string, string> {
  const pages = new Map<string, string>()
  for (const [entry, about] of Object.entries(entries))
    pages.set(`${titleOf(entry).replace('/', '.')}.md`, page(entry, about))
  return pages.set('README.md', overview())
}

function titleOf(entry: string): string {
  return `${manifest.name}${entry.slice(1)}`
}

function overview(): string {
  const rows = Object.entries(manifest.exports).flatMap(([entry]) => {
    const about = entries[entry]
    return about ? [`| [\`${titleOf(entry)}\`](${titleOf(entry).replace('/', '.')}.md) | ${about} |`] : []
  })
  const locales = Object.keys(manifest.exports).flatMap((entry) => /^\.\/locales\/(.+)$/.exec(entry)?.[1] ?? [])
  const styles = Object.keys(manifest.exports).filter((entry) => entry.endsWith('.css'))
  return [
    '# The API, entry by entry',
    note,
    `| entry | holds |\n|---|---|\n${rows.join('\n')}`,
    `Each of ${locales.map((locale) => `\`${titleOf(`./locales/${locale}`)}\``).join(', ')} exports one catalogue of texts, a \`Messages\`; ` +
      `${styles.map((entry) => `\`${titleOf(entry)}\``).join(' and ')} ${styles.length > 1 ? 'are stylesheets' : 'is a stylesheet'}.\n`,
  ].join('\n\n')
}

const note =
  'Written by `npm run docs` from what the components say of themselves and from the types that the package ships.'

function page(entry: string, about: string): string {
  const types = path.join('dist', entry, 'index.d.ts')
  // Half of the provider's props are a choice between two, which no table shows.
  const choice = entry === '.' ? itemsOf(path.join(root, 'dist/data/connect.d.ts'), 'Connection') : []
  const items = [...itemsOf(path.join(root, types)), ...choice]
  const components = items.filter(({ file }) => /^components\/\w+\.d\.ts$/.test(file))
  const described = new Map(components.flatMap(({ file }) => [...docgenOf(...sourceOf(file))]))
  const sections: Record<string, string[]> = { Components: [], Hooks: [], 'Functions and values': [], Types: [] }
  for (const item of items) {
    const component = described.get(item.name)
    if (component) sections.Components?.push(componentText(component, item))
    // Its props stand in the table of its component.
    else if (described.has(item.name.replace(/Props$/, '')) && item.declaration.startsWith('interface ')) continue
    else sections[sectionOf(item)]?.push(itemText(item))
  }
  const written = Object.entries(sections).flatMap(([title, texts]) =>
    texts.length > 0 ? [`## ${title}`, ...texts.toSorted()] : [],
  )
  return `${[`# ${titleOf(entry)}`, about, note, ...written].join('\n\n')}\n`
}

function sourceOf(file: string): [string, string] {
  const source = path.join(root, 'src', file.replace(/\.d\.ts$/, '.tsx'))
  return [readFileSync(source, 'utf8'), source]
}

function sectionOf({ name, declaration }: Item): string {
  if (/^(interface|type) /.test(declaration)) return 'Types'
  return /^use[A-Z]/.test(name) ? 'Hooks' : 'Functions and values'
}

function itemText({ name, description, declaration }: Item): string {
  return [`### ${name}`, description, `\`\`\`ts\n${declaration}\n\`\`\``].filter(Boolean).join('\n\n')
}

type Component = ReturnType<typeof docgenOf> extends Map<string, infer Value> ? Value : never

function componentText({ displayName, props }: Component, { description }: Item): string {
  const rows = Object.entries(props).map(([name, { required, tsType, defaultValue, description: about = '' }]) =>
    [
      `\`${name}\`${required ? ', required' : ''}`,
      code(tsType?.name ?? ''),
      code(String(defaultValue?.value ?? '')),
      about.replace(/\s+/g, ' '),
    ].join(' | '),
  )
  const table = `| prop | type | default | |\n|---|---|---|---|\n${rows.map((row) => `| ${row} |`).join('\n')}`
  return [`### ${displayName}`, description, rows.length > 0 ? table : ''].filter(Boolean).join('\n\n')
}

function code(text: string): string {
  return text && `\`${text.replace(/\s+/g, ' ').replaceAll('|', '\\|')}\``
}

/** What a declaration file exports, wherever it is declared. */
function itemsOf(file: string, wanted?: string): Item[] {
  const source = readFileSync(file, 'utf8')
  return parseAst(source, { lang: 'dts' }).body.flatMap((statement) => {
    if (statement.type !== 'ExportNamedDeclaration') return []
    const { declaration, specifiers, source: from } = statement
    if (from) {
      const next = path.join(path.dirname(file), from.value.replace(/\.js$/, '.d.ts'))
      return specifiers.flatMap(({ local, exported }) => {
        if (local.type !== 'Identifier' || exported.type !== 'Identifier') return []
        return !wanted || wanted === exported.name ? itemsOf(next, local.name) : []
      })
    }
    const name = nameOf(declaration)
    if (!name || (wanted && wanted !== name)) return []
    return {
      name,
      file: path.relative(path.join(root, 'dist'), file),
      description: descriptionBefore(source.slice(0, statement.start)),
      declaration: source.slice(statement.start, statement.end).replace(/^export (declare )?/, ''),
    }
  })
}

type Statement = ReturnType<typeof parseAst>['body'][number]
type Declaration = Extract<Statement, { type: 'ExportNamedDeclaration' }>['declaration']

function nameOf(declaration: Declaration): string | undefined {
  if (!declaration) return undefined
  if (declaration.type === 'VariableDeclaration') {
    const id = declaration.declarations[0]?.id
    return id?.type === 'Identifier' ? id.name : undefined
  }
  return 'id' in declaration && declaration.id?.type === 'Identifier' ? declaration.id.name : undefined
}

/** The JSDoc that ends right here, as prose. */
function descriptionBefore(source: string): string {
  const start = source.lastIndexOf('/**')
  const [, comment] = /^\/\*\*(.*?)\*\/\s*$/s.exec(start < 0 ? '' : source.slice(start)) ?? []
  if (!comment) return ''
  const text = comment.replace(/^\s*\* ?/gm, '').trim()
  const [prose = '', ...tags] = text.split(/(?:^|\s)@(?=[a-z])/)
  return [prose.trim(), ...tags.map(tagText)].filter(Boolean).join('\n\n')
}

function tagText(tag: string): string {
  const [, kind, text = ''] = /^(\w+)\s*(.*)$/s.exec(tag.trim()) ?? []
  const [, name, rest = ''] = /^(\w+)\s*(.*)$/s.exec(text) ?? []
  if (kind === 'param') return `\`${name}\`: ${rest}`
  if (kind === 'default') return `Default: \`${text}\``
  if (kind === 'selector') return `Styled by: \`${text}\``
  return `${kind}: ${text}`
}
