import type { LinkProps } from 'addon-kit'

/** What your router's link does: it goes there without a new document. */
export function RouterLink({ href, ...rest }: LinkProps) {
  return (
    <a
      {...rest}
      href={href}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        history.pushState(null, '', href)
        dispatchEvent(new PopStateEvent('popstate'))
      }}
    />
  )
}
