/** The text of a body, read no further than `limit` bytes; `undefined` if there are more. */
export async function readBounded(
  body: ReadableStream<Uint8Array> | null,
  limit: number,
  decoder: TextDecoder = new TextDecoder(),
): Promise<string | undefined> {
  const reader = body?.getReader()
  let text = ''
  let size = 0
  while (size <= limit) {
    const { done = true, value } = (await reader?.read()) ?? {}
    text += decoder.decode(value, { stream: !done })
    if (done) return text
    size += value?.length ?? 0
  }
  // Not awaited: nobody knows how long whoever sends takes to stop.
  reader?.cancel().catch(() => undefined)
  return undefined
}
