'use client'

import { type ComponentPropsWithoutRef, forwardRef } from 'react'
import { useAddOnContext } from '../../data/AddOnContext.js'
import { safeUrl } from '../../domain/url.js'

/** A link, by the host's `linkComponent` within its own site; an address that is not safe leaves only the text. */
export const Link = forwardRef<HTMLAnchorElement, ComponentPropsWithoutRef<'a'>>(function Link({ href, ...rest }, ref) {
  const { linkComponent } = useAddOnContext()
  const url = safeUrl(href, 'link')
  if (!url) return <span {...rest} />
  const isElsewhere = /^([a-z][a-z0-9+.-]*:|\/\/)/i.test(url)
  if (!isElsewhere) {
    if (linkComponent === 'a') return <a {...rest} ref={ref} href={url} />
    const HostLink = linkComponent
    return <HostLink {...rest} href={url} />
  }
  const isPage = !/^mailto:/i.test(url)
  return <a {...rest} ref={ref} href={url} {...(isPage && { target: '_blank', rel: 'noopener noreferrer' })} />
})
