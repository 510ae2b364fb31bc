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
  style.setProperty('--reviewer-on-accent', readableOn(accent))
  style.setProperty('--reviewer-radius', `${radius}px`)
  style.setProperty('--reviewer-font', fonts[font])
}

/** Black or white, whichever is easier to read on a colour (WCAG 2.2, relative luminance). */
export function readableOn(colour: string): '#000' | '#fff' {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return (luminance + 0.05) ** 2 > 1.05 * 0.05 ? '#000' : '#fff'
}
