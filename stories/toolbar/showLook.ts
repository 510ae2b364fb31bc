import type { Look } from './Toolbar.js'

const fonts: Readonly<Record<Look['font'], string>> = {
  sans: 'system-ui, sans-serif',
  serif: 'Georgia, "Times New Roman", serif',
  mono: 'ui-monospace, Menlo, Consolas, monospace',
  rounded: 'ui-rounded, "Nunito", "Varela Round", system-ui, sans-serif',
}

/**
 * Dresses the whole page: the dialog stands in front of everything, outside of the canvas, and inherits from the page
 * alone.
 */
export function showLook({ brand, theme, density, accent, radius, font }: Look): void {
  const { dataset, style } = document.documentElement
  Object.assign(dataset, { brand, density, contrast: theme === 'high-contrast' ? 'more' : 'normal' })
  style.setProperty('--reviewer-accent', accent)
  style.setProperty('--reviewer-radius', `${radius}px`)
  style.setProperty('--reviewer-font', fonts[font])
}
