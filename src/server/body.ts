import { AddOnError } from '../domain/errors.js'
import { maxBodyBytes, maxTextLength } from '../protocol/requests.js'

/** The body's text, read no further than the limit. @throws AddOnError `too-large` beyond it. */
export async function readBounded(request: Request): Promise<string> {
  if (Number(request.headers.get('Content-Length')) > maxBodyBytes) throw new AddOnError('too-large')
  const reader = request.body?.getReader()
  if (!reader) return ''
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.byteLength
    if (size > maxBodyBytes) {
      await reader.cancel()
      throw new AddOnError('too-large')
    }
    text += decoder.decode(value, { stream: true })
  }
}

/** The parsed body; an empty one is `{}`, and one that is no JSON is `undefined`. */
export function parseJson(text: string): unknown {
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
