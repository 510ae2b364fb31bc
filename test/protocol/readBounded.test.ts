import { describe, expect, test } from 'vitest'
import { readBounded } from '../../src/protocol/readBounded.js'

const bodyOf = (text: string) => new Response(text).body

/** Sends a text byte by byte. */
function bytewise(text: string): ReadableStream<Uint8Array> {
  const bytes = [...new TextEncoder().encode(text)]
  return new ReadableStream({
    pull(controller) {
      const byte = bytes.shift()
      if (byte === undefined) controller.close()
      else controller.enqueue(Uint8Array.of(byte))
    },
  })
}

describe('a body', () => {
  test('is read whole up to the limit, in bytes', async () => {
    expect(await readBounded(bodyOf('äöü'), 6)).toBe('äöü')
    expect(await readBounded(bodyOf('äöü'), 5)).toBeUndefined()
  })

  test('that is none, or empty, is empty', async () => {
    expect(await readBounded(null, 5)).toBe('')
    expect(await readBounded(bodyOf(''), 5)).toBe('')
    expect(await readBounded(bodyOf(''), 0)).toBe('')
  })

  test('comes whole, however it was cut', async () => {
    expect(await readBounded(bytewise('ünï 🌍'), 100)).toBe('ünï 🌍')
  })

  test('that ends in half a character says so', async () => {
    const half = () => new Response(Uint8Array.of(0x61, 0xf0, 0x9f)).body
    expect(await readBounded(half(), 100)).toBe('a\ufffd')
    await expect(readBounded(half(), 100, new TextDecoder('utf-8', { fatal: true }))).rejects.toThrow(TypeError)
  })
})
