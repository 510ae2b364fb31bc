/** What every failed test of the contract throws: what was expected, what came, and the rule that is broken. */
export class ContractViolation extends Error {
  override readonly name = 'ContractViolation'
  readonly what: string
  readonly expected: string
  readonly received: string
  /** The rule of the wire contract, where it is known. */
  readonly rule: string | undefined

  constructor(details: { what: string; expected: string; received: string; rule?: string; cause?: unknown }) {
    const { what, expected, received, rule, cause } = details
    const lines = [what, `  expected: ${expected}`, `  received: ${received}`, ...(rule ? [`  the rule: ${rule}`] : [])]
    super(lines.join('\n'), cause === undefined ? undefined : { cause })
    this.what = what
    this.expected = expected
    this.received = received
    this.rule = rule
  }

  /** The same violation, with the rule that it breaks. */
  of(rule: string): ContractViolation {
    const { what, expected, received } = this
    return new ContractViolation({ what, expected, received, rule: this.rule ?? rule, cause: this })
  }
}
