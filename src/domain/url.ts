/**
 * The address if it may be put into a link or an image: relative, `https:`, `http:` and, for links, `mailto:`.
 * Everything else (`javascript:`, `data:`, …) is dropped.
 */
export function safeUrl(url: string | undefined, use: 'link' | 'image'): string | undefined {
  if (!url) return undefined
  try {
    const { protocol } = new URL(url, 'https://host.invalid')
    const isSafe = protocol === 'https:' || protocol === 'http:' || (use === 'link' && protocol === 'mailto:')
    return isSafe ? url : undefined
  } catch {
    return undefined
  }
}
