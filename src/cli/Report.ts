import type { ContractResult } from '../testing/runAdapterContract.js'
import type { Diary } from './Diary.js'

/** What the command prints of the tests: each as soon as it has ended, what was skipped at the end, by its reason. */
export class Report {
  readonly #results: ContractResult[] = []
  readonly #out: (line: string) => void

  constructor(out: (line: string) => void) {
    this.#out = out
  }

  /** A test has ended. */
  add(result: ContractResult): void {
    this.#results.push(result)
    const { outcome, why = '' } = result
    if (outcome === 'passed') this.#out(`✓ ${nameOf(result)}`)
    if (outcome === 'failed') this.#out(`✗ ${nameOf(result)}\n    ${why.replaceAll('\n', '\n    ')}`)
  }

  /** All have ended, or will not be run any more. Returns the exit code. */
  conclude(diary: Diary): number {
    const [passed, failed, skipped] = [this.#of('passed'), this.#of('failed'), this.#of('skipped')]
    this.#skips(skipped)
    this.#list('Created in the backend:', diary.entries)
    if (diary.entries.length === 0) this.#out('\nNothing was created.')
    this.#list('Failed:', failed.map(nameOf))
    this.#out(`\n${passed.length} passed, ${failed.length} failed, ${skipped.length} skipped`)
    if (failed.length > 0) return 1
    if (passed.length > 0) {
      if (skipped.length > 0) this.#out('What was skipped is not proved.')
      return 0
    }
    this.#out('Nothing was proved: every test was skipped.')
    return 2
  }

  #of(outcome: ContractResult['outcome']): ContractResult[] {
    return this.#results.filter((result) => result.outcome === outcome)
  }

  #skips(skipped: readonly ContractResult[]): void {
    const reasons = new Map<string, string[]>()
    for (const result of skipped) {
      const { why = '' } = result
      reasons.set(why, [...(reasons.get(why) ?? []), nameOf(result)])
    }
    for (const [reason, names] of reasons) this.#list(`Skipped (${names.length}): ${reason}`, names)
  }

  #list(heading: string, lines: readonly string[]): void {
    if (lines.length === 0) return
    this.#out(`\n${heading}`)
    for (const line of lines) this.#out(`  ${line}`)
  }
}

function nameOf({ group, title }: ContractResult): string {
  return `${group} > ${title}`
}
