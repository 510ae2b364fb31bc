'use client'

import type { ReactNode } from 'react'
import { useMessages } from '../../data/useMessages.js'
import type { AddOn } from '../../domain/addOn.js'
import { safeUrl } from '../../domain/url.js'
import { Link } from './Link.js'

interface OpenLinkProps {
  addOn: AddOn
  variant: 'primary' | 'secondary'
  /** What it says, where that names the add-on. @default "Open" */
  label?: ReactNode
}

/** The way into the feature, where the host says where it lives. */
export function OpenLink({ addOn: { name, href }, variant, label }: OpenLinkProps) {
  const { t } = useMessages()
  if (!safeUrl(href, 'link')) return null
  const action = t('action.open')
  return (
    <Link
      href={href}
      data-slot="button"
      data-variant={variant}
      aria-label={label ? undefined : t('action.for', { action, name })}
    >
      <span>{label ?? action}</span>
    </Link>
  )
}
