/** What each of the kit's tokens is for. The rest is read from the stylesheet. */
export const tokenDocs: Readonly<Record<string, string>> = {
  accent: 'The primary button, the trial meter, the focus ring.',
  'on-accent': 'Text on the accent. Keep it at 4.5:1 against it.',
  background: 'What the kit stands on: cards, dialog, secondary buttons.',
  foreground: 'Text. Lines, quiet text and soft surfaces are mixed from it and the background.',
  radius: 'The corners of a card. Buttons, tiles and dialog follow it within limits.',
  font: 'The typeface. Without it the kit takes that of the page.',
  success: 'Bought, included, done.',
  danger: 'Failed, declined.',
  warning: 'Waiting, stale, a notice.',
  density: 'How much room there is inside of cards, dialog and buttons.',
  'z-index': "The dialog's layer where a browser does not put it above everything, and that of notices.",
}

/** A token of the kit as its stylesheet has it. */
export interface Token {
  readonly name: string
  /** What holds without it. */
  readonly fallback: string
  /** What is mixed or computed from it, by the kit's own name, with how. */
  readonly derived: readonly (readonly [name: string, how: string])[]
}

/** Reads the tokens of a stylesheet: each `var(--addon-kit-x, default)`, and what the first block derives from it. */
export function tokensOf(css: string): Token[] {
  const plain = css.replace(/\/\*.*?\*\//gs, '')
  const own = [...plain.matchAll(/^\s*(--_[\w-]+):\s*([^;]+);/gm)].map(([, name = '', value = '']) => ({
    name,
    value: value.replace(/\s+/g, ' '),
  }))
  const tokens = new Map<string, string>()
  for (const { index, 0: start } of plain.matchAll(/var\(--addon-kit-[\w-]+/g)) {
    const name = start.slice('var(--addon-kit-'.length)
    if (!tokens.has(name)) tokens.set(name, fallbackAt(plain, index + start.length))
  }
  return [...tokens].map(([name, fallback]) => {
    const alias = own.find(({ value }) => value.startsWith(`var(--addon-kit-${name},`))
    const derived = own.filter(
      ({ value }) => alias && /^(color-mix|calc|min)\(/.test(value) && value.includes(`var(${alias.name})`),
    )
    const once = new Map(derived.map(({ name, value }) => [name, value]))
    return { name: `--addon-kit-${name}`, fallback, derived: [...once] }
  })
}

/** The rest of a `var(…)` whose name ends here, to the parenthesis that closes it. */
function fallbackAt(css: string, from: number): string {
  let depth = 1
  let end = from
  while (depth > 0 && end < css.length) {
    if (css[end] === '(') depth++
    if (css[end] === ')') depth--
    end++
  }
  return css
    .slice(from, end - 1)
    .replace(/^,/, '')
    .trim()
}
