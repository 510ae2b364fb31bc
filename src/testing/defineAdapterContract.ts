import { type ContractOptions, type PlannedTest, planContract } from './planContract.js'

/** The part of a test runner that the contract needs: vitest and `node:test` have it, and so have others. */
export interface ContractRunner {
  describe(name: string, body: () => void): unknown
  test: {
    (name: string, body: () => Promise<void>): unknown
    skip(name: string, body: () => Promise<void>): unknown
  }
}

/**
 * Defines the tests of the contract with a runner of the host's: `{ describe, test }` of vitest or of `node:test`.
 * What the backend cannot offer is skipped, with its reason in the test's name and printed.
 * @throws TypeError if a reason is missing.
 */
export function defineAdapterContract({ runner, ...options }: ContractOptions & { runner: ContractRunner }): void {
  const groups = new Map<string, PlannedTest[]>()
  for (const test of planContract(options)) groups.set(test.group, [...(groups.get(test.group) ?? []), test])
  runner.describe(`add-on contract: ${options.name}`, () => {
    for (const [group, tests] of groups) {
      runner.describe(group, () => {
        for (const { title, skipped, run } of tests) {
          if (skipped === undefined) runner.test(title, run)
          else runner.test.skip(`${title} (skipped: ${skipped})`, run)
        }
      })
    }
  })
}
