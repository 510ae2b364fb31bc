import type { Turn } from './ContractGroup.js'
import { NothingLeft } from './NothingLeft.js'
import { type ContractOptions, planContract } from './planContract.js'

/** How one test of the contract ended. */
export interface ContractResult {
  readonly group: string
  readonly title: string
  readonly outcome: 'passed' | 'failed' | 'skipped'
  /** Why it is skipped, or what is broken. */
  readonly why?: string
  readonly error?: unknown
}

const turns = ['early', 'vital', 'late'] as const satisfies readonly Turn[]

/**
 * Runs the contract without a test runner, one test after the other: first what buys nothing, from
 * what is basic on, then the vital ones. A test is skipped also where the backend has nothing left to make it on.
 * @param onResult Is told of each test as soon as it has ended.
 * @throws TypeError if a reason is missing.
 */
export async function runAdapterContract(
  options: ContractOptions,
  onResult: (result: ContractResult) => void = () => {},
): Promise<ContractResult[]> {
  const results: ContractResult[] = []
  const planned = planContract(options)
  const inOrder = turns.flatMap((turn) => planned.filter((test) => test.turn === turn))
  for (const { group, title, skipped, run } of inOrder) {
    const result: ContractResult =
      skipped === undefined
        ? { group, title, ...(await outcomeOf(run)) }
        : { group, title, outcome: 'skipped', why: skipped }
    results.push(result)
    onResult(result)
  }
  return results
}

async function outcomeOf(run: () => Promise<void>): Promise<Pick<ContractResult, 'outcome' | 'why' | 'error'>> {
  try {
    await run()
    return { outcome: 'passed' }
  } catch (error) {
    if (error instanceof NothingLeft) return { outcome: 'skipped', why: error.message }
    return { outcome: 'failed', why: error instanceof Error ? error.message : String(error), error }
  }
}
