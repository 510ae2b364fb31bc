/**
 * The address if it may be put into a link or an image: relative, `https:`, `http:` and, for links, `mailto:`.
 * Everything else (`javascript:`, `data:`, …) is dropped, and so is what a browser reads as another address than it
 * looks: control characters, backslashes, a space before it, a name before the host.
 */
export function safeUrl(url: string | undefined, use: 'link' | 'image'): string | undefined {
  if (!url || /^\s|[\p{Cc}\\]/u.test(url)) return undefined
  try {
    const { protocol, username, password } = new URL(url, 'https://host.invalid')
    if (username || password) return undefined
    const isSafe = protocol === 'https:' || protocol === 'http:' || (use === 'link' && protocol === 'mailto:')
    return isSafe ? url : undefined
  } catch {
    return undefined
  }
}
