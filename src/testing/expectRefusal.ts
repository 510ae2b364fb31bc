import { type AddOnError, type AddOnErrorCode, toAddOnError } from '../domain/errors.js'
import { fieldOf } from '../protocol/forms.js'
import { ContractViolation } from './ContractViolation.js'
import { inWords } from './expectSame.js'

/** How a call ended: with its answer, or with the error that the contract allows. */
export type Ending<T> = { readonly answer: T } | { readonly error: AddOnError }

/** Waits for a call to end. What is no `AddOnError` of this copy of the kit is `network`, as it is for the client. */
export async function endingOf<T>(call: Promise<T>): Promise<Ending<T>> {
  try {
    return { answer: await call }
  } catch (error) {
    return { error: toAddOnError(error) }
  }
}

/** An ending in a line. */
export function endingInWords(ending: Ending<unknown>): string {
  return 'error' in ending ? errorInWords(ending.error) : answerInWords(ending.answer)
}

function errorInWords({ code, reason, message }: AddOnError): string {
  return `${code}${reason && reason !== code ? ` (${reason})` : ''}${message === code ? '' : `: ${message}`}`
}

/** What an answer is about; all of it would fill the screen. */
function answerInWords(answer: unknown): string {
  const purchase = fieldOf(answer, 'purchase')
  if (purchase)
    return `an answer: purchase ${fieldOf(purchase, 'id')} of ${fieldOf(purchase, 'addOnId')}, ${fieldOf(purchase, 'status')}`
  const previewId = fieldOf(answer, 'previewId')
  if (previewId) return `an answer: preview ${previewId} of ${fieldOf(answer, 'addOnId')}`
  const addOn = fieldOf(answer, 'addOn')
  const part = ['quoteRequest', 'featureRequest'].find((name) => fieldOf(answer, name))
  if (addOn)
    return `an answer: ${part ? `a ${part} for ` : ''}${fieldOf(addOn, 'id')}, ${fieldOf(fieldOf(addOn, 'status'), 'kind')}`
  return fieldOf(answer, 'addOns') ? 'an answer: a plan' : `an answer: ${inWords(answer)}`
}

/** What a refusal is called, and why, where the contract says it. */
export interface Refusal {
  readonly code: AddOnErrorCode | readonly AddOnErrorCode[]
  readonly reason?: AddOnError['reason']
}

/** Waits for a call to be refused in one of the ways the contract allows. @throws ContractViolation otherwise. */
export async function expectRefusal(what: string, call: Promise<unknown>, refusal: Refusal): Promise<AddOnError> {
  const ending = await endingOf(call)
  const codes: readonly string[] = [refusal.code].flat()
  if ('error' in ending) {
    const { code, reason } = ending.error
    if (codes.includes(code) && (refusal.reason === undefined || reason === refusal.reason)) return ending.error
  }
  throw new ContractViolation({
    what,
    expected: `a refusal: ${codes.join(' or ')}${refusal.reason ? ` (${refusal.reason})` : ''}`,
    received: endingInWords(ending),
  })
}

/** Waits for a call to succeed. @throws ContractViolation if it is refused. */
export async function expectAnswer<T>(what: string, call: Promise<T>): Promise<T> {
  const ending = await endingOf(call)
  if ('answer' in ending) return ending.answer
  throw new ContractViolation({
    what,
    expected: 'an answer',
    received: errorInWords(ending.error),
    cause: ending.error,
  })
}
