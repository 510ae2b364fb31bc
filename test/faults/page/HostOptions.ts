/** How the host's page behaves: it stands in its address. */
export interface HostOptions {
  /** How it asks what the bank asks: over the page, by leaving it, or not at all. */
  payment: 'frame' | 'leave' | 'none'
  /** The bank's origin. */
  bank: string
  /** Where the host's own code throws. */
  crash: 'onEvent' | 'onPaymentAction' | 'card texts' | 'dialog texts' | ''
}

/** An address's search part that says these options. */
export function searchOf(options: Partial<HostOptions>): string {
  return `?${new URLSearchParams(options)}`
}

/** The options that an address's search part says. */
export function optionsIn(search: string): HostOptions {
  const given = new URLSearchParams(search)
  const oneOf = <const T extends string>(name: string, known: readonly [T, ...T[]]) =>
    known.find((value) => value === given.get(name)) ?? known[0]
  return {
    payment: oneOf('payment', ['frame', 'leave', 'none']),
    bank: given.get('bank') ?? '',
    crash: oneOf('crash', ['', 'onEvent', 'onPaymentAction', 'card texts', 'dialog texts']),
  }
}
