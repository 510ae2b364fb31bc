import { type MatrixSettings, rolesOf } from './MatrixSettings.js'

/** What has come of looking at every cell. */
export function verdictOf(isRead: boolean, differing: number, count: number): string {
  if (!isRead) return 'Looking at the cells'
  if (differing === 0) return `All ${count} cells are as expected`
  return `${differing} of ${count} cells ${differing === 1 ? 'differs' : 'differ'}`
}

/** What a matrix is of, in a line. */
export function describeMatrix({
  surface,
  opensWith,
  plan,
  mode,
  adminsCanRequestQuote,
  isQuoteOpen,
  hasAsked,
  pending,
  frequency,
  currency,
  now,
}: MatrixSettings) {
  return [
    surface === 'dialog' && `Opened with ${opensWith}`,
    plan === 'essentials' ? 'Essentials' : 'Professional',
    mode === 'quote' ? 'sold by quote' : 'self-serve',
    adminsCanRequestQuote ? 'Admins may request quotes' : 'no quotes for Admins',
    frequency,
    currency,
    now && `at ${now}`,
    isQuoteOpen && 'a quote is open',
    hasAsked && 'the viewer has asked',
    pending === 'own' && 'the Owner is buying it',
    pending === 'colleague' && 'the other Owner is buying it',
  ]
    .filter(Boolean)
    .join(' · ')
}

/** What of Storybook's panel “Account” a matrix cannot follow. */
export function limitsOf(settings: MatrixSettings): string {
  const { role } = settings
  const rest = 'Next purchase and network do not apply here: each cell has its plan already, and nothing can be bought.'
  if (!role || rolesOf(settings).length === 1) return rest
  return `Nothing is expected of the role “${role}”: every other one is shown. ${rest}`
}

/** What the matrix is called as a file. */
export function fileNameOf({ surface, plan, mode }: MatrixSettings): string {
  return `role-matrix-${surface}-${plan}-${mode}.csv`
}
