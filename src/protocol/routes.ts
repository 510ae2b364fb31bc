import type { AddOnAction } from '../domain/policy.js'

/** The header that makes a POST repeatable. */
export const idempotencyKeyHeader = 'Idempotency-Key'

/** Every operation of the contract, by its name on the adapter, and the last segment of its path. */
const segments = {
  getPlan: 'plan',
  previewPurchase: 'purchase-previews',
  purchase: 'purchases',
  requestQuote: 'quote-requests',
  startTrial: 'trials',
  requestFeature: 'feature-requests',
} as const

/** The name of an operation, on the wire and on the adapter. */
export type Operation = keyof typeof segments

/** The operations that post for one add-on. */
export type AddOnOperation = Exclude<Operation, 'getPlan'>

/** The action whose grant each post needs. */
export const actionOf: Readonly<Record<AddOnOperation, AddOnAction>> = {
  previewPurchase: 'subscribe',
  purchase: 'subscribe',
  requestQuote: 'request-quote',
  startTrial: 'start-trial',
  requestFeature: 'request-feature',
}

/** The method of a request. */
export function methodOf(operation: Operation): 'GET' | 'POST' {
  return operation === 'getPlan' ? 'GET' : 'POST'
}

/** The path of a request below the base path. */
export function pathOf(operation: Operation, addOnId = ''): string {
  const segment = segments[operation]
  return operation === 'getPlan' ? `/${segment}` : `/add-ons/${encodeURIComponent(addOnId)}/${segment}`
}

/** Which request a path below the base path names; `null` if none. */
export function matchPath(path: string): { operation: Operation; addOnId: string } | null {
  const parts = path.split('/').filter(Boolean)
  const [folder, id = ''] = parts
  if (parts.length === 1) return folder === segments.getPlan ? { operation: 'getPlan', addOnId: '' } : null
  if (parts.length !== 3 || folder !== 'add-ons') return null
  const operations = Object.keys(actionOf) as AddOnOperation[]
  const operation = operations.find((name) => segments[name] === parts[2])
  if (!operation) return null
  try {
    return { operation, addOnId: decodeURIComponent(id) }
  } catch {
    return null
  }
}
