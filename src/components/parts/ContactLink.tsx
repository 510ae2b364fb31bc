'use client'

import { useMessages } from '../../data/useMessages.js'
import type { Contact } from '../../domain/account.js'
import { Link } from './Link.js'

/** Whom to turn to, as a mail or an https link where the account has one. */
export function ContactLink({
  kind,
  contact,
}: {
  kind: 'accountManager' | 'customerSuccess'
  contact: Contact | undefined
}) {
  const { t, rich } = useMessages()
  const role = t(`contact.${kind}`)
  // An address of the host's adds no header to the mail.
  const address = contact?.email?.replace(/[?&#%\s]/g, encodeURIComponent)
  const href = contact?.url ?? (address && `mailto:${address}`)
  const text = contact?.name ? rich('contact.named', { role: <>{role}</>, name: contact.name }) : role
  return href ? <Link href={href}>{text}</Link> : <span>{text}</span>
}
