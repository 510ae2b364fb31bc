'use client'

import { useMessages } from '../../data/useMessages.js'
import type { AddOn } from '../../domain/addOn.js'
import { safeUrl } from '../../domain/url.js'
import { Link } from './Link.js'

/** The way into the feature, where the host says where it lives. */
export function OpenLink(props: { addOn: AddOn; variant: 'primary' | 'secondary'; isNamed?: boolean }) {
  const { name, href } = props.addOn
  const { t, rich } = useMessages()
  if (!safeUrl(href, 'link')) return null
  const label = t('action.open')
  return (
    <Link
      href={href}
      data-slot="button"
      data-variant={props.variant}
      aria-label={props.isNamed ? undefined : t('action.for', { action: label, name })}
    >
      <span>{props.isNamed ? rich('action.open-named', { name }) : label}</span>
    </Link>
  )
}
