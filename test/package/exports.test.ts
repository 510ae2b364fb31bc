import { readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseAst } from 'rolldown/parseAst'
import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }

const root = path.resolve(import.meta.dirname, '../..')
const entries = Object.entries(manifest.exports)

test('every entry exports what exports.txt says: a name that goes or comes is a decision', async () => {
  const lists = await Promise.all(entries.map(([entry, target]) => listed(entry, target)))
  await expect(lists.join('\n')).toMatchFileSnapshot('exports.txt')
})

async function listed(entry: string, target: string | { types?: string; default: string }): Promise<string> {
  const title = `${manifest.name}${entry.slice(1)}\n`
  if (typeof target === 'string' || !target.default.endsWith('.js')) return title
  const values = Object.keys(await import(pathToFileURL(path.join(root, target.default)).href))
  const declared = target.types ? namesIn(readFileSync(path.join(root, target.types), 'utf8')) : []
  expect(
    values.filter((name) => declared.length > 0 && !declared.includes(name)),
    `${entry}: not in the types`,
  ).toEqual([])
  const types = declared.filter((name) => !values.includes(name))
  return [title, ...values.sort().map((name) => `  ${name}\n`), ...types.sort().map((name) => `  type ${name}\n`)].join(
    '',
  )
}

/** The names that a declaration file exports; our entries name each. */
function namesIn(declarations: string): string[] {
  return parseAst(declarations, { lang: 'dts' }).body.flatMap((statement) => {
    if (statement.type !== 'ExportNamedDeclaration') return []
    const { specifiers, declaration } = statement
    if (declaration?.type === 'VariableDeclaration') return declaration.declarations.map(({ id }) => nameOf(id))
    return specifiers.map(({ exported }) => nameOf(exported))
  })
}

function nameOf(node: { type: string; name?: string }): string {
  if (node.name === undefined) throw new Error(`An entry exports a ${node.type}, not a name.`)
  return node.name
}
