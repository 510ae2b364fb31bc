import { AddOnError } from '../domain/errors.js'
import { readBounded } from '../protocol/readBounded.js'
import { maxBodyBytes, maxTextLength } from '../protocol/requests.js'

/**
 * The parsed body of a POST: an empty one is `{}`; one that breaks off, or is no JSON in UTF-8, is `undefined`.
 * @throws AddOnError `too-large` beyond the limit, whatever `Content-Length` says.
 */
export async function readJson(request: Request): Promise<unknown> {
  if (request.bodyUsed) {
    throw new TypeError('The body was read before the handler got the request. Mount it before any body parser.')
  }
  if (Number(request.headers.get('Content-Length')) > maxBodyBytes) throw new AddOnError('too-large')
  let text: string | undefined
  try {
    text = await readBounded(request.body, maxBodyBytes, new TextDecoder('utf-8', { fatal: true }))
  } catch {
    return undefined
  }
  if (text === undefined) throw new AddOnError('too-large')
  if (text === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whether a note or a message is longer than the contract takes. */
export function isTooLong(value: unknown): boolean {
  return typeof value === 'string' && [...value].length > maxTextLength
}
