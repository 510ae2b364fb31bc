/** A file as a host would write it: without what only our own tools read. */
export function sample(source: string): string {
  return source.replace(/^\s*(\/\/|\{\/\*) biome-ignore.*\n/gm, '').trim()
}

/** The part of a Markdown page below one of its headings, up to the next one of the same rank. */
export function sectionOf(page: string, heading: string): string {
  const [rank = ''] = /^#+/.exec(heading) ?? []
  const [, after] = page.split(`\n${heading}\n`)
  if (after === undefined) throw new Error(`There is no “${heading}”.`)
  const [section = ''] = after.split(new RegExp(`\\n#{1,${rank.length}} `))
  return section.trim()
}

/** One declaration of a file that has no empty line in it, with its comment. */
export function declarationOf(source: string, name: string): string {
  const [, after] = source.split(new RegExp(`(?=^(?:export )?(?:interface|type|function) ${name}\\b)`, 'm'))
  if (after === undefined) throw new Error(`There is no ${name}.`)
  const [declaration = ''] = after.split(/\n(?=\n|$)/)
  const [comment = ''] = /\/\*\*(?:(?!\*\/).)*\*\/\n$/s.exec(source.slice(0, source.indexOf(after))) ?? []
  return comment + declaration
}
