/** A half-open span `[start, end)` between two instants, each an ISO 8601 string. */
export interface Period {
  readonly start: string
  readonly end: string
}

/** The instant in whole seconds since 1970, fractions dropped. @throws RangeError if it is no instant. */
export function toSeconds(instant: string): number {
  const milliseconds = Date.parse(instant)
  if (Number.isNaN(milliseconds)) throw new RangeError(`"${instant}" is not an ISO 8601 instant.`)
  return Math.floor(milliseconds / 1000)
}

/** The part of a period that is left at an instant, in whole seconds: `used` of `of`. */
export interface RemainingSeconds {
  readonly used: number
  readonly of: number
}

/** @throws RangeError if the period does not end after it starts, or `at` lies outside of it. */
export function remainingSeconds(period: Period, at: string): RemainingSeconds {
  const start = toSeconds(period.start)
  const end = toSeconds(period.end)
  const moment = toSeconds(at)
  if (end <= start) throw new RangeError(`The period must end after it starts: ${period.start} to ${period.end}.`)
  if (moment < start || moment > end) {
    throw new RangeError(`${at} lies outside of the period ${period.start} to ${period.end}.`)
  }
  return { used: end - moment, of: end - start }
}

/**
 * What is owed for the rest of a billing period: `amount × (end − at) ÷ (end − start)`.
 *
 * Seconds are whole, the division is exact (BigInt) and rounded once, half up, as in the published invoices that
 * `src/testing/prorationVectors.ts` names.
 *
 * @param input.amount The whole period's price in integer minor units, unit price × seats: rounding comes last.
 * @returns Integer minor units.
 * @throws RangeError if `amount` is not a safe integer of at least 0, the period does not end after it starts, or
 *   `at` lies outside of it.
 */
export function prorate(input: { amount: number; period: Period; at: string }): number {
  if (!Number.isSafeInteger(input.amount) || input.amount < 0) {
    throw new RangeError(`The amount must be an integer of minor units, at least 0; it is ${input.amount}.`)
  }
  const { used, of } = remainingSeconds(input.period, input.at)
  const whole = BigInt(of)
  return Number((2n * BigInt(input.amount) * BigInt(used) + whole) / (2n * whole))
}
