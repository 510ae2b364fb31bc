import { createUuid } from '../protocol/uuid.js'
import { type AddOnCall, displayName } from './call.js'
import type { AddOnNotification } from './host.js'

/** Tells people of something that was recorded in `call`. */
export async function notify(
  { context, account, viewer, entry, now }: AddOnCall,
  type: AddOnNotification['type'],
  text?: string,
): Promise<void> {
  const manager = account.contacts.accountManager
  await context.notify({
    id: createUuid(),
    type,
    at: now,
    account: { id: account.id, name: account.name },
    addOn: { id: entry.id, name: entry.name },
    from: { id: viewer.id, name: displayName(viewer), role: viewer.role },
    to: type === 'quote-requested' ? (manager ? [manager] : []) : account.owners,
    ...(text && { text }),
  })
}
