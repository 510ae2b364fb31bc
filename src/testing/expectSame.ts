import { ContractViolation } from './ContractViolation.js'

/** A value in a line, the same for the same data, whatever the order of its keys. */
export function inWords(value: unknown): string {
  if (value === undefined) return 'nothing'
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

/** Whether two values are the same data. */
export function isSame(a: unknown, b: unknown): boolean {
  return inWords(a) === inWords(b)
}

/** @throws ContractViolation if the data differs. */
export function expectSame(what: string, received: unknown, expected: unknown): void {
  if (!isSame(received, expected)) {
    throw new ContractViolation({ what, expected: inWords(expected), received: inWords(received) })
  }
}

/** @throws ContractViolation if what was found is not as it has to be. */
export function expectThat(isRight: boolean, what: string, expected: string, received: unknown): asserts isRight {
  if (!isRight) throw new ContractViolation({ what, expected, received: inWords(received) })
}
