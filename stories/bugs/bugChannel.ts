/** What Storybook's frame asks its canvas, and what it is told. */
export const asked = 'addon-kit/bug/asked'
export const told = 'addon-kit/bug/told'

/** What can be copied of a story. */
export interface BugReport {
  /** Markdown, without the link: the canvas does not know its frame's address. */
  readonly report: string
  /** The instant of the story, as the panel's clock takes it. */
  readonly clock: string
  /** The account's state; empty for a story that has none. */
  readonly account?: string
  /** Why there is no link to this state. */
  readonly problem?: string
}

/** The address of the story as it is shown, with its account and its clock. */
export function bugLink(address: string, { clock, account = '' }: BugReport): string {
  const url = new URL(address)
  const globals = (url.searchParams.get('globals') ?? '')
    .split(';')
    .filter((part) => !/^($|clock:|account:)/.test(part))
  url.searchParams.set('globals', [...globals, `clock:${clock}`, ...(account && [`account:${account}`])].join(';'))
  return url.href
}

/** The whole report: first the way to see it, then what was seen. */
export function bugReport(address: string, bug: BugReport): string {
  return `Bug link: ${bug.problem ?? bugLink(address, bug)}\n\n${bug.report}`
}
