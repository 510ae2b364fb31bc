import type { Locator } from 'playwright'

/** What one element looks like: each computed style by its name. */
export type Look = Readonly<Record<string, string>>

/** What everything below these elements looks like, and they themselves, in the order of the page. */
export async function looksOf(roots: Locator): Promise<Look[]> {
  const text = await roots.evaluateAll((elements) => {
    const all = new Set(elements.flatMap((root) => [root, ...root.querySelectorAll('*')]))
    const looks = [...all].map((element) => {
      const style = getComputedStyle(element)
      // Where something stands is its parent's affair, and a border that has no width is nobody's.
      const names = [...style].filter(
        (name) =>
          !/^(--|inset|top|right|bottom|left)/.test(name) &&
          !(
            /^border-.*-(style|color)$/.test(name) &&
            style.getPropertyValue(name.replace(/(style|color)$/, 'width')) === '0px'
          ),
      )
      const slot = element.getAttribute('data-slot') ?? ''
      return {
        ...Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name)])),
        element: `${element.localName} ${slot}`,
      }
    })
    return JSON.stringify(looks)
  })
  return JSON.parse(text)
}

/** What looks different, in words. */
export function differences(looks: readonly Look[], others: readonly Look[]): string[] {
  if (looks.length !== others.length) return [`${looks.length} elements, not ${others.length}`]
  return looks.flatMap((look, index) =>
    Object.entries(look).flatMap(([name, value]) => {
      const other = others[index]?.[name]
      return value === other ? [] : [`${look.element}: ${name} is ${value}, not ${other}`]
    }),
  )
}
